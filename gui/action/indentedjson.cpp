// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/action/indentedjson.h"

#include <QJsonDocument>

#include <algorithm>

namespace {

constexpr qsizetype indentBlanks = 2;

bool isJsonSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// The place behind the string that begins at `from`.
qsizetype endOfString(const QByteArray& json, qsizetype from)
{
    qsizetype at = from + 1;
    while (at < json.size() && json[at] != '"')
        at += json[at] == '\\' ? 2 : 1;
    return std::min(at + 1, json.size());
}

qsizetype nextToken(const QByteArray& json, qsizetype from)
{
    while (from < json.size() && isJsonSpace(json[from]))
        ++from;
    return from;
}

} // namespace

QByteArray indentedJson(const QByteArray& json)
{
    if (QJsonDocument::fromJson(json).isNull())
        return json;
    QByteArray out;
    out.reserve(json.size() * 2);
    qsizetype depth = 0;
    const auto newLine = [&] { out += '\n' + QByteArray(depth * indentBlanks, ' '); };
    for (qsizetype at = nextToken(json, 0); at < json.size(); at = nextToken(json, at)) {
        const char c = json[at];
        if (c == '"') {
            const qsizetype end = endOfString(json, at);
            out += json.sliced(at, end - at);
            at = end;
            continue;
        }
        ++at;
        if (c == '{' || c == '[') {
            out += c;
            const qsizetype next = nextToken(json, at);
            if (next < json.size() && (json[next] == '}' || json[next] == ']')) { // empty: on one line
                out += json[next];
                at = next + 1;
                continue;
            }
            ++depth;
            newLine();
        } else if (c == '}' || c == ']') {
            --depth;
            newLine();
            out += c;
        } else if (c == ',') {
            out += c;
            newLine();
        } else if (c == ':') {
            out += ": ";
        } else {
            out += c;
        }
    }
    return out;
}
