// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// RecordedCall: a call as the proxy captures it, with the bodies of the providers' API references (2026-11),
// and the record that RecordBuilder makes of it.

#include "trace/recordbuilder.h"

constexpr qsizetype recordedBodyBound = 1 << 20;

struct RecordedCall
{
    QByteArray provider = "openai";
    QByteArray target = "/v1/chat/completions";
    HeaderList requestHeaders;
    QList<Secret> credentials;
    QByteArray request;
    int status = 200;
    HeaderList responseHeaders{{"Content-Type", "text/event-stream; charset=utf-8"}};
    QByteArray response;
    CallOutcome outcome = CallOutcome::Completed;
};

/// A stream of chat completions that says "Hello": 11 tokens in, 7 out.
[[nodiscard]] RecordedCall openaiCall();
/// The same as a stream of the Messages API.
[[nodiscard]] RecordedCall anthropicCall();
/// The same as an array of streamGenerateContent.
[[nodiscard]] RecordedCall geminiCall();
/// The same as one JSON document.
[[nodiscard]] RecordedCall documentCall();

/// An encoded body as `Content-Encoding: deflate` has it (zlib, RFC 1950).
[[nodiscard]] QByteArray deflated(const QByteArray& body);

[[nodiscard]] CaptureSegment startOf(const RecordedCall& call);
[[nodiscard]] CaptureSegment responseOf(const RecordedCall& call);
[[nodiscard]] CaptureSegment endOf(const RecordedCall& call);

/// The record of that call, its bodies in pieces of that size, one segment a piece (0: all in one segment).
[[nodiscard]] TraceRecord recordOf(
    const RecordedCall& call, qsizetype pieceSize = 0, qsizetype maxBodyBytes = recordedBodyBound);
[[nodiscard]] QByteArray outputText(const TraceRecord& record);
