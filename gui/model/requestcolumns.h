// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// RequestColumns: the columns of the list of calls: titles, texts, tool tips and orders. Stateless; main
// thread. New columns go to the end of the enumeration: saved layouts know them by number.

#include "gui/model/callfacts.h"

#include <QCoreApplication>

class RequestColumns final
{
    Q_DECLARE_TR_FUNCTIONS(RequestColumns)

public:
    enum Column {
        Number,
        State,
        Time,
        Provider,
        Model,
        Request,
        Input,
        Cached,
        Output,
        FirstToken,
        Duration,
        Rate,
        Cost,
        Session,
        Delivery,
        Timeline,
        Reasoning, // from here on: hidden unless asked for
        CacheWrite,
        Target,
        Status,
        FinishReason,
        Tools,
        User,
        Tags,
        Size,
        HeadTime,
        Id,
        Note,
        Count
    };

    [[nodiscard]] static QString title(int column);
    /// The title where there is room, and of those whose title is a sign.
    [[nodiscard]] static QString longTitle(int column);
    /// A text as wide as what the column usually holds.
    [[nodiscard]] static QString widest(int column);
    [[nodiscard]] static bool isNumeric(int column);
    [[nodiscard]] static bool isShownAtFirst(int column) { return column < Reasoning; }
    /// Left out at first in windows that are not wide.
    [[nodiscard]] static bool isForWideWindows(int column) { return column == Rate || column == Session; }

    /// What the cell says; empty for cells that are painted (state, timeline).
    [[nodiscard]] static QString text(const CallFacts& facts, int column);
    /// What a screen reader says of the cell: never empty.
    [[nodiscard]] static QString spoken(const CallFacts& facts, int column);
    [[nodiscard]] static QString toolTip(const CallFacts& facts, int column);

    /// An order by what the cell means, not by its text. Calls without a value come after those with one,
    /// open calls last where the value still changes.
    using Order = bool (*)(const CallFacts& a, const CallFacts& b);
    [[nodiscard]] static Order order(int column);
    /// The value changes while the call is open.
    [[nodiscard]] static bool changesWhileOpen(int column);
};
