// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TailView: what `tail` shows of the events of GET /api/events. On a terminal calls that run, and those whose
// delivery is awaited, stand in a block at the bottom that is drawn anew; above it are the lines of what is
// over. Without a terminal there is a line for each call that has ended. Pure: events in, bytes to write out.

#include "cli/calltable.h"

#include <QByteArrayView>
#include <QMap>

class TailView final
{
public:
    struct Options
    {
        int columns = 0; // of the terminal; 0: there is none
        bool hasColours = false;
        bool asJson = false; // a line of JSON for each call that has ended
    };

    explicit TailView(const Options& options);

    /// The head of the table, once.
    [[nodiscard]] QByteArray begin() const;
    /// `type` and `data` of one event.
    [[nodiscard]] QByteArray take(QByteArrayView type, QByteArrayView data);
    /// The block as it is now, e.g. when a second has passed. Empty without a terminal.
    [[nodiscard]] QByteArray redraw(qint64 nowMs);
    /// What is left in the block becomes lines.
    [[nodiscard]] QByteArray end();

private:
    void takeCall(const QJsonObject& event);
    void takeProgress(const QJsonObject& progress);
    void takeDelivery(const QJsonObject& delivery);
    void settle(const QByteArray& id);
    [[nodiscard]] QByteArray flush();

    struct Shown
    {
        CallRow row;
        QJsonObject call;
        qint64 startedMs = 0; // since 1970
        qint64 bytes = 0;
        bool isOver = false;
    };

    Options m_options;
    CallTable m_table;
    QList<QByteArray> m_order; // ids in the block
    QMap<QByteArray, Shown> m_calls;
    QByteArray m_lines; // over, not yet written
    int m_drawn = 0; // lines of the block that are on the screen
};
