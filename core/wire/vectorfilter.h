// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// VectorFilter: takes embedding vectors out of a JSON document while it arrives, and puts the number of their
// dimensions there: a batch of embeddings is megabytes of numbers of which nobody reads one. Everything else
// passes as it came. Sans-io, holds a few bytes; one a response; telemetry thread.
//
//     {"data":[{"embedding":[0.25,-1.5]}]}   becomes   {"data":[{"embedding":2}]}

#include <QByteArray>
#include <QByteArrayView>

class VectorFilter final
{
public:
    /// What is to be read instead of the next bytes. A vector is the array of numbers, or the base64 text of
    /// 32-bit floats (OpenAI's `encoding_format`), of a member named `embedding` or `values`.
    [[nodiscard]] QByteArray filter(QByteArrayView bytes);

private:
    enum class State { Structure, String, Value, ArrayStart, Numbers, Base64 };

    void take(char c, QByteArray* out);
    void takeStructure(char c, QByteArray* out);
    void takeString(char c, QByteArray* out);
    void startValue(char c, QByteArray* out);
    void startArray(char c, QByteArray* out);
    void takeNumbers(char c, QByteArray* out);
    void takeBase64(char c, QByteArray* out);
    [[nodiscard]] bool isVectorKey() const;

    State m_state = State::Structure;
    QByteArray m_string; // front of the last string: a key when a colon follows
    QByteArray m_space; // between a bracket and what follows
    qint64 m_count = 0; // numbers, or base64 digits
    qint64 m_depth = 0; // brackets inside a vector that is none
    bool m_isEscaped = false;
    bool m_inString = false; // inside a vector that is none
};
