// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// JsonMembers: walks over the members of one JSON object in somebody else's bytes, one level deep, without
// building anything. Also for an object whose end has not arrived yet. Sans-io, pure; engine thread (splice,
// frame filter) and telemetry thread.
//
//     JsonMembers members(R"({"a":1,"b":{}})");
//     while (auto member = members.next()) use(member->key, member->value);
//     if (members.state() == JsonMembers::State::Finished) ...

#include <QByteArrayView>

#include <optional>

class JsonMembers final
{
public:
    struct Member
    {
        QByteArrayView key; // between its quotes, escapes as they came
        QByteArrayView value; // as it came
    };

    enum class State {
        Running,
        Finished, // the object ended; only white space followed
        Incomplete, // well-formed so far, the text ends too early; see partialKey()
        Malformed,
    };

    explicit JsonMembers(QByteArrayView object);

    /// The next whole member; nothing once the state is no longer Running. A scalar that reaches the end of
    /// the text is not whole: more of it could come.
    [[nodiscard]] std::optional<Member> next();
    [[nodiscard]] State state() const { return m_state; }

    /// With Incomplete: the key of the member whose value has begun but not ended; empty otherwise.
    [[nodiscard]] QByteArrayView partialKey() const { return m_partial.key; }
    /// And what has come of that value, at least its first byte when not empty.
    [[nodiscard]] QByteArrayView partialValue() const { return m_partial.value; }

private:
    [[nodiscard]] bool stepTo();
    [[nodiscard]] std::optional<Member> stop(State state);
    [[nodiscard]] std::optional<Member> stopAtEnd();
    [[nodiscard]] std::optional<QByteArrayView> takeKey();
    [[nodiscard]] std::optional<Member> takeValue(QByteArrayView key);

    QByteArrayView m_text;
    qsizetype m_position = 0;
    qsizetype m_count = 0;
    State m_state = State::Running;
    Member m_partial;
};
