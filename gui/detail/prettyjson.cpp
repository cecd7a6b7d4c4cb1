// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/detail/prettyjson.h"

#include "wire/ssedecoder.h"

#include <QCoreApplication>
#include <QLocale>

namespace {

constexpr qsizetype longestText = 8192; // bytes of a string that is shown whole
constexpr qsizetype shownOfLong = 120;
constexpr qsizetype longestLine = 2000;
constexpr int indentWidth = 2;
constexpr qsizetype fedAtOnce = 16 << 10;

/// The end of the string that begins at `from` (its quote): behind the closing quote, or the end of all.
qsizetype endOfString(const QByteArray& json, qsizetype from)
{
    for (qsizetype i = from + 1; i < json.size(); ++i) {
        if (json.at(i) == '\\')
            ++i;
        else if (json.at(i) == '"')
            return i + 1;
    }
    return json.size();
}

void appendString(QByteArray* out, const QByteArray& json, qsizetype from, qsizetype end)
{
    const qsizetype size = end - from;
    if (size <= longestText) {
        out->append(json.constData() + from, size);
        return;
    }
    qsizetype cut = from + shownOfLong;
    while (cut > from && (json.at(cut) & 0xc0) == 0x80)
        --cut; // not inside a character
    out->append(json.constData() + from, cut - from);
    const QString note
        = QCoreApplication::translate("prettyJson", "…(%1 in all)").arg(QLocale().formattedDataSize(size));
    *out += note.toUtf8() + '"';
}

/// Behind white space.
qsizetype skippedSpace(const QByteArray& json, qsizetype from)
{
    while (from < json.size()
        && (json.at(from) == ' ' || json.at(from) == '\n' || json.at(from) == '\r' || json.at(from) == '\t'))
        ++from;
    return from;
}

} // namespace

QString prettyJson(const QByteArray& json, qsizetype most, bool* isWhole)
{
    QByteArray out;
    out.reserve(std::min<qsizetype>(json.size() * 3 / 2, 16 << 20));
    int depth = 0;
    const auto breakLine = [&] { out += '\n' + QByteArray(qsizetype(depth) * indentWidth, ' '); };
    qsizetype i = skippedSpace(json, 0);
    for (; i < json.size() && out.size() <= most; i = skippedSpace(json, i)) {
        const char c = json.at(i);
        if (c == '"') {
            const qsizetype end = endOfString(json, i);
            appendString(&out, json, i, end);
            i = end;
            continue;
        }
        ++i;
        if (c == '{' || c == '[') {
            const qsizetype next = skippedSpace(json, i);
            out += c;
            if (next < json.size() && json.at(next) == (c == '{' ? '}' : ']')) {
                out += json.at(next);
                i = next + 1;
            } else if (depth < 1000) {
                ++depth;
                breakLine();
            }
        } else if (c == '}' || c == ']') {
            depth = std::max(0, depth - 1);
            breakLine();
            out += c;
        } else if (c == ',') {
            out += c;
            breakLine();
        } else if (c == ':') {
            out += ": ";
        } else {
            out += c;
        }
    }
    if (isWhole)
        *isWhole = i >= json.size();
    return QString::fromUtf8(out);
}

QString prettyEvents(const QByteArray& stream, qsizetype most, bool* isWhole)
{
    QString text;
    SseDecoder decoder([&text](const SseEvent& event) {
        if (!event.type.isEmpty())
            text += QStringLiteral("event: ") + QString::fromUtf8(event.type) + u'\n';
        const QByteArray data = event.data.toByteArray();
        text += QStringLiteral("data: ") + (data.startsWith('{') ? prettyJson(data) : QString::fromUtf8(data))
            + QStringLiteral("\n\n");
    });
    qsizetype fed = 0;
    for (; fed < stream.size() && text.size() <= most; fed += fedAtOnce)
        decoder.feed(QByteArrayView(stream).sliced(fed, std::min(fedAtOnce, stream.size() - fed)));
    if (fed >= stream.size())
        decoder.finish();
    if (isWhole)
        *isWhole = fed >= stream.size();
    return text;
}

QString withBrokenLines(const QString& text)
{
    QString out;
    qsizetype from = 0;
    while (from < text.size()) {
        qsizetype end = text.indexOf(u'\n', from);
        if (end < 0)
            end = text.size();
        if (from == 0 && end == text.size() && text.size() <= longestLine)
            return text;
        for (; end - from > longestLine;) {
            const qsizetype size
                = text.at(from + longestLine - 1).isHighSurrogate() ? longestLine - 1 : longestLine;
            out += QStringView(text).mid(from, size);
            out += u'\n';
            from += size;
        }
        out += QStringView(text).mid(from, end - from);
        if (end < text.size())
            out += u'\n';
        from = end + 1;
    }
    return out;
}
