// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/recordmasking.h"

#include "trace/redactor.h"

#include <algorithm>

namespace {

void mask(QByteArray* text, const QList<Secret>& credentials)
{
    *text = Redactor::redactText(*text, credentials);
}

void mask(Conversation* conversation, const QList<Secret>& credentials)
{
    for (Message& message : conversation->messages) {
        mask(&message.name, credentials);
        for (Part& part : message.parts) {
            for (QByteArray* text : {&part.text, &part.id, &part.name, &part.json, &part.signature})
                mask(text, credentials);
        }
    }
    for (ToolDefinition& tool : conversation->tools) {
        for (QByteArray* text : {&tool.name, &tool.description, &tool.parametersJson, &tool.json})
            mask(text, credentials);
    }
}

void mask(Attribution* attribution, const QList<Secret>& credentials)
{
    for (QByteArray* text : {&attribution->sessionId, &attribution->userId, &attribution->traceName,
             &attribution->environment, &attribution->version, &attribution->promptName})
        mask(text, credentials);
    for (QByteArray& tag : attribution->tags)
        mask(&tag, credentials);
    for (MetadataEntry& entry : attribution->metadata) {
        mask(&entry.key, credentials);
        mask(&entry.json, credentials);
    }
}

HeaderList maskedHeaders(const HeaderList& headers, const QList<Secret>& credentials)
{
    HeaderList result;
    for (const Header& header : headers)
        result.append(header.name, Redactor::redactText(header.value, credentials));
    return result;
}

} // namespace

void maskCredentials(TraceRecord* record, const QList<Secret>& credentials)
{
    if (credentials.isEmpty())
        return;
    for (QByteArray* text : {&record->requestId, &record->target, &record->errorCode, &record->errorMessage,
             &record->requestModel, &record->responseModel, &record->responseId, &record->previousResponseId,
             &record->verbatimInput, &record->requestBody, &record->responseBody, &record->requestText,
             &record->responseText})
        mask(text, credentials);
    for (ModelParameter& parameter : record->parameters)
        mask(&parameter.json, credentials);
    mask(&record->input, credentials);
    mask(&record->output, credentials);
    mask(&record->attribution, credentials);
    record->requestHeaders = maskedHeaders(record->requestHeaders, credentials);
    record->responseHeaders = maskedHeaders(record->responseHeaders, credentials);
}

CredentialWatch::CredentialWatch(const QList<Secret>& credentials)
{
    for (const Secret& credential : credentials) {
        if (!Redactor::isMaskable(credential))
            continue;
        m_credentials.append(credential);
        m_longest = std::max(m_longest, credential.reveal().size());
    }
}

void CredentialWatch::feed(QByteArrayView bytes)
{
    if (m_credentials.isEmpty() || m_hasFound)
        return;
    m_window.append(bytes);
    m_hasFound = std::any_of(m_credentials.cbegin(), m_credentials.cend(),
        [&](const Secret& credential) { return m_window.contains(credential.reveal()); });
    m_window = m_window.right(m_longest - 1);
}
