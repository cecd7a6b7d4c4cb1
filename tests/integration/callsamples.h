// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CallSample: one call of each API, streamed and not, with its answer and what a trace must say of it. The
// answers all hold the text "It is sunny" and a call of the tool get_weather for Paris.

#include "support/upstreamscript.h"

struct CallSample
{
    const char* name;
    QByteArray target;
    QByteArray request;
    UpstreamScript answer;
    QByteArray model;
    QByteArray thinking; // empty: this API shows none
    QByteArray usage; // compact, keys sorted
};

[[nodiscard]] const QList<CallSample>& callSamples();
/// The answer of the sample whose number the request's X-Sample says.
[[nodiscard]] UpstreamScript answerSample(const ReceivedRequest& request);
