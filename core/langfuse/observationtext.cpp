// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/observationtext.h"

#include "langfuse/conversationjson.h"
#include "langfuse/inlinemedia.h"
#include "langfuse/jsonwriter.h"
#include "trace/bodytext.h"

#include <QUtf8StringView>

namespace ObservationText {

namespace {

// A body that nobody could parse still tells a reader much, if it is text at all.
QByteArray bodyAsText(const QByteArray& body, const HeaderList& headers)
{
    if (body.isEmpty() || body.contains('\0'))
        return {};
    if (mediaTypeOf(headers.value("content-type")).startsWith("multipart/"))
        return {}; // its files may be texts
    if (headers.contains("content-encoding") && !headers.hasToken("content-encoding", "identity"))
        return {};
    qsizetype end = body.size();
    while (end > 0 && end > body.size() - 4 && (static_cast<uchar>(body[end - 1]) & 0xc0) == 0x80)
        --end; // the bound may have cut a character in two
    const QByteArray text
        = QUtf8StringView(body).isValidUtf8() ? body : body.first(std::max<qsizetype>(0, end - 1));
    return QUtf8StringView(text).isValidUtf8() ? text : QByteArray();
}

// `[application/pdf, 1234 bytes]` for a body that is no text, on a route that no dialect reads.
QByteArray sizeNote(const TraceRecord& record, const HeaderList& headers, qint64 bytes)
{
    if (!record.dialect.isEmpty() || bytes <= 0)
        return {};
    const QByteArray type = mediaTypeOf(headers.value("content-type"));
    return '[' + (type.isEmpty() ? QByteArray("unknown type") : type) + ", " + QByteArray::number(bytes)
        + " bytes]";
}

QByteArray errorAsJson(const TraceRecord& record)
{
    JsonWriter out;
    out.beginObject();
    out.key("error");
    out.beginObject();
    out.key("code");
    out.string(record.errorCode);
    out.key("message");
    out.string(record.errorMessage);
    out.endObject();
    out.endObject();
    return out.json();
}

} // namespace

QByteArray input(const TraceRecord& record, EventMedia* media)
{
    if (!record.verbatimInput.isEmpty()) {
        const int notes = media->notes();
        const QByteArray slim = InlineMedia::withoutInlineMedia(record.verbatimInput, media);
        // A reference renders in the place of a URL; a note would not, the common shape has it as text.
        if (media->notes() == notes || record.input.isEmpty())
            return slim;
    }
    if (!record.input.isEmpty())
        return ConversationJson::input(record.input, media);
    if (!record.requestText.isEmpty())
        return InlineMedia::withoutInlineMedia(record.requestText, media);
    const QByteArray body = bodyAsText(record.requestBody, record.requestHeaders);
    return body.isEmpty() ? sizeNote(record, record.requestHeaders, record.requestBytes)
                          : InlineMedia::withoutInlineMedia(body, media);
}

QByteArray output(const TraceRecord& record, EventMedia* media)
{
    if (!record.output.messages.isEmpty())
        return ConversationJson::output(record.output, media);
    if (!record.responseText.isEmpty())
        return InlineMedia::withoutInlineMedia(record.responseText, media);
    if (record.isError() || record.dialect.isEmpty()) {
        const QByteArray body = bodyAsText(record.responseBody, record.responseHeaders);
        if (!body.isEmpty())
            return InlineMedia::withoutInlineMedia(body, media);
    }
    return record.errorCode.isEmpty() ? sizeNote(record, record.responseHeaders, record.responseBytes)
                                      : errorAsJson(record);
}

} // namespace ObservationText
