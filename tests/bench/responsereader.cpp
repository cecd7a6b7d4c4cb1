// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "responsereader.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <strings.h>

void ResponseReader::reset()
{
    m_state = State::Head;
    m_status = 0;
    m_left = 0;
    m_text.clear();
}

void ResponseReader::feed(const char* data, size_t size, std::string* body)
{
    while (size > 0 && m_state != State::Failed) {
        size_t used = 0;
        switch (m_state) {
        case State::Head:
            used = feedHead(data, size);
            break;
        case State::FixedBody:
        case State::ChunkData:
            used = feedBody(data, size, body);
            break;
        case State::ChunkSize:
        case State::ChunkEnd:
        case State::Trailer:
            used = feedLine(data, size);
            break;
        case State::Done: // bytes after the end of the only response we asked for
        case State::Failed:
            m_state = State::Failed;
            return;
        }
        data += used;
        size -= used;
    }
}

size_t ResponseReader::feedHead(const char* data, size_t size)
{
    const size_t before = m_text.size();
    m_text.append(data, size);
    const size_t end = m_text.find("\r\n\r\n", before < 3 ? 0 : before - 3);
    if (end == std::string::npos)
        return size;
    m_text.resize(end + 2);
    readHead();
    m_text.clear();
    return end + 4 - before;
}

void ResponseReader::readHead()
{
    m_status = m_text.size() > 12 ? std::atoi(m_text.c_str() + 9) : 0;
    if (m_status != 200) {
        m_state = State::Failed;
        return;
    }
    m_state = State::Failed;
    for (size_t line = m_text.find("\r\n") + 2; line < m_text.size(); line = m_text.find("\r\n", line) + 2) {
        const char* text = m_text.c_str() + line;
        if (strncasecmp(text, "content-length:", 15) == 0) {
            m_left = std::strtoull(text + 15, nullptr, 10);
            m_state = m_left == 0 ? State::Done : State::FixedBody;
        } else if (strncasecmp(text, "transfer-encoding:", 18) == 0) {
            m_state = State::ChunkSize;
        }
    }
}

size_t ResponseReader::feedBody(const char* data, size_t size, std::string* body)
{
    const size_t used = std::min(size, m_left);
    if (body)
        body->append(data, used);
    m_left -= used;
    if (m_left == 0)
        m_state = m_state == State::FixedBody ? State::Done : State::ChunkEnd;
    return used;
}

size_t ResponseReader::feedLine(const char* data, size_t size)
{
    const void* end = std::memchr(data, '\n', size);
    if (!end) {
        m_text.append(data, size);
        return size;
    }
    const size_t used = size_t(static_cast<const char*>(end) - data) + 1;
    m_text.append(data, used);
    readLine();
    m_text.clear();
    return used;
}

void ResponseReader::readLine()
{
    const bool isEmpty = m_text == "\r\n";
    if (m_state == State::Trailer) {
        if (isEmpty)
            m_state = State::Done;
    } else if (m_state == State::ChunkEnd) {
        m_state = isEmpty ? State::ChunkSize : State::Failed;
    } else {
        char* end = nullptr;
        m_left = std::strtoull(m_text.c_str(), &end, 16);
        if (end == m_text.c_str())
            m_state = State::Failed;
        else
            m_state = m_left == 0 ? State::Trailer : State::ChunkData;
    }
}
