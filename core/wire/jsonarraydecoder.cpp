// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/jsonarraydecoder.h"

namespace {

bool isJsonSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

} // namespace

JsonArrayDecoder::JsonArrayDecoder(Callback callback, qsizetype maxElementBytes)
    : m_callback(std::move(callback))
    , m_maxElementBytes(maxElementBytes)
{
}

void JsonArrayDecoder::feed(QByteArrayView bytes)
{
    while (!bytes.isEmpty() && m_state != State::Failed && m_state != State::Finished) {
        if (m_state == State::Element) {
            const qsizetype end = elementEnd(bytes);
            if (end < 0) {
                keep(bytes);
                return;
            }
            report(bytes.first(end));
            m_state = State::Separator;
            bytes = bytes.sliced(end);
            continue;
        }
        const char c = bytes.front();
        if (!isJsonSpace(c)) {
            m_state = afterStructure(c);
            if (m_state == State::Element)
                continue; // the byte is the element's first
        }
        bytes = bytes.sliced(1);
    }
}

JsonArrayDecoder::State JsonArrayDecoder::afterStructure(char c) const
{
    switch (m_state) {
    case State::Start:
        return c == '[' ? State::FirstElement : State::Failed;
    case State::FirstElement:
        if (c == ']')
            return State::Finished;
        return c == ',' ? State::Failed : State::Element;
    case State::NextElement:
        return c == ']' || c == ',' ? State::Failed : State::Element;
    case State::Separator:
        if (c == ']')
            return State::Finished;
        return c == ',' ? State::NextElement : State::Failed;
    default:
        return State::Failed;
    }
}

/// Index behind the last byte of the element; -1 when it goes on after these bytes.
qsizetype JsonArrayDecoder::elementEnd(QByteArrayView bytes)
{
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        if (m_inString) {
            if (m_isEscaped)
                m_isEscaped = false;
            else if (c == '\\')
                m_isEscaped = true;
            else if (c == '"')
                m_inString = false;
            continue;
        }
        if (m_depth == 0 && (c == ',' || c == ']'))
            return i;
        if (c == '"')
            m_inString = true;
        else if (c == '{' || c == '[')
            ++m_depth;
        else if (c == '}' || c == ']')
            --m_depth;
        if (m_depth == 0 && (c == '}' || c == ']'))
            return i + 1;
        if (m_depth < 0)
            return i;
    }
    return -1;
}

void JsonArrayDecoder::keep(QByteArrayView piece)
{
    if (m_isOversized || m_element.size() + piece.size() > m_maxElementBytes) {
        m_isOversized = true;
        m_element = QByteArray();
        return;
    }
    m_element.append(piece);
}

void JsonArrayDecoder::report(QByteArrayView lastPiece)
{
    m_depth = 0;
    if (m_element.isEmpty() && !m_isOversized && lastPiece.size() <= m_maxElementBytes) {
        m_callback(lastPiece.trimmed());
        return;
    }
    keep(lastPiece);
    if (m_isOversized)
        ++m_oversizedElements;
    else
        m_callback(QByteArrayView(m_element).trimmed());
    m_isOversized = false;
    m_element.resize(0);
}
