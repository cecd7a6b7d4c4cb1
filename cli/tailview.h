// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TailView: what `tail` shows of the events of GET /api/events. On a terminal calls that run, and those whose
// delivery is awaited, stand in a block at the bottom that is drawn anew; above it are the lines of what is
// over. Without a terminal there is a line for each call that has ended. Pure: events in, bytes to write out.

#include "cli/calltable.h"
#include "cli/tailfilter.h"

#include <QByteArrayView>
#include <QMap>

class TailView final
{
public:
    struct Options
    {
        int columns = 0; // of the terminal; 0: there is none
        int rows = 24; // of it
        bool hasColours = false;
        bool asJson = false; // a line of JSON for each call that has ended
        TailFilter filter{}; // only these calls
    };

    explicit TailView(const Options& options);

    /// The head of the table, once.
    [[nodiscard]] QByteArray begin() const;
    /// The terminal's new size; what is drawn after it fits. Empty when nothing has changed.
    [[nodiscard]] QByteArray resize(int columns, int rows);
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
    void judge(const QByteArray& id);
    void settle(const QByteArray& id);
    void forget(const QByteArray& id);
    void boundAwaited(qsizetype most);
    [[nodiscard]] QByteArray clearBlock();
    [[nodiscard]] QByteArray flush();
    void draw(QByteArray* out, const QByteArray& line);

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
    QList<int> m_drawn; // lines of the block that are on the screen: their columns
};
