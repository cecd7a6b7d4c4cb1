// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// FollowView: what `tail --follow` shows: the text of one call as it comes, thinking and tool arguments told
// apart. Pure: events in, bytes to write out.

#include <QByteArray>
#include <QByteArrayView>

class QJsonObject;

class FollowView final
{
public:
    /// `asJson`: a line of JSON for each event of the call instead of its text.
    explicit FollowView(bool hasColours, bool asJson = false)
        : m_hasColours(hasColours)
        , m_asJson(asJson)
    {
    }

    [[nodiscard]] QByteArray take(QByteArrayView type, QByteArrayView data);
    /// The call is over, and everything of it has been shown.
    [[nodiscard]] bool isOver() const { return m_isOver; }

private:
    [[nodiscard]] QByteArray textOf(const QJsonObject& text);

    bool m_hasColours;
    bool m_asJson;
    bool m_isOver = false;
    bool m_isHiddenSaid = false;
    QByteArray m_part; // the kind of what was written last, with its place
};
