// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/callfailure.h"

#include "trace/plaintext.h"
#include "wire/errorbody.h"
#include "wire/jsonparser.h"

namespace {

constexpr qsizetype maximumMessageBytes = 2000;
constexpr qsizetype maximumQuotedBytes = 500;

QByteArray rejectionCode(const Error& error)
{
    switch (error.code) {
    case ErrorCode::Rejected:
        return error.subject.isEmpty() ? QByteArray("rejected") : error.subject.toUtf8();
    case ErrorCode::TooLarge:
        return "request_too_large";
    case ErrorCode::Timeout:
        return "request_timeout";
    case ErrorCode::BadRequest:
        return "bad_request";
    default:
        return "rejected";
    }
}

/// What a dialect's reader found, else what a failed call of another route says in the same shapes.
std::optional<ParsedError> errorInAnswer(const FailureFacts& facts)
{
    if (facts.response && facts.response->error)
        return facts.response->error;
    if (facts.status < 400)
        return std::nullopt;
    JsonParser parser;
    return readError(parser.parse(facts.responseText), true);
}

/// What the answer itself says, whoever ended it.
CallFailure failureInAnswer(const FailureFacts& facts)
{
    if (const std::optional<ParsedError> error = errorInAnswer(facts)) {
        if (!error->type.isEmpty() || !error->code.isEmpty())
            return {error->type.isEmpty() ? error->code : error->type, error->message};
        return {facts.status >= 400 ? "http_" + QByteArray::number(facts.status) : QByteArray("error"),
            error->message};
    }
    if (facts.status >= 400) {
        const QByteArray quoted = PlainText::cutAtCharacter(facts.responseText.trimmed(), maximumQuotedBytes);
        return {"http_" + QByteArray::number(facts.status), quoted.isEmpty() ? facts.reason : quoted};
    }
    return {};
}

CallFailure failureAt(const FailureFacts& facts, const CallEnd& end)
{
    const QByteArray message = end.error.message.toUtf8();
    const bool isComplete = facts.response && facts.response->isComplete;
    switch (end.outcome) {
    case CallOutcome::TimedOut:
        return {"timeout", message};
    case CallOutcome::UpstreamFailed:
        return {end.error.code == ErrorCode::TlsFailed ? "tls_error" : "connection_error", message};
    case CallOutcome::Rejected:
        return {rejectionCode(end.error), message};
    case CallOutcome::ClientCancelled:
    case CallOutcome::Completed:
        break;
    }
    if (CallFailure failure = failureInAnswer(facts); !failure.code.isEmpty())
        return failure;
    if (isComplete)
        return {};
    if (end.outcome == CallOutcome::ClientCancelled)
        return {"client_cancelled",
            message.isEmpty() ? "The client left before the response was complete" : message};
    if (facts.response && facts.isStream && facts.isWholeSeen)
        return {"incomplete", "The stream ended without its final event"};
    return {};
}

} // namespace

CallFailure failureOf(const FailureFacts& facts)
{
    CallFailure failure = facts.end
        ? failureAt(facts, *facts.end)
        : CallFailure{"incomplete", "The proxy stopped before the call had ended"};
    failure.message = PlainText::cutWithMark(PlainText::toUtf8(failure.message), maximumMessageBytes);
    return failure;
}
