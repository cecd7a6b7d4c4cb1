// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// LiveTexts: which text of an answer is new since it was last asked. Text comes out once, in whole
// characters, and without the call's credentials: what may be the beginning of one is held back. One a call
// that is watched; owned by its RecordBuilder.

#include "trace/livecall.h"

#include <QHash>

class LiveTexts final
{
public:
    static constexpr qsizetype maxPieceBytes = 64 * 1024; // of one part at a time; the rest is left out

    explicit LiveTexts(const QList<Secret>& credentials);

    /// `output`: the answer so far, which only grows. `isEnd`: nothing is held back.
    [[nodiscard]] QList<LiveText> take(const Conversation& output, bool isEnd);

private:
    [[nodiscard]] qsizetype safeEnd(const QByteArray& text, qsizetype from) const;

    QList<Secret> m_credentials;
    QHash<std::pair<qsizetype, qsizetype>, qsizetype> m_shown; // bytes, by message and part
};
