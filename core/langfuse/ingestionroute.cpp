// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/ingestionroute.h"

#include "langfuse/gzip.h"
#include "langfuse/legacyevents.h"
#include "langfuse/otlpencoder.h"

namespace IngestionRoutes {

namespace {

// Each of the two events of each trace has its line in the answer, an error with the server's words.
constexpr qsizetype maxOutcomesBytes = 4 * 1024 * 1024;

ApiRequest otlpRequest(const QList<QByteArray>& encoded, const Sender& sender)
{
    constexpr int fastLevel = 1;
    ApiRequest request{.path = OtlpEncoder::path,
        .headers = {{"Content-Type", "application/x-protobuf"}, {"x-langfuse-ingestion-version", "4"}},
        .body = OtlpEncoder::encodeRequest(encoded, sender.version)};
    if (const QByteArray packed = Gzip::compress(request.body, fastLevel); !packed.isEmpty()) {
        request.body = packed;
        request.headers.append("Content-Encoding", "gzip");
    }
    return request;
}

ApiRequest legacyRequest(const QList<QByteArray>& encoded, const Sender& sender)
{
    return {.path = LegacyEvents::path,
        .headers = {{"Content-Type", "application/json"}},
        .body = LegacyEvents::encodeRequest(encoded, sender.version),
        .maxAnswerBytes = maxOutcomesBytes};
}

} // namespace

QByteArray encodeTrace(IngestionRoute route, const OtlpSpan& span)
{
    return route == IngestionRoute::Otlp ? OtlpEncoder::encodeSpan(span) : LegacyEvents::encode(span);
}

qsizetype sizeInRequest(const QByteArray& encoded)
{
    return OtlpEncoder::sizeInRequest(encoded); // of the other, it is a comma
}

ApiRequest request(IngestionRoute route, const QList<QByteArray>& encoded, const Sender& sender)
{
    ApiRequest made
        = route == IngestionRoute::Otlp ? otlpRequest(encoded, sender) : legacyRequest(encoded, sender);
    made.headers.append("x-langfuse-sdk-name", "langfuse-proxy");
    made.headers.append("x-langfuse-sdk-version", sender.version);
    made.headers.append("x-langfuse-public-key", sender.publicKey);
    return made;
}

} // namespace IngestionRoutes
