// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/jsonmembers.h"

#include "wire/jsonscanner.h"

JsonMembers::JsonMembers(QByteArrayView object)
    : m_text(object)
{
    if (!stepTo())
        m_state = State::Incomplete;
    else if (m_text[m_position] == '{')
        ++m_position;
    else
        m_state = State::Malformed;
}

std::optional<JsonMembers::Member> JsonMembers::next()
{
    if (m_state != State::Running)
        return std::nullopt;
    if (!stepTo())
        return stop(State::Incomplete);
    if (m_text[m_position] == '}')
        return stopAtEnd();
    if (m_count++ > 0) {
        if (m_text[m_position] != ',')
            return stop(State::Malformed);
        ++m_position;
        if (!stepTo())
            return stop(State::Incomplete);
    }
    const std::optional<QByteArrayView> key = takeKey();
    if (!key)
        return std::nullopt;
    return takeValue(*key);
}

std::optional<QByteArrayView> JsonMembers::takeKey()
{
    const auto fail = [this](State state) {
        m_state = state;
        return std::nullopt;
    };
    if (m_text[m_position] != '"')
        return fail(State::Malformed);
    const qsizetype end = JsonScanner::skipString(m_text, m_position);
    if (end < 0)
        return fail(State::Incomplete);
    const QByteArrayView key = m_text.sliced(m_position + 1, end - m_position - 2);
    m_position = end;
    if (!stepTo())
        return fail(State::Incomplete);
    if (m_text[m_position] != ':')
        return fail(State::Malformed);
    ++m_position;
    return key;
}

std::optional<JsonMembers::Member> JsonMembers::takeValue(QByteArrayView key)
{
    if (!stepTo())
        return stop(State::Incomplete);
    const char first = m_text[m_position];
    const qsizetype end = JsonScanner::skipValue(m_text, m_position);
    if (end == m_text.size() && first != '{' && first != '[' && first != '"') {
        m_partial = {key, m_text.sliced(m_position)};
        return stop(State::Incomplete);
    }
    if (end < 0) {
        m_partial = {key, m_text.sliced(m_position)};
        // What has ended badly cannot be told from what has not ended; only the first byte is checked.
        const bool canBegin = QByteArrayView("{[\"-0123456789tfn").contains(first);
        return stop(canBegin ? State::Incomplete : State::Malformed);
    }
    const Member member = {key, m_text.sliced(m_position, end - m_position)};
    m_position = end;
    return member;
}

/// Moves to the next byte that is not white space; false when there is none.
bool JsonMembers::stepTo()
{
    m_position = JsonScanner::skipSpace(m_text, m_position);
    return m_position < m_text.size();
}

std::optional<JsonMembers::Member> JsonMembers::stop(State state)
{
    m_state = state;
    return std::nullopt;
}

std::optional<JsonMembers::Member> JsonMembers::stopAtEnd()
{
    ++m_position;
    return stop(stepTo() ? State::Malformed : State::Finished);
}
