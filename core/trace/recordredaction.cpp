// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/recordredaction.h"

#include "trace/bodytext.h"
#include "trace/textredaction.h"
#include "wire/contentdecoder.h"
#include "wire/jsonparser.h"
#include "wire/jsonscanner.h"

#include <QUtf8StringView>

namespace {

constexpr qsizetype quotedBytes = 497; // what CallFailure quotes of a page: 500, less a cut character
constexpr qsizetype borderBytes = 1024; // that are searched on either side of the border of two parts
constexpr qint64 maxSearchedBytes = qint64(64) << 20; // of a decoded body copy; beyond, it is not kept

bool isMedia(const Part& part)
{
    return part.kind == Part::Kind::Image || part.kind == Part::Kind::Audio
        || part.kind == Part::Kind::Document;
}

/// Whether a reader may have cut one text into these two.
bool isSameText(const Part& part, const Part& next)
{
    return part.kind == next.kind && (part.kind == Part::Kind::Text || part.kind == Part::Kind::Thinking);
}

bool isJsonDocument(const QByteArray& text)
{
    JsonParser parser;
    return parser.parse(text).exists();
}

/// Redacts one record; owned by redactRecord().
class RecordRedaction final
{
public:
    RecordRedaction(TraceRecord* record, const RedactionRules& rules)
        : m_record(record)
        , m_redaction(rules)
        , m_hasPaths(!rules.paths.isEmpty())
    {
    }

    void run()
    {
        redactFacts();
        const bool hasRequestFinds = redactRequest();
        if (joinParts(&m_record->input)) { // each of the copies has it in two pieces
            m_record->verbatimInput.clear();
            m_record->requestBody.clear();
        }
        redactBody(&m_record->requestBody,
            {&m_record->requestHeaders, false, hasRequestFinds,
                m_record->requestBody.size() < m_record->requestBytes});
        const bool hasResponseFinds = redactConversation(&m_record->output);
        if (joinParts(&m_record->output))
            m_record->responseBody.clear();
        const bool hasTextFinds = redactBodyText(&m_record->responseText, m_record->responseHeaders);
        redactBody(&m_record->responseBody,
            {&m_record->responseHeaders, m_record->isStream, hasResponseFinds || hasTextFinds,
                m_record->responseBody.size() < m_record->responseBytes});
        maskRemoved(&m_record->output);
        maskRemoved(&m_record->errorMessage);
        m_record->withheldTexts += m_redaction.withheldTexts();
    }

private:
    struct BodyFacts
    {
        const HeaderList* headers = nullptr;
        bool isStream = false;
        bool hasFinds = false; // in what was read of it
        bool isCut = false;
    };

    void redactFacts()
    {
        Attribution& attribution = m_record->attribution;
        for (QByteArray* text :
            {&m_record->requestId, &m_record->responseId, &m_record->previousResponseId, &m_record->errorCode,
                &m_record->errorMessage, &m_record->requestModel, &m_record->responseModel,
                &attribution.sessionId, &attribution.userId, &attribution.traceName, &attribution.environment,
                &attribution.version, &attribution.promptName})
            m_redaction.redactText(text);
        for (QByteArray& tag : attribution.tags)
            m_redaction.redactText(&tag);
        for (MetadataEntry& entry : attribution.metadata) {
            m_redaction.redactText(&entry.key);
            m_redaction.redactJson(&entry.json);
        }
        m_redaction.redactUrlEncoded(&m_record->target);
        redactHeaders(&m_record->requestHeaders);
        redactHeaders(&m_record->responseHeaders);
    }

    void redactHeaders(HeaderList* headers)
    {
        HeaderList redacted;
        for (const Header& header : *headers) {
            QByteArray value = header.value;
            m_redaction.redactText(&value);
            redacted.append(header.name, value);
        }
        *headers = redacted;
    }

    bool redactRequest()
    {
        bool hasFinds = redactConversation(&m_record->input);
        for (ModelParameter& parameter : m_record->parameters)
            hasFinds = m_redaction.redactJson(&parameter.json) || hasFinds;
        hasFinds = m_redaction.redactJson(&m_record->verbatimInput) || hasFinds;
        return redactBodyText(&m_record->requestText, m_record->requestHeaders) || hasFinds;
    }

