// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// filterOptions: the options by which commands choose calls: `traces list --status 5xx`. One table for all of
// them, and for the API's parameters behind them. Stateless.

#include "base/result.h"

#include <QByteArrayList>

struct FilterOption
{
    QByteArray option; // --min-duration-ms
    QByteArray parameter; // of the API: minDurationMs
    QByteArray help;
    QByteArray valueName; // TEXT, NUMBER, WORD, TIME
    QByteArrayList choices{}; // empty: any text
    bool isLive = true; // `tail` knows it too; a time or a search is about what is stored
};

[[nodiscard]] const QList<FilterOption>& filterOptions();
/// What the API says of a parameter, with the option's name for it.
[[nodiscard]] Error inWordsOfOptions(const Error& error);
