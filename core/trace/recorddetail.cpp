// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/recorddetail.h"

#include "trace/boundedconversation.h"
#include "trace/plaintext.h"

namespace {

constexpr qsizetype keptBytes = 4096; // of each

bool cutBytes(QByteArray* bytes, qsizetype size)
{
    if (bytes->size() <= size)
        return false;
    *bytes = bytes->first(size);
    return true;
}

bool cutText(QByteArray* text, qsizetype size)
{
    if (text->size() <= size)
        return false;
    *text = PlainText::cutAtCharacter(*text, size);
    return true;
}

/// Half a JSON value is none.
bool clearLarger(QByteArray* json, qsizetype size)
{
    if (json->size() <= size)
        return false;
    json->clear();
    return true;
}

bool dropContent(Conversation* conversation)
{
    if (conversation->isEmpty())
        return false;
    *conversation = {};
    return true;
}

} // namespace

void reduceTo(RecordDetail detail, TraceRecord* record)
{
    if (detail == RecordDetail::Whole)
        return;
    const qsizetype size = detail == RecordDetail::Facts ? 0 : keptBytes;
    bool isCut = false;
    for (QByteArray* body : {&record->requestBody, &record->responseBody})
        isCut = cutBytes(body, size) || isCut;
    for (QByteArray* body : {&record->requestText, &record->responseText})
        isCut = cutText(body, size) || isCut;
    isCut = clearLarger(&record->verbatimInput, size) || isCut;
    for (Conversation* conversation : {&record->input, &record->output}) {
        // Without content a long history is still a long list of roles.
        const bool isLong = conversation->messages.size() + conversation->tools.size() > keptBytes / 16;
        if (detail == RecordDetail::Facts || isLong)
            isCut = dropContent(conversation) || isCut;
        else
            isCut = boundConversation(conversation, size) || isCut;
    }
    if (detail == RecordDetail::Facts)
        record->arrivals.clear();
    record->isTruncated = record->isTruncated || isCut;
    record->bodiesDropped = record->bodiesDropped || isCut;
}
