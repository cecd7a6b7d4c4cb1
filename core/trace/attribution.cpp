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
constexpr char headerPrefix[] = "x-langfuse-";
constexpr QByteArrayView sessionMarker("_session_"); // in Claude Code's user id

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

/// Takes one fact by the name it has as `langfuse_NAME` in baggage and as `X-Langfuse-NAME` in a header.
void applyFact(const QByteArray& name, const QByteArray& text, Attribution* attribution)
{
    const QByteArray value = clean(text);
    if (value.isEmpty())
        return;
    if (name == "session_id")
        attribution->sessionId = value;
    else if (name == "user_id")
        attribution->userId = value;
    else if (name == "tags")
        addTags(text, &attribution->tags);
    else if (name == "trace_name")
        attribution->traceName = value;
    else if (name == "version")
        attribution->version = value;
    else if (name == "environment")
        attribution->environment = value;
}

/// Langfuse wants both or neither; a pair that is not whole changes nothing.
void applyPrompt(const QByteArray& name, const QByteArray& version, Attribution* attribution)
{
    const QByteArray cleanName = clean(name);
    const qint64 number = clean(version).toLongLong();
    if (cleanName.isEmpty() || number <= 0)
        return;
    attribution->promptName = cleanName;
    attribution->promptVersion = number;
}

/// Takes the langfuse_* members; returns the trace id that a Langfuse SDK put there, empty when none did.
QByteArray applyBaggage(const QList<TraceContext::BaggageMember>& members, Attribution* attribution)
{
    QByteArray callerTraceId;
    QByteArray promptName;
    QByteArray promptVersion;
    for (const TraceContext::BaggageMember& member : members) {
        if (!member.key.startsWith(baggagePrefix))
            continue;
        const QByteArray key = member.key.sliced(sizeof(baggagePrefix) - 1);
        if (key == "trace_id")
            callerTraceId = clean(member.value);
        else if (key == "prompt_name")
            promptName = member.value;
        else if (key == "prompt_version")
            promptVersion = member.value;
        else if (key.startsWith(baggageMetadataPrefix))
            setMetadata(clean(key.sliced(sizeof(baggageMetadataPrefix) - 1)), quoteJson(clean(member.value)),
                &attribution->metadata);
        else
            applyFact(key, member.value, attribution);
    }
    applyPrompt(promptName, promptVersion, attribution);
    return callerTraceId;
}

void applyHeaders(const HeaderList& headers, Attribution* attribution)
{
    for (const Header& header : headers) {
        const QByteArray name = header.name.toLower();
        if (name.startsWith(headerPrefix))
            applyFact(name.sliced(sizeof(headerPrefix) - 1).replace('-', '_'), header.value, attribution);
    }
    applyFact("session_id", headers.value("x-session-id"), attribution);
    applyFact("user_id", headers.value("x-user-id"), attribution);
    applyPrompt(
        headers.value("x-langfuse-prompt-name"), headers.value("x-langfuse-prompt-version"), attribution);
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

/// Anthropic's metadata.user_id as Claude Code fills it: `user_<hash>_account_<uuid>_session_<uuid>`, or in
/// later versions `{"device_id":"...","account_uuid":"...","session_id":"..."}`; every other text is a user.
struct BodyUser
{
    QByteArray user;
    QByteArray session;
};

BodyUser bodyUserOf(const QByteArray& text)
{
    if (const qsizetype at = text.lastIndexOf(sessionMarker); at >= 0)
        return {text.first(at), text.sliced(at + sessionMarker.size())};
    JsonParser parser;
    const JsonValue object = parser.parse(text);
    const QByteArray session = object["session_id"].text();
    if (session.isEmpty())
        return {text, {}};
    for (const QByteArrayView name : {QByteArrayView("account_uuid"), QByteArrayView("device_id")}) {
        if (const QByteArray user = object[name].text(); !user.isEmpty())
            return {user, session};
    }
    return {{}, session};
}

/// What nobody said on purpose for this proxy, the most certain first.
QByteArray impliedSession(const AttributionFacts& facts, const QByteArray& sessionInUser)
{
    QList<QByteArray> candidates;
    for (const char* name :
        {"x-claude-code-session-id", "session-id", "session_id", "conversation_id", "thread-id"})
        candidates.append(facts.headers.value(name));
    candidates += {facts.bodySession, sessionInUser, facts.continuedSession, facts.promptCacheKey};
    for (const QByteArray& candidate : candidates) {
        if (const QByteArray session = clean(candidate); !session.isEmpty())
            return session;
    }
    return {};
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
    const BodyUser bodyUser = bodyUserOf(facts.bodyUser);
    if (attribution.sessionId.isEmpty())
        attribution.sessionId = impliedSession(facts, bodyUser.session);
    if (attribution.userId.isEmpty())
        attribution.userId = clean(bodyUser.user);
    return attribution;
}
