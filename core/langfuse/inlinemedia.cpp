// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/inlinemedia.h"

#include <QCryptographicHash>
#include <QStringBuilder>

#include <optional>

namespace InlineMedia {

namespace {

// Both base64 alphabets, the padding, and the backslash: JSON source may say `\/` and `\n`.
bool isRunChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/'
        || c == '=' || c == '-' || c == '_' || c == '\\';
}

struct Run
{
    qsizetype begin = 0;
    qsizetype end = 0;
};

// Looks at the far end of each window first: text with spaces is skipped in large strides.
std::optional<Run> findRun(QByteArrayView text, qsizetype from)
{
    qsizetype begin = from;
    while (begin + maxInlineBase64 <= text.size()) {
        qsizetype i = begin + maxInlineBase64 - 1;
        while (i >= begin && isRunChar(text[i]))
            --i;
        if (i < begin) {
            qsizetype end = begin + maxInlineBase64;
            while (end < text.size() && isRunChar(text[end]))
                ++end;
            return Run{begin, end};
        }
        begin = i + 1;
    }
    return {};
}

// The media type and the begin of `data:<type>;base64,` right before that position.
struct DataUriHead
{
    qsizetype begin = 0;
    QByteArray mediaType;
};

std::optional<DataUriHead> findDataUriHead(QByteArrayView text, qsizetype base64Begin)
{
    constexpr qsizetype maxHeadBytes = 200;
    constexpr QByteArrayView suffix(";base64,");
    const qsizetype from = std::max<qsizetype>(0, base64Begin - maxHeadBytes);
    const QByteArrayView before = text.sliced(from, base64Begin - from);
    if (!before.endsWith(suffix))
        return {};
    const qsizetype at = before.lastIndexOf("data:");
    if (at < 0)
        return {};
    QByteArray mediaType = before.sliced(at + 5, before.size() - suffix.size() - at - 5).toByteArray();
    mediaType.replace("\\/", "/");
    for (const char c : mediaType) {
        if (static_cast<uchar>(c) <= 0x20 || c == '"' || c == '\\' || c == ')')
            return {};
    }
    return DataUriHead{from + at, mediaType};
}

QByteArray withoutEscapes(QByteArrayView run)
{
    QByteArray base64 = run.toByteArray();
    if (base64.contains('\\'))
        base64.replace("\\/", "/").replace("\\n", "").replace("\\r", "");
    return base64;
}

QByteArray decoded(const QByteArray& base64)
{
    const bool isUrlSafe = base64.contains('-') || base64.contains('_');
    return QByteArray::fromBase64(
        base64, isUrlSafe ? QByteArray::Base64UrlEncoding : QByteArray::Base64Encoding);
}

// A bare run counts when it fills a quoted string (cut at the end of the text is fine too).
bool isWholeBase64String(QByteArrayView text, const Run& run, const QByteArray& base64)
{
    const bool isOpened = run.begin > 0 && text[run.begin - 1] == '"';
    const bool isCut = run.end == text.size();
    const bool isClosed = !isCut && text[run.end] == '"';
    if (!isOpened || !(isCut || isClosed) || base64.contains('\\'))
        return false;
    if (isClosed && base64.contains('=') && base64.size() % 4 != 0)
        return false;
    const qsizetype padding = base64.indexOf('=');
    return padding < 0 || padding >= base64.size() - 2;
}

} // namespace

QByteArray placeholder(QByteArrayView mediaType, const QByteArray& bytes)
{
    const QByteArrayView type = mediaType.isEmpty() ? QByteArrayView("base64") : mediaType;
    return "[" + type.toByteArray() + ", " + QByteArray::number(bytes.size()) + " bytes, sha256 "
        + QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex() + "]";
}

QByteArray withoutInlineMedia(const QByteArray& text)
{
    QByteArray out;
    qsizetype copied = 0;
    qsizetype from = 0;
    while (const auto run = findRun(text, from)) {
        from = run->end;
        const QByteArray base64
            = withoutEscapes(QByteArrayView(text).sliced(run->begin, run->end - run->begin));
        const auto head = findDataUriHead(text, run->begin);
        if (!head && !isWholeBase64String(text, *run, base64))
            continue;
        const qsizetype begin = head ? head->begin : run->begin;
        out += QByteArrayView(text).sliced(copied, begin - copied);
        out += placeholder(head ? head->mediaType : QByteArray(), decoded(base64));
        copied = run->end;
    }
    if (copied == 0)
        return text;
    out += QByteArrayView(text).sliced(copied);
    return out;
}

} // namespace InlineMedia
