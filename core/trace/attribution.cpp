// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/attribution.h"

#include "base/ids.h"
#include "trace/plaintext.h"
#include "trace/tracecontext.h"
#include "wire/jsonparser.h"
#include "wire/jsonstring.h"

namespace {

constexpr qsizetype maximumValueBytes = 800;
constexpr qsizetype maximumTags = 64;
constexpr char baggagePrefix[] = "langfuse_";
constexpr char baggageMetadataPrefix[] = "metadata_";

QByteArray clean(QByteArrayView text)
{
    return PlainText::cutAtCharacter(PlainText::withoutControls(PlainText::toUtf8(text)), maximumValueBytes)
        .trimmed();
}

void addTags(QByteArrayView commaList, QList<QByteArray>* tags)
{
    for (const QByteArray& piece : commaList.toByteArray().split(',')) {
        const QByteArray tag = clean(piece);
        if (!tag.isEmpty() && !tags->contains(tag) && tags->size() < maximumTags)
            tags->append(tag);
    }
}

/// Appends, or replaces the entry of the same key.
void setMetadata(const QByteArray& key, const QByteArray& json, QList<MetadataEntry>* metadata)
{
    for (MetadataEntry& entry : *metadata) {
        if (entry.key == key) {
            entry.json = json;
            return;
        }
    }
    metadata->append({key, json});
}

/// Takes the langfuse_* members; returns the trace id that a Langfuse SDK put there, empty when none did.
QByteArray applyBaggage(const QList<TraceContext::BaggageMember>& members, Attribution* attribution)
{
    QByteArray callerTraceId;
    for (const TraceContext::BaggageMember& member : members) {
        if (!member.key.startsWith(baggagePrefix))
            continue;
        const QByteArray key = member.key.sliced(sizeof(baggagePrefix) - 1);
        const QByteArray value = clean(member.value);
        if (key == "trace_id")
            callerTraceId = value;
        else if (key == "session_id")
            attribution->sessionId = value;
        else if (key == "user_id")
            attribution->userId = value;
        else if (key == "tags")
            addTags(member.value, &attribution->tags);
        else if (key == "trace_name")
            attribution->traceName = value;
        else if (key == "version")
            attribution->version = value;
        else if (key == "environment")
            attribution->environment = value;
        else if (key == "prompt_name")
            attribution->promptName = value;
        else if (key == "prompt_version")
            attribution->promptVersion = value.toLongLong();
        else if (key.startsWith(baggageMetadataPrefix))
            setMetadata(clean(key.sliced(sizeof(baggageMetadataPrefix) - 1)), quoteJson(value),
                &attribution->metadata);
    }
    if (attribution->promptName.isEmpty() || attribution->promptVersion <= 0) {
        attribution->promptName.clear(); // Langfuse wants both or neither
        attribution->promptVersion = 0;
    }
    return callerTraceId;
}

void applyHeaders(const HeaderList& headers, Attribution* attribution)
{
    if (const QByteArray session = clean(headers.value("x-session-id")); !session.isEmpty())
        attribution->sessionId = session;
    if (const QByteArray user = clean(headers.value("x-user-id")); !user.isEmpty())
        attribution->userId = user;
    for (const QByteArray& line : headers.values("x-langfuse-tags"))
        addTags(line, &attribution->tags);
    for (const QByteArray& line : headers.values("x-langfuse-metadata")) {
        JsonParser parser;
        const JsonValue object = parser.parse(PlainText::toUtf8(line));
        if (!object.isObject()) {
            setMetadata(
                "x_langfuse_metadata_error", "\"not a JSON object, ignored\"", &attribution->metadata);
            continue;
        }
        for (const JsonValue member : object)
            setMetadata(clean(member.name()), member.json(), &attribution->metadata);
    }
}

/// The session inside Anthropic's metadata.user_id as Claude Code fills it:
/// `user_<hash>_account_<uuid>_session_<uuid>`, or in later versions `{"device_id":...,"session_id":"..."}`.
QByteArray sessionInUser(const QByteArray& user)
{
    static constexpr QByteArrayView marker("_session_");
    if (const qsizetype at = user.lastIndexOf(marker); at >= 0)
        return user.sliced(at + marker.size());
    JsonParser parser;
    return parser.parse(user)["session_id"].text();
}

void applyTrace(const AttributionFacts& facts, const QByteArray& callerTraceId, Attribution* attribution)
{
    attribution->spanId = Ids::spanIdFor(facts.recordId);
    const std::optional<TraceContext::Parent> parent = TraceContext::parentOf(facts.headers);
    if (!parent) {
        attribution->traceId = Ids::traceIdFor(facts.requestId);
        return;
    }
    attribution->traceId = parent->traceId;
    attribution->parentSpanId = parent->spanId;
    // A caller that Langfuse's SDK traces sends its span there itself, and ours nests below it. Any other
    // parent is unknown to Langfuse: ours then is the root that it shows.
    attribution->isAppRoot = callerTraceId != parent->traceId;
}

} // namespace

Attribution attributionOf(const AttributionFacts& facts)
{
    Attribution attribution;
    const QByteArray callerTraceId = applyBaggage(TraceContext::baggageOf(facts.headers), &attribution);
    applyHeaders(facts.headers, &attribution);
    applyTrace(facts, callerTraceId, &attribution);
    if (attribution.sessionId.isEmpty())
        attribution.sessionId = clean(facts.headers.value("x-claude-code-session-id"));
    if (attribution.sessionId.isEmpty())
        attribution.sessionId = clean(sessionInUser(facts.bodyUser));
    if (attribution.userId.isEmpty())
        attribution.userId = clean(facts.bodyUser);
    return attribution;
}
