// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/checkreport.h"

#include "config/settings.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace {

QByteArray stateWord(CheckState state)
{
    switch (state) {
    case CheckState::Good:
        return "ok";
    case CheckState::Skipped:
        return "off";
    case CheckState::Bad:
        break;
    }
    return "FAILED";
}

QByteArray oneLine(QByteArray text)
{
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20)
            c = ' ';
    }
    return text;
}

} // namespace

bool CheckReport::isGood() const
{
    return std::none_of(results.begin(), results.end(),
        [](const CheckResult& result) { return result.state == CheckState::Bad; });
}

QByteArray CheckReport::text() const
{
    qsizetype keyWidth = 0;
    qsizetype valueWidth = 0;
    for (const Setting& setting : settingsTable()) {
        keyWidth = std::max(keyWidth, setting.key.size());
        valueWidth
            = std::max(valueWidth, std::min<qsizetype>(40, settings.shownTexts.value(setting.key).size()));
    }
    QByteArray out;
    for (const Setting& setting : settingsTable()) {
        const QByteArray value = oneLine(settings.shownTexts.value(setting.key));
        out += setting.key.leftJustified(keyWidth) + "  " + value.leftJustified(valueWidth) + "  "
            + sourceName(settings.sources.value(setting.key)).toUtf8() + '\n';
    }
    out += '\n';
    for (const QByteArray& warning : warnings)
        out += "note    " + oneLine(warning) + '\n';
    for (const CheckResult& result : results) {
        out += stateWord(result.state).leftJustified(8) + result.name.leftJustified(10)
            + oneLine(result.found) + '\n';
        if (!result.advice.isEmpty())
            out += QByteArray(18, ' ') + result.advice + '\n';
    }
    return out;
}

QByteArray CheckReport::json() const
{
    QJsonArray settingArray;
    for (const Setting& setting : settingsTable()) {
        settingArray.append(QJsonObject{{QStringLiteral("key"), QString::fromUtf8(setting.key)},
            {QStringLiteral("value"), QString::fromUtf8(settings.shownTexts.value(setting.key))},
            {QStringLiteral("source"), sourceName(settings.sources.value(setting.key))}});
    }
    QJsonArray checkArray;
    for (const CheckResult& result : results) {
        checkArray.append(QJsonObject{{QStringLiteral("name"), QString::fromUtf8(result.name)},
            {QStringLiteral("state"), QString::fromUtf8(stateWord(result.state).toLower())},
            {QStringLiteral("found"), QString::fromUtf8(result.found)},
            {QStringLiteral("advice"), QString::fromUtf8(result.advice)}});
    }
    QJsonArray warningArray;
    for (const QByteArray& warning : warnings)
        warningArray.append(QString::fromUtf8(warning));
    return QJsonDocument(
        QJsonObject{{QStringLiteral("ok"), isGood()}, {QStringLiteral("settings"), settingArray},
            {QStringLiteral("warnings"), warningArray}, {QStringLiteral("checks"), checkArray}})
        .toJson();
}
