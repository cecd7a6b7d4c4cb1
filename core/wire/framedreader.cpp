// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/framedreader.h"

#include "wire/errorbody.h"
#include "wire/jsonscanner.h"

namespace {

/// Usage stands in the last few hundred bytes; Gemini's with details per modality in the last few thousand.
constexpr qsizetype tailBytes = 64 * 1024;

bool isSuccessStatus(int status)
{
    return status == 0 || (status >= 200 && status < 300);
}

} // namespace

FramedReader::FramedReader(const DialectContext& context)
    : m_context(context)
    , m_budget(context.maxTextBytes)
    , m_sse([this](const SseEvent& event) { takeEvent(event.type, event.data); }, context.maxDocumentBytes)
    , m_array([this](QByteArrayView element) { takeEvent({}, element); }, context.maxDocumentBytes)
{
}

void FramedReader::feed(QByteArrayView bytes, qint64 atNs)
{
    m_nowNs = atNs;
    if (m_framing == Framing::Unknown) {
        bytes = bytes.sliced(JsonScanner::skipSpace(bytes, 0)); // as if it had come alone
        m_framing = detect(bytes);
        if (m_framing == Framing::Document)
            m_response.isStream = false; // also when it is called an event stream
    }
    switch (m_framing) {
    case Framing::Unknown:
        break;
    case Framing::Sse:
        m_sse.feed(bytes);
        break;
    case Framing::Array:
        m_array.feed(bytes);
        break;
    case Framing::Document:
        keepDocument(bytes);
        break;
    }
    m_response.omittedBytes = m_budget.omittedBytes();
}

void FramedReader::finish()
{
    if (m_framing == Framing::Sse)
        m_sse.finish();
    else if (m_framing == Framing::Document)
        finishDocument();
    else if (m_framing == Framing::Array && m_array.isFinished())
        m_response.isComplete = true;
    m_response.omittedBytes = m_budget.omittedBytes();
}

/// The first byte that is no white space tells more than the content type, which is wrong on error answers of
/// several gateways: no event stream begins with a bracket, and no JSON text with anything else.
FramedReader::Framing FramedReader::detect(QByteArrayView bytes) const
{
    if (bytes.isEmpty())
        return Framing::Unknown;
    if (bytes.front() == '[')
        return Framing::Array;
    if (bytes.front() == '{' || m_context.responseContentType == "application/json")
        return Framing::Document;
    return Framing::Sse;
}

void FramedReader::takeEvent(QByteArrayView type, QByteArrayView data)
{
    const JsonValue root = m_parser.parse(data);
    if (!root.exists()) {
        readMarker(data);
        return;
    }
    if (m_framing == Framing::Sse)
        m_response.isStream = true; // also when it is called something else
    if (!m_response.error)
        m_response.error = readError(root, !isSuccessStatus(m_context.status) || type == "error");
    readEvent(type, root);
}

void FramedReader::keepText(QByteArray* target, JsonValue value)
{
    if (QByteArray text = value.text(); !text.isEmpty())
        *target = std::move(text);
}

void FramedReader::noteContent()
{
    if (m_response.firstTokenNs < 0 && m_framing != Framing::Document)
        m_response.firstTokenNs = m_nowNs;
}

void FramedReader::keepDocument(QByteArrayView bytes)
{
    m_document.append(bytes);
    if (!m_isTail && m_document.size() <= m_context.maxDocumentBytes)
        return;
    // Cut only now and then: each cut moves the tail.
    if (!m_isTail || m_document.size() > 2 * tailBytes)
        m_document = m_document.last(qMin(tailBytes, m_document.size()));
    m_isTail = true;
}

void FramedReader::finishDocument()
{
    const QByteArray document = std::exchange(m_document, QByteArray());
    const JsonValue root = m_isTail ? JsonValue() : m_parser.parse(document);
    if (!root.exists()) {
        scavengeUsage(QByteArrayView(document).last(qMin(tailBytes, document.size())));
        return;
    }
    m_response.error = readError(root, !isSuccessStatus(m_context.status));
    if (m_response.error)
        readFailedDocument(root);
    else
        readDocument(root);
    m_response.isComplete = true;
}

/// Finds the last complete usage object in the end of a document that was too large to keep, or that broke
/// off. In a string the quotes of its key would be escaped, so it cannot be taken from the content.
void FramedReader::scavengeUsage(QByteArrayView tail)
{
    const QByteArray key = '"' + usageKey().toByteArray() + '"';
    for (qsizetype at = tail.lastIndexOf(key); at >= 0; at = at > 0 ? tail.lastIndexOf(key, at - 1) : -1) {
        qsizetype begin = JsonScanner::skipSpace(tail, at + key.size());
        if (begin == tail.size() || tail[begin] != ':' || (at > 0 && tail[at - 1] == '\\'))
            continue;
        begin = JsonScanner::skipSpace(tail, begin + 1);
        const qsizetype end = JsonScanner::skipValue(tail, begin);
        if (end < 0 || tail[begin] != '{')
            continue;
        readUsage(m_parser.parse(tail.sliced(begin, end - begin)));
        if (m_response.usage)
            return;
    }
}
