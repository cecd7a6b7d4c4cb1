// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// RedactionRules: what REDACT, REDACT_PATTERNS and REDACT_JSON_PATHS ask for, ready to use. A value, made
// once at start and handed to the telemetry thread.

#include "trace/jsonpath.h"
#include "trace/sensitivetext.h"

#include <QRegularExpression>

#include <chrono>

struct RedactionRules
{
    SensitiveText::Detectors detectors;
    QList<QRegularExpression> patterns; // with their limits, see PatternSearch
    QList<JsonPath> paths;
    std::chrono::milliseconds budget{100}; // for the patterns, one record; processor time

    [[nodiscard]] bool isEmpty() const { return !detectors && patterns.isEmpty() && paths.isEmpty(); }
};

/// The texts of the three settings, REDACT as a comma list of known words. InvalidConfig: `subject` is the
/// setting, the message names it and what in it is wrong.
[[nodiscard]] Result<RedactionRules> makeRedactionRules(
    const QList<QByteArray>& detectors, QByteArrayView patterns, QByteArrayView paths);
