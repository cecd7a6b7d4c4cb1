// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CheckReport: what `check` has found, as text and as JSON. A value.

#include "app/checks.h"
#include "config/configloader.h"

#include <QByteArrayList>

struct CheckReport
{
    LoadedConfig settings;
    QByteArrayList warnings;
    QList<CheckResult> results;

    [[nodiscard]] bool isGood() const;
    /// For people: the settings as a table, then a line a check.
    [[nodiscard]] QByteArray text() const;
    /// {"ok":true,"settings":[{"key","value","source"}],"warnings":[],"checks":[{"name","state","found","advice"}]};
    /// a secret's value is "(set)" or empty.
    [[nodiscard]] QByteArray json() const;
};
