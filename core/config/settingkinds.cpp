// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "config/settingkinds.h"

#include "base/httpsyntax.h"

#include <QHash>

#include <algorithm>
#include <utility>

namespace {

constexpr qint64 maxMilliseconds = 86'400'000;
constexpr qint64 maxSeconds = maxMilliseconds / 1000;
constexpr qint64 maxDurationSeconds = 3650LL * 86'400;
constexpr qint64 maxBytes = qint64(1) << 40;
constexpr qint64 maxCount = 10'000;
constexpr qsizetype maxEnvironmentBytes = 40; // Langfuse's SDKs: ^(?!langfuse)[a-z0-9_-]+$ and that length

/// "a, b or c"
QByteArray joined(const QList<QByteArray>& list)
{
    QByteArray text = list.mid(0, list.size() - 1).join(", ");
    return text.isEmpty() ? list.value(0) : text + " or " + list.last();
}

bool isPrintable(const QByteArray& text)
{
    return std::none_of(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool isBetween(std::optional<qint64> number, qint64 least, qint64 most)
{
    return number && *number >= least && *number <= most;
}

bool isBetween(std::optional<double> number, double least, double most)
{
    return number && *number >= least && *number <= most;
}

bool isBaseUrl(const QByteArray& text)
{
    const QUrl parsed = SettingKinds::url(text);
    return parsed.isValid()
        && (parsed.scheme() == QLatin1String("http") || parsed.scheme() == QLatin1String("https"))
        && !parsed.host().isEmpty() && parsed.port() != 0 && parsed.userInfo().isEmpty() && !parsed.hasQuery()
        && !parsed.hasFragment();
}

bool isIpv4Address(const QByteArray& text)
{
    const QList<QByteArray> parts = text.split('.');
    return parts.size() == 4 && std::all_of(parts.begin(), parts.end(), [](const QByteArray& part) {
        const std::optional<qint64> number = HttpSyntax::parseDecimal(part);
        return number && *number <= 255 && part.size() <= 3;
    });
}

/// QHostAddress belongs to Qt Network, which this layer does without; QUrl knows IPv6 just as well.
bool isIpv6Address(QByteArray text)
{
    if (!text.contains(':') || text.contains('['))
        return false;
    text.replace('%', "%25"); // before a zone, RFC 6874 2
    return QUrl::fromEncoded("http://[" + text + "]/", QUrl::StrictMode).isValid();
}

bool isHostName(const QByteArray& text)
{
    if (text.startsWith('[') && text.endsWith(']'))
        return isIpv6Address(text.sliced(1, text.size() - 2));
    return !text.isEmpty() && text.size() <= 253 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'
            || c == '.' || c == '_';
    });
}

bool isEnvironment(const QByteArray& text)
{
    return text.size() <= maxEnvironmentBytes && !text.startsWith("langfuse")
        && std::all_of(text.begin(), text.end(),
            [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; });
}

} // namespace

