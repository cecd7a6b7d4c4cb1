// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TextBudget: how much content text one ResponseReader may still keep. Text is cut at a character, opaque
// things (an image, a signature) are kept whole or not at all; what is left out is counted. Owned by a
// reader; telemetry thread.

#include "wire/conversation.h"

#include <QByteArrayView>

class TextBudget final
{
public:
    /// Of media given as data URIs `mediaFactor` times as much is kept, counted apart.
    static constexpr qsizetype mediaFactor = 8;

    explicit TextBudget(qsizetype bytes)
        : m_remaining(bytes)
        , m_remainingMedia(bytes * mediaFactor)
    {
    }

    /// Appends as much as may be kept. Once something was cut nothing more is kept, so that there are no
    /// holes in a text.
    void append(QByteArray* target, QByteArrayView text);
    /// The text, or nothing when it may not be kept whole.
    [[nodiscard]] QByteArray whole(const QByteArray& text);
    /// Applies both rules to everything a part holds.
    void charge(Part* part);

    /// For content that is thrown away because it comes again: what it took, and what of it was not kept.
    void giveBack(qsizetype bytes, qint64 omittedBytes);
    [[nodiscard]] qsizetype remainingBytes() const { return m_remaining; }

    /// Content bytes that were not kept.
    [[nodiscard]] qint64 omittedBytes() const { return m_omittedBytes; }
    /// Counts bytes that the caller leaves out itself.
    void omit(qsizetype bytes) { m_omittedBytes += bytes; }

private:
    /// The data URI, or a note with type, size and hash when it may not be kept.
    [[nodiscard]] QByteArray wholeMedia(const Part& part);

    qsizetype m_remaining;
    qsizetype m_remainingMedia;
    qint64 m_omittedBytes = 0;
};
