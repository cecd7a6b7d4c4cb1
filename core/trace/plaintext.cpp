// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/plaintext.h"

#include <QString>
#include <QStringDecoder>

namespace PlainText {

namespace {

bool isUtf8Continuation(char c)
{
    return (uchar(c) & 0xc0) == 0x80;
}

bool isControl(QByteArrayView utf8, qsizetype at)
{
    const uchar c = uchar(utf8[at]);
    // C1 (U+0080..U+009F) is C2 80..9F in UTF-8.
    return c < 0x20 || c == 0x7f || (c == 0xc2 && at + 1 < utf8.size() && uchar(utf8[at + 1]) < 0xa0);
}

} // namespace

QByteArray toUtf8(QByteArrayView bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded = decoder(bytes);
    return decoder.hasError() ? QString::fromLatin1(bytes).toUtf8() : bytes.toByteArray();
}

QByteArray withoutControls(const QByteArray& utf8)
{
    QByteArray text;
    text.reserve(utf8.size());
    for (qsizetype at = 0; at < utf8.size(); ++at) {
        if (!isControl(utf8, at))
            text.append(utf8[at]);
        else if (uchar(utf8[at]) == 0xc2)
            ++at;
    }
    return text;
}

QByteArray cutAtCharacter(const QByteArray& utf8, qsizetype maximumBytes)
{
    if (utf8.size() <= maximumBytes)
        return utf8;
    qsizetype end = qMax(maximumBytes, qsizetype(0));
    while (end > 0 && isUtf8Continuation(utf8[end]))
        --end;
    return utf8.first(end);
}

QByteArray withoutCutCharacter(const QByteArray& utf8)
{
    qsizetype lead = utf8.size() - 1;
    while (lead >= 0 && utf8.size() - lead < 4 && isUtf8Continuation(utf8[lead]))
        --lead;
    if (lead < 0)
        return utf8;
    const uchar c = uchar(utf8[lead]);
    const qsizetype length = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 1;
    return utf8.size() - lead < length ? utf8.first(lead) : utf8;
}

QByteArray cutWithMark(const QByteArray& utf8, qsizetype maximumBytes)
{
    if (utf8.size() <= maximumBytes)
        return utf8;
    const QByteArray front = cutAtCharacter(utf8, maximumBytes);
    return front + "…[truncated " + QByteArray::number(utf8.size() - front.size()) + " bytes]";
}

} // namespace PlainText
