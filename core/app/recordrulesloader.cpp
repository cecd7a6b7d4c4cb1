// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/recordrulesloader.h"

#include <QFile>

namespace {

Result<PriceList> readPrices(const QString& fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::InvalidConfig, file.errorString(), fileName};
    return PriceList::parse(file.readAll());
}

} // namespace

Result<RecordRules> loadRecordRules(const Config& config)
{
    RecordRules rules;
    rules.keepsContent = config.keepsContent;
    Result<RedactionRules> redaction
        = makeRedactionRules(config.redactDetectors, config.redactPatterns, config.redactJsonPaths);
    if (!redaction)
        return redaction.error();
    rules.redaction = *redaction;
    Result<PriceList> builtIn = readPrices(QStringLiteral(":/prices.json"));
    if (!builtIn)
        return Error{ErrorCode::Internal, builtIn.error().message, QStringLiteral("prices.json")};
    rules.prices = *builtIn;
    if (config.pricesFile.isEmpty())
        return rules;
    const Result<PriceList> own = readPrices(config.pricesFile);
    if (!own) {
        const QString key = QStringLiteral("PRICES_FILE");
        return Error{ErrorCode::InvalidConfig,
            QStringLiteral("%1: %2: %3").arg(key, config.pricesFile, own.error().message), key};
    }
    rules.prices.putBefore(*own);
    return rules;
}
