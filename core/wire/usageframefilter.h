// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// UsageFrameFilter: keeps the usage frame that only we asked for (see jsonsplice.h) from the consumer of an
// OpenAI chat stream: the one event `data: {..."choices":[],..."usage":{...}}`. Every other byte passes
// untouched and at once: only the start of an event that could still become that frame is held back. Sans-io;
// one a response, owned by its exchange; engine thread.

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

class UsageFrameFilter final
{
public:
    /// The bytes to send now, in order. For a chunk of whole events without the frame it is that chunk
    /// itself, shared.
    [[nodiscard]] QList<QByteArray> filter(const QByteArray& chunk);
    /// The stream has ended: what was held back, as it came.
    [[nodiscard]] QByteArray flush();

    /// Bytes held back at the moment.
    [[nodiscard]] qsizetype heldBytes() const { return m_held.size(); }

private:
    enum class State {
        Boundary, // between events
        Comment, // in a comment line before an event
        Event, // in an event that is not the frame
    };

    [[nodiscard]] qsizetype passLine(QByteArrayView text, qsizetype position);

    QByteArray m_held; // the start of an event that could be the frame
    State m_state = State::Boundary;
    bool m_lineHasContent = false; // in Event: the current line is not blank
};