    bool redactConversation(Conversation* conversation)
    {
        bool hasFinds = false;
        for (Message& message : conversation->messages) {
            hasFinds = m_redaction.redactText(&message.name) || hasFinds;
            for (Part& part : message.parts)
                hasFinds = redactPart(&part) || hasFinds;
        }
        for (ToolDefinition& tool : conversation->tools) {
            hasFinds = m_redaction.redactText(&tool.description) || hasFinds;
            hasFinds = m_redaction.redactJson(&tool.parametersJson) || hasFinds;
            hasFinds = m_redaction.redactJson(&tool.json) || hasFinds;
        }
        return hasFinds;
    }

    /// What stands across the border of two parts: a stream's reader begins a new
    /// one behind a signature or a citation. The first of them gets the whole
    /// text then.
    bool joinParts(Conversation* conversation)
    {
        bool hasFinds = false;
        for (Message& message : conversation->messages) {
            QList<Part>& parts = message.parts;
            for (qsizetype first = 0, end = 1; end <= parts.size(); first = end++) {
                while (end < parts.size() && isSameText(parts[first], parts[end]))
                    ++end;
                hasFinds = (end - first > 1 && joinRun(&parts, first, end)) || hasFinds;
            }
        }
        return hasFinds;
    }

    bool joinRun(QList<Part>* parts, qsizetype first, qsizetype end)
    {
        QByteArray text;
        QList<qsizetype> borders;
        for (qsizetype i = first; i < end; ++i) {
            borders.append(text.size());
            text.append(parts->at(i).text);
        }
        borders.removeFirst();
        if (!hasFindsAcross(text, borders) || !m_redaction.redactText(&text))
            return false;
        for (qsizetype i = first; i < end; ++i)
            (*parts)[i].text = i == first ? text : QByteArray();
        return true;
    }

    bool hasFindsAcross(const QByteArray& text, const QList<qsizetype>& borders)
    {
        for (qsizetype i = 0; i < borders.size();) {
            const qsizetype begin = qMax<qsizetype>(0, borders[i] - borderBytes);
            qsizetype end = borders[i] + borderBytes;
            while (++i < borders.size() && borders[i] < end)
                end = borders[i] + borderBytes;
            QByteArray around = text.mid(begin, end - begin);
            if (m_redaction.redactText(&around))
                return true;
        }
        return false;
    }

    /// Not what a provider encrypted or signed: nothing can be read there, and a
    /// change would break it.
    bool redactPart(Part* part)
    {
        if (part->kind == Part::Kind::RedactedThinking)
            return false;
        bool hasFinds = false;
        if (isMedia(*part) && !part->text.startsWith("data:"))
            hasFinds = m_redaction.redactUrlEncoded(&part->text);
        else if (!isMedia(*part))
            hasFinds = redactMarkedCut(&part->text);
        for (QByteArray* text : {&part->id, &part->name})
            hasFinds = m_redaction.redactText(text) || hasFinds;
        return m_redaction.redactJson(&part->json) || hasFinds;
    }

    /// A text that ends with PlainText::cutWithMark's note.
    bool redactMarkedCut(QByteArray* text)
    {
        static constexpr QByteArrayView mark("…[truncated ");
        const qsizetype at = text->endsWith(" bytes]") ? text->lastIndexOf(mark) : -1;
        if (at < 0)
            return m_redaction.redactText(text);
        QByteArray front = text->first(at);
        TextRedaction::dropCutEnd(&front);
        m_redaction.redactText(&front);
        *text = front + text->sliced(at);
        return true;
    }

    /// What is left of a body that no dialect read. What an unknown stream says
    /// is in pieces.
    bool redactBodyText(QByteArray* text, const HeaderList& headers)
    {
        if (text->isEmpty())
            return false;
        if (m_record->isTruncated)
            TextRedaction::dropCutEnd(text);
        const QByteArray type = mediaTypeOf(headers.value("content-type"));
        if (type == "text/event-stream") {
            *text = "[REDACTED: a stream of an unknown format]";
            ++m_record->withheldTexts;
            return true;
        }
        if (type == "application/x-www-form-urlencoded")
            return m_redaction.redactUrlEncoded(text);
        return type.endsWith("json") ? m_redaction.redactJson(text) : m_redaction.redactText(text);
    }

