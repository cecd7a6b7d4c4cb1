// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// FakeLangfuse's rules: what each endpoint of a real Langfuse refuses and answers (server 4.16.0 and its
// older versions, as the project's notes on Langfuse have it). No sockets; on the server's thread.

#include "support/fakelangfusestate.h"

namespace FakeLangfuseRules {

struct Answer
{
    int status = 200;
    HeaderList headers = {};
    QByteArray body = {};
};

/// `{"message":"..."}`
[[nodiscard]] QByteArray message(const QByteArray& text);

/// What a request would leave behind; only done when the answer is to be given.
struct Verdict
{
    Answer answer;
    QList<LangfuseSpan> spans = {};
    QList<LangfuseEvent> events = {};
};

/// POST /api/public/otel/v1/traces
[[nodiscard]] Verdict traces(
    const FakeLangfuseState& state, const LangfuseRequest& request, const QByteArray& body);
/// POST /api/public/ingestion
[[nodiscard]] Verdict ingestion(
    const FakeLangfuseState& state, const LangfuseRequest& request, const QByteArray& body);

/// POST /api/public/media; `origin` is where uploads go.
[[nodiscard]] Answer createMedia(FakeLangfuseState* state, const LangfuseRequest& request,
    const QByteArray& body, const QByteArray& origin);
/// PUT to the signed URL.
[[nodiscard]] Answer uploadMedia(
    FakeLangfuseState* state, const LangfuseRequest& request, const QByteArray& body);
/// PATCH /api/public/media/{id}
[[nodiscard]] Answer patchMedia(
    FakeLangfuseState* state, const LangfuseRequest& request, const QByteArray& body);

} // namespace FakeLangfuseRules
