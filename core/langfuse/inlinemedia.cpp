// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/inlinemedia.h"

#include <algorithm>
#include <optional>

namespace InlineMedia {

namespace {

// Both base64 alphabets, the padding, and the backslash: JSON source may say `\/` and `\n`.
bool isRunChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/'
        || c == '=' || c == '-' || c == '_' || c == '\\';
}

constexpr QByteArrayView dataUriMark(";base64,");

struct Run
{
    qsizetype begin = 0;
    qsizetype end = 0;
};

qsizetype endOfRun(QByteArrayView text, qsizetype from)
{
    while (from < text.size() && isRunChar(text[from]))
        ++from;
    return from;
}

// Looks at the far end of each window first: text with spaces is skipped in large strides.
std::optional<Run> findLongRun(QByteArrayView text, qsizetype from)
{
    qsizetype begin = from;
    while (begin + maxInlineBase64 <= text.size()) {
        qsizetype i = begin + maxInlineBase64 - 1;
        while (i >= begin && isRunChar(text[i]))
            --i;
        if (i < begin)
            return Run{begin, endOfRun(text, begin + maxInlineBase64)};
        begin = i + 1;
    }
    return {};
}

// The base64 of data URIs, however short, and long runs of anything that may be base64.
class RunFinder final
{
public:
    explicit RunFinder(QByteArrayView text)
        : m_text(text)
    {
    }

    std::optional<Run> next()
    {
        if (m_uri < m_from)
            m_uri = base64Begin(m_from);
        if (!m_long || m_long->begin < m_from)
            m_long = findLongRun(m_text, m_from);
        std::optional<Run> run = m_long;
        if (m_uri < m_text.size() && (!run || m_uri <= run->begin))
            run = Run{m_uri, endOfRun(m_text, m_uri)};
        if (run)
            m_from = std::max(run->end, m_from + 1);
        return run;
    }

private:
    [[nodiscard]] qsizetype base64Begin(qsizetype from) const
    {
        const qsizetype at = m_text.indexOf(dataUriMark, from);
        return at < 0 ? m_text.size() : at + dataUriMark.size();
    }

    QByteArrayView m_text;
    qsizetype m_from = 0;
    qsizetype m_uri = -1; // where the base64 of the next data URI begins; the text's size: there is none
    std::optional<Run> m_long;
};

// The media type and the begin of `data:<type>;base64,` right before that position.
struct DataUriHead
{
    qsizetype begin = 0;
    QByteArray mediaType;
};

std::optional<DataUriHead> findDataUriHead(QByteArrayView text, qsizetype base64Begin)
{
    constexpr qsizetype maxHeadBytes = 200;
    const qsizetype from = std::max<qsizetype>(0, base64Begin - maxHeadBytes);
    const QByteArrayView before = text.sliced(from, base64Begin - from);
    if (!before.endsWith(dataUriMark))
        return {};
    const qsizetype at = before.lastIndexOf("data:");
    if (at < 0)
        return {};
    QByteArray mediaType = before.sliced(at + 5, before.size() - dataUriMark.size() - at - 5).toByteArray();
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

// By the end of a text that was cut to its bound, or by the mark that says so.
bool isCutOff(QByteArrayView text, qsizetype end)
{
    return end == text.size() || text.sliced(end).startsWith("\xe2\x80\xa6[truncated");
}

} // namespace

std::optional<DataUri> parseDataUri(const QByteArray& text)
{
    const qsizetype mark = text.startsWith("data:") ? text.indexOf(dataUriMark) : -1;
    if (mark < 0)
        return {};
    return DataUri{text.sliced(5, mark - 5), decoded(text.sliced(mark + dataUriMark.size()))};
}

QByteArray withoutInlineMedia(const QByteArray& text, EventMedia* media)
{
    QByteArray out;
    qsizetype copied = 0;
    RunFinder finder(text);
    while (const auto run = finder.next()) {
        const QByteArray base64
            = withoutEscapes(QByteArrayView(text).sliced(run->begin, run->end - run->begin));
        const auto head = findDataUriHead(text, run->begin);
        if (!head && !isWholeBase64String(text, *run, base64))
            continue;
        const bool isCut = isCutOff(text, run->end); // a part of it is no picture
        const QByteArray mediaType = head ? head->mediaType : QByteArray();
        const QByteArray bytes = decoded(base64);
        QByteArray standIn = isCut ? QByteArray() : media->reference(mediaType, bytes);
        if (standIn.isEmpty() && base64.size() < maxInlineBase64)
            continue;
        if (standIn.isEmpty())
            standIn = media->note(mediaType, bytes);
        const qsizetype begin = head ? head->begin : run->begin;
        out += QByteArrayView(text).sliced(copied, begin - copied);
        out += standIn;
        copied = run->end;
    }
    if (copied == 0)
        return text;
    out += QByteArrayView(text).sliced(copied);
    return out;
}

} // namespace InlineMedia