    void redactBody(QByteArray* body, const BodyFacts& facts)
    {
        if (body->isEmpty())
            return;
        const QByteArray encoding = facts.headers->value("content-encoding").trimmed().toLower();
        const QByteArray type = mediaTypeOf(facts.headers->value("content-type"));
        const bool isForm = type == "multipart/form-data";
        const bool isText = QUtf8StringView(*body).isValidUtf8() || facts.isCut;
        if (!encoding.isEmpty() && encoding != "identity") {
            const auto decoded = ContentDecoder::decodeAll(*body, encoding, maxSearchedBytes);
            if (facts.hasFinds || facts.isCut || !decoded || hasFindsInLines(*decoded))
                body->clear();
        } else if (facts.isStream || isForm || !isText) {
            if (facts.hasFinds || hasFindsInLines(*body))
                body->clear();
        } else if (facts.hasFinds && hasTokenTexts(*body)) {
            body->clear();
        } else {
            if (facts.isCut && !isJsonDocument(*body)) // it may be shorter because a path was taken out
                TextRedaction::dropCutEnd(body);
            if (type == "application/x-www-form-urlencoded")
                m_redaction.redactUrlEncoded(body);
            else if (type.endsWith("json") || body->startsWith('{') || body->startsWith('['))
                m_redaction.redactJson(body);
            else
                m_redaction.redactText(body);
        }
    }

    /// An answer with log probabilities says everything twice, the second time in
    /// pieces.
    static bool hasTokenTexts(const QByteArray& body)
    {
        return body.contains("top_logprobs") || body.contains("token_logprobs")
            || body.contains("logprobsResult");
    }

    /// Events carry one JSON document a line.
    bool hasFindsInLines(const QByteArray& content)
    {
        if (!content.startsWith("data:") && !content.startsWith("event:") && !content.startsWith(':')) {
            QByteArray whole = content;
            return m_redaction.redactText(&whole);
        }
        for (QByteArray line : content.split('\n')) {
            if (line.startsWith("data:"))
                line = line.sliced(5).trimmed();
            if (m_redaction.redactText(&line))
                return true;
        }
        return false;
    }

    /// What the paths took out of an answer's document was read into the
    /// conversation as well.
    void maskRemoved(QByteArray* text)
    {
        for (const QByteArray& removed : m_redaction.removedByPaths())
            text->replace(removed, "[REDACTED]");
    }
    void maskRemoved(Conversation* conversation)
    {
        if (!m_hasPaths)
            return;
        for (Message& message : conversation->messages) {
            for (Part& part : message.parts)
                maskRemoved(&part.text);
        }
    }

    TraceRecord* m_record;
    TextRedaction m_redaction;
    const bool m_hasPaths;
};

} // namespace

void redactRecord(TraceRecord* record, const RedactionRules& rules)
{
    if (!rules.isEmpty())
        RecordRedaction(record, rules).run();
}

bool redactRequestPaths(QByteArray* body, const RedactionRules& rules, TraceRecord* record)
{
    const char first = body->isEmpty() ? '\0' : body->at(JsonScanner::skipSpace(*body, 0) % body->size());
    if (rules.paths.isEmpty() || (first != '{' && first != '['))
        return false;
    RedactionRules onlyPaths;
    onlyPaths.paths = rules.paths;
    TextRedaction redaction(onlyPaths);
    const bool isChanged = redaction.redactJson(body);
    record->withheldTexts += redaction.withheldTexts();
    return isChanged;
}

void dropCutEnds(Conversation* output)
{
    for (Message& message : output->messages) {
        for (Part& part : message.parts) {
            TextRedaction::dropCutEnd(&part.text);
            if (!isJsonDocument(part.json))
                TextRedaction::dropCutEnd(&part.json);
        }
    }
}
