// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// JsonArrayDecoder: takes the elements out of one top-level JSON array while it arrives, as Gemini streams it
// without `alt=sse`: `[{...}` `,\r\n{...}` `]`. Sans-io; one a stream; telemetry thread. Finds where elements
// end; whether they are valid is for whoever parses them.

#include <QByteArray>
#include <QByteArrayView>

#include <functional>

class JsonArrayDecoder final
{
public:
    /// The element without the white space around it; the view is valid during the call only.
    using Callback = std::function<void(QByteArrayView element)>;

    /// An element longer than maxElementBytes is left out and counted.
    explicit JsonArrayDecoder(Callback callback, qsizetype maxElementBytes = 64 << 20);

    void feed(QByteArrayView bytes);

    /// The closing bracket was seen.
    [[nodiscard]] bool isFinished() const { return m_state == State::Finished; }
    /// Not an array, or broken between elements; nothing more will be reported.
    [[nodiscard]] bool isFailed() const { return m_state == State::Failed; }
    [[nodiscard]] qsizetype oversizedElements() const { return m_oversizedElements; }

private:
    enum class State { Start, FirstElement, NextElement, Element, Separator, Finished, Failed };

    [[nodiscard]] State afterStructure(char c) const;
    [[nodiscard]] qsizetype elementEnd(QByteArrayView bytes);
    void keep(QByteArrayView piece);
    void report(QByteArrayView lastPiece);

    Callback m_callback;
    qsizetype m_maxElementBytes;
    QByteArray m_element; // the part that came in earlier chunks
    State m_state = State::Start;
    qsizetype m_depth = 0; // open brackets inside the element
    qsizetype m_oversizedElements = 0;
    bool m_inString = false;
    bool m_isEscaped = false; // the byte before was a backslash in a string
    bool m_isOversized = false;
};
