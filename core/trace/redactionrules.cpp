// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/redactionrules.h"

#include "trace/patternsearch.h"

namespace {

Error inSetting(const char* setting, const Error& error)
{
    const QString name = QString::fromLatin1(setting);
    return {error.code, name + QStringLiteral(": ") + error.message, name};
}

} // namespace

Result<RedactionRules> makeRedactionRules(
    const QList<QByteArray>& detectors, QByteArrayView patterns, QByteArrayView paths)
{
    RedactionRules rules;
    for (const QByteArray& name : detectors) {
        const auto detector = SensitiveText::detectorNamed(name);
        if (!detector) {
            return inSetting("REDACT",
                {ErrorCode::InvalidConfig,
                    QStringLiteral("\"%1\" is not a detector").arg(QString::fromUtf8(name)), {}});
        }
        rules.detectors |= *detector;
    }
    const auto expressions = PatternSearch::parseList(patterns);
    if (!expressions)
        return inSetting("REDACT_PATTERNS", expressions.error());
    rules.patterns = *expressions;
    const auto parsedPaths = JsonPath::parseList(paths);
    if (!parsedPaths)
        return inSetting("REDACT_JSON_PATHS", parsedPaths.error());
    rules.paths = *parsedPaths;
    return rules;
}