namespace SettingKinds {

std::optional<qint64> parseBytes(QByteArray text)
{
    int shift = 0;
    for (const auto& [unit, unitShift] : {std::pair('K', 10), std::pair('M', 20), std::pair('G', 30)}) {
        if (text.endsWith(unit) || text.endsWith(QByteArray(1, unit).append("iB"))) {
            text.truncate(text.lastIndexOf(unit));
            shift = unitShift;
            break;
        }
    }
    const std::optional<qint64> number = HttpSyntax::parseDecimal(text);
    if (!number || *number < 1 || *number > (maxBytes >> shift))
        return std::nullopt;
    return *number << shift;
}

std::optional<std::chrono::milliseconds> parseDuration(QByteArray text)
{
    static const QHash<char, qint64> seconds{{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86'400}};
    const qint64 unit = text.isEmpty() ? 0 : seconds.value(text.back());
    text.chop(1);
    const std::optional<qint64> number = HttpSyntax::parseDecimal(text);
    if (unit == 0 || !number || *number < 1 || *number > maxDurationSeconds / unit)
        return std::nullopt;
    return std::chrono::seconds(*number * unit);
}

std::optional<double> parseFraction(const QByteArray& text)
{
    const bool isPlain
        = std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
    bool isNumber = false;
    const double number = text.toDouble(&isNumber);
    if (!isPlain || !isNumber)
        return std::nullopt;
    return number;
}

bool isOn(const QByteArray& text)
{
    const QByteArray word = text.toLower();
    return word == "on" || word == "true" || word == "1";
}

std::chrono::milliseconds milliseconds(const QByteArray& text)
{
    return std::chrono::milliseconds(text.toLongLong());
}

std::chrono::milliseconds seconds(const QByteArray& text)
{
    return std::chrono::milliseconds(qRound64(text.toDouble() * 1000));
}

QUrl url(const QByteArray& text)
{
    return QUrl::fromEncoded(text, QUrl::StrictMode);
}

QList<QByteArray> words(const QByteArray& text)
{
    QList<QByteArray> list;
    for (const QByteArray& word : text.split(',')) {
        if (const QByteArray trimmed = word.trimmed(); !trimmed.isEmpty())
            list.append(trimmed);
    }
    return list;
}

} // namespace SettingKinds

QByteArray allowedValues(const Setting& setting)
{
    switch (setting.kind) {
    case SettingKind::Text:
    case SettingKind::Secret:
        return "printable text";
    case SettingKind::Host:
        return "localhost or an IP address";
    case SettingKind::Port:
        return "a number from 0 to 65535";
    case SettingKind::Milliseconds:
        return "a number of milliseconds from 1 to " + QByteArray::number(maxMilliseconds);
    case SettingKind::Duration:
        return "a number with s, m, h or d, from 1s to 3650d";
    case SettingKind::Seconds:
        return "a number of seconds from 0.001 to " + QByteArray::number(maxSeconds);
    case SettingKind::Count:
        return "a number from 1 to " + QByteArray::number(maxCount);
    case SettingKind::Fraction:
        return "a number from 0 to 1, e.g. 0.25";
    case SettingKind::Bytes:
        return "a number of bytes from 1 to 1024G, with K, M or G if you like";
    case SettingKind::Url:
        return "an http:// or https:// URL without credentials, query or fragment";
    case SettingKind::Choice:
        return joined(setting.choices);
    case SettingKind::Hosts:
        return "a comma list of host names or addresses without ports, IPv6 in brackets";
    case SettingKind::Words:
        return "a comma list of " + joined(setting.choices);
    case SettingKind::Switch:
        return "on or off";
    case SettingKind::Environment:
        return "up to " + QByteArray::number(maxEnvironmentBytes)
            + " of a-z, 0-9, - and _, not beginning with langfuse";
    }
    Q_UNREACHABLE();
}

bool isAllowed(const Setting& setting, const QByteArray& text)
{
    using namespace SettingKinds;
    switch (setting.kind) {
    case SettingKind::Text:
    case SettingKind::Secret:
        return isPrintable(text);
    case SettingKind::Host:
        return text == "localhost" || isIpv4Address(text) || isIpv6Address(text);
    case SettingKind::Port:
        return isBetween(HttpSyntax::parseDecimal(text), 0, 65535);
    case SettingKind::Milliseconds:
        return isBetween(HttpSyntax::parseDecimal(text), 1, maxMilliseconds);
    case SettingKind::Duration:
        return parseDuration(text).has_value();
    case SettingKind::Seconds:
        return isBetween(parseFraction(text), 0.001, double(maxSeconds));
    case SettingKind::Count:
        return isBetween(HttpSyntax::parseDecimal(text), 1, maxCount);
    case SettingKind::Fraction:
        return isBetween(parseFraction(text), 0.0, 1.0);
    case SettingKind::Bytes:
        return parseBytes(text).has_value();
    case SettingKind::Url:
        return isBaseUrl(text);
    case SettingKind::Choice:
        return setting.choices.contains(text);
    case SettingKind::Hosts: {
        const QList<QByteArray> list = words(text);
        return std::all_of(list.begin(), list.end(), isHostName);
    }
    case SettingKind::Words: {
        const QList<QByteArray> list = words(text);
        return std::all_of(
            list.begin(), list.end(), [&](const QByteArray& word) { return setting.choices.contains(word); });
    }
    case SettingKind::Switch:
        return QList<QByteArray>{"on", "off", "true", "false", "1", "0"}.contains(text.toLower());
    case SettingKind::Environment:
        return isEnvironment(text);
    }
    Q_UNREACHABLE();
}
