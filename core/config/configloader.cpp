// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "config/configloader.h"

#include "config/settings.h"

#include <QDir>
#include <QStandardPaths>

#include <algorithm>
#include <optional>

namespace {

constexpr qsizetype maxShownCharacters = 200;

struct FoundText
{
    QByteArray text;
    QByteArray name; // the variable it stood under
    SettingSource source = SettingSource::Default;
};

std::optional<FoundText> findIn(
    const QHash<QByteArray, QByteArray>& values, const Setting& setting, SettingSource source)
{
    for (const QByteArray& name : QList<QByteArray>{setting.key} + setting.aliases) {
        const QByteArray text = values.value(name);
        if (!text.isEmpty())
            return FoundText{text, name, source};
    }
    return std::nullopt;
}

FoundText find(const SettingInputs& inputs, const Setting& setting)
{
    // An option that is given empty was meant: it takes away what the environment says.
    if (const auto flag = inputs.flags.constFind(setting.key); flag != inputs.flags.cend())
        return {*flag, setting.key, SettingSource::Flag};
    if (const auto found = findIn(inputs.environment, setting, SettingSource::Environment))
        return *found;
    if (const auto found = findIn(inputs.envFile, setting, SettingSource::EnvFile))
        return *found;
    if (const auto found = findIn(inputs.saved, setting, SettingSource::Saved))
        return *found;
    return {setting.defaultText, setting.key, SettingSource::Default};
}

/// A refused base URL may hold `user:password@` or `?key=`: only what stands around them is shown.
QByteArray withoutCredentials(QByteArray text)
{
    if (const qsizetype end = text.lastIndexOf('@'); end >= 0) {
        const qsizetype scheme = text.indexOf("://");
        const qsizetype start = scheme >= 0 && scheme < end ? scheme + 3 : 0;
        text.replace(start, end - start, "***");
    }
    const auto isQueryOrFragment = [](char c) { return c == '?' || c == '#'; };
    const auto mark = std::find_if(text.cbegin(), text.cend(), isQueryOrFragment);
    if (mark != text.cend())
        text = text.first(mark - text.cbegin() + 1) + "***";
    return text;
}

/// The value as a message may show it: no secret, one line, not endless.
QString shownValue(const Setting& setting, const QByteArray& text)
{
    if (setting.kind == SettingKind::Secret)
        return QStringLiteral("the value (not shown)");
    QString shown = QString::fromUtf8(setting.kind == SettingKind::Url ? withoutCredentials(text) : text);
    if (shown.size() > maxShownCharacters)
        shown = shown.first(maxShownCharacters) + QStringLiteral("...");
    for (QChar& c : shown) {
        if (c.category() == QChar::Other_Control)
            c = QChar::ReplacementCharacter;
    }
    return u'"' + shown + u'"';
}

Error notAllowed(const Setting& setting, const FoundText& found)
{
    return {ErrorCode::InvalidConfig,
        QStringLiteral("%1: %2 (from the %3) is not allowed; allowed: %4")
            .arg(QString::fromUtf8(found.name), shownValue(setting, found.text), sourceName(found.source),
                QString::fromUtf8(allowedValues(setting))),
        QString::fromUtf8(setting.key)};
}

} // namespace

QString sourceName(SettingSource source)
{
    switch (source) {
    case SettingSource::Flag:
        return QStringLiteral("command line");
    case SettingSource::Environment:
        return QStringLiteral("environment");
    case SettingSource::EnvFile:
        return QStringLiteral(".env file");
    case SettingSource::Saved:
        return QStringLiteral("saved settings");
    case SettingSource::Default:
        break;
    }
    return QStringLiteral("default");
}

Result<LoadedConfig> loadConfig(const SettingInputs& inputs)
{
    LoadedConfig loaded;
    for (const Setting& setting : settingsTable()) {
        const FoundText found = find(inputs, setting);
        const bool mayBeEmpty = setting.defaultText.isEmpty();
        if (found.text.isEmpty() ? !mayBeEmpty : !isAllowed(setting, found.text))
            return notAllowed(setting, found);
        setting.store(&loaded.config, found.text);
        loaded.sources.insert(setting.key, found.source);
        const bool isHidden = setting.kind == SettingKind::Secret && !found.text.isEmpty();
        loaded.shownTexts.insert(setting.key, isHidden ? QByteArray("(set)") : found.text);
    }
    if (loaded.config.storePath.isEmpty()) {
        loaded.config.storePath = inputs.defaultStorePath;
        loaded.shownTexts.insert("STORE_PATH", inputs.defaultStorePath.toUtf8());
    }
    return loaded;
}

QString defaultStorePath()
{
#ifdef Q_OS_UNIX
    QString state = qEnvironmentVariable("XDG_STATE_HOME");
    if (!QDir::isAbsolutePath(state)) // the XDG base directory specification ignores relative paths
        state = QDir::homePath() + QStringLiteral("/.local/state");
#else
    const QString state = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
#endif
    return state + QStringLiteral("/langfuse-proxy/traces.db");
}
