// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/vectorfilter.h"

namespace {

constexpr qsizetype maxKeyBytes = 16; // longer than any key of a vector
constexpr qsizetype maxSpaceBytes = 64;
constexpr qint64 bytesOfFloat = 4;

bool isVectorSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

} // namespace

QByteArray VectorFilter::filter(QByteArrayView bytes)
{
    QByteArray out;
    for (const char c : bytes)
        take(c, &out);
    return out;
}

void VectorFilter::take(char c, QByteArray* out)
{
    switch (m_state) {
    case State::Structure:
        return takeStructure(c, out);
    case State::String:
        return takeString(c, out);
    case State::Value:
        return startValue(c, out);
    case State::ArrayStart:
        return startArray(c, out);
    case State::Numbers:
        return takeNumbers(c, out);
    case State::Base64:
        return takeBase64(c, out);
    }
}

void VectorFilter::takeStructure(char c, QByteArray* out)
{
    out->append(c);
    if (c == '"') {
        m_string.clear();
        m_isEscaped = false;
        m_state = State::String;
    } else if (c == ':' && isVectorKey()) {
        m_state = State::Value;
    } else if (!isVectorSpace(c)) {
        m_string.clear(); // no key: a colon does not follow it
    }
}

void VectorFilter::takeString(char c, QByteArray* out)
{
    out->append(c);
    if (c == '"' && !m_isEscaped) {
        m_state = State::Structure;
        return;
    }
    m_isEscaped = c == '\\' && !m_isEscaped;
    if (m_string.size() < maxKeyBytes)
        m_string.append(c);
}

/// Behind the colon of a vector's key.
void VectorFilter::startValue(char c, QByteArray* out)
{
    if (isVectorSpace(c)) {
        out->append(c);
    } else if (c == '[') {
        m_space.clear();
        m_state = State::ArrayStart;
    } else if (c == '"' && m_string == "embedding") {
        m_count = 0;
        m_isEscaped = false;
        m_state = State::Base64;
    } else {
        m_state = State::Structure;
        takeStructure(c, out);
    }
}

/// Numbers make a vector; anything else is passed on, with the bracket that was held back.
void VectorFilter::startArray(char c, QByteArray* out)
{
    if (isVectorSpace(c) && m_space.size() < maxSpaceBytes) {
        m_space.append(c);
    } else if ((c >= '0' && c <= '9') || c == '-') {
        m_count = 1;
        m_depth = 0;
        m_inString = false;
        m_state = State::Numbers;
    } else {
        out->append('[' + m_space);
        m_state = State::Structure;
        takeStructure(c, out);
    }
}

void VectorFilter::takeNumbers(char c, QByteArray* out)
{
    if (m_inString) { // not what a vector holds, but no reason to lose the end of it
        if (c == '"' && !m_isEscaped)
            m_inString = false;
        m_isEscaped = c == '\\' && !m_isEscaped;
        return;
    }
    if (c == ',' && m_depth == 0) {
        ++m_count;
    } else if (c == '"') {
        m_inString = true;
        m_isEscaped = false;
    } else if (c == '[' || c == '{') {
        ++m_depth;
    } else if ((c == ']' || c == '}') && m_depth-- == 0) {
        out->append(QByteArray::number(m_count));
        m_string.clear();
        m_state = State::Structure;
    }
}

void VectorFilter::takeBase64(char c, QByteArray* out)
{
    if (c == '"') {
        out->append(QByteArray::number(m_count * 3 / 4 / bytesOfFloat));
        m_string.clear();
        m_state = State::Structure;
    } else if (c != '=' && c != '\\') { // a slash may be escaped
        ++m_count;
    }
}

bool VectorFilter::isVectorKey() const
{
    return m_string == "embedding" || m_string == "values";
}
