// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/tracecontext.h"

#include "base/httpsyntax.h"
#include "base/ids.h"

namespace TraceContext {

std::optional<Parent> parentOf(const HeaderList& headers)
{
    const QList<QByteArray> lines = headers.values("traceparent");
    if (lines.size() != 1)
        return std::nullopt;
    // version "-" trace-id "-" parent-id "-" flags, and more fields after that in versions above 00
    const QList<QByteArray> fields = HttpSyntax::trimmed(lines.first()).toByteArray().split('-');
    if (fields.size() < 4 || fields[0].size() != 2 || fields[3].size() != 2)
        return std::nullopt;
    const auto isHexByte = [](const QByteArray& text) { return text == "00" || Ids::isHexId(text, 2); };
    const bool isVersion = isHexByte(fields[0]) && fields[0] != "ff";
    if (!isVersion || !isHexByte(fields[3]) || (fields[0] == "00" && fields.size() != 4))
        return std::nullopt;
    if (!Ids::isHexId(fields[1], 32) || !Ids::isHexId(fields[2], 16))
        return std::nullopt;
    return Parent{fields[1], fields[2]};
}

QList<BaggageMember> baggageOf(const HeaderList& headers)
{
    QList<BaggageMember> members;
    for (const QByteArray& line : headers.values("baggage")) {
        for (const QByteArray& text : line.split(',')) {
            const QByteArrayView member
                = QByteArrayView(text).first(text.indexOf(';') < 0 ? text.size() : text.indexOf(';'));
            const qsizetype equals = member.indexOf('=');
            if (equals <= 0)
                continue;
            const QByteArrayView key = HttpSyntax::trimmed(member.first(equals));
            const QByteArrayView value = HttpSyntax::trimmed(member.sliced(equals + 1));
            if (HttpSyntax::isToken(key))
                members.append({key.toByteArray(), QByteArray::fromPercentEncoding(value.toByteArray())});
        }
    }
    return members;
}

} // namespace TraceContext
