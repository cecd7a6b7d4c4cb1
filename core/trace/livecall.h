// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// LiveCall: what is known of a call that has not ended, for who watches. Made by the RecordBuilder on the
// telemetry thread. A value that holds no credential.

#include "trace/tracerecord.h"

/// Text that came since the last time, of one part of the answer.
struct LiveText
{
    qsizetype message = 0; // index in TraceRecord::output
    qsizetype part = 0; // index in the message
    Part::Kind kind = Part::Kind::Text; // Text, Thinking, Refusal, or ToolCall, whose text is its arguments
    QByteArray name; // of the tool
    qint64 offset = 0; // in bytes, of the first byte here; a jump: what is in between is left out
    QByteArray text;

    bool operator==(const LiveText&) const = default;
};

struct LiveCall
{
    TraceRecord facts; // as far as they are known; without conversation, bodies and headers
    QByteArray preview; // what is new in the request, see CallPreview; empty while it is not known
    QList<LiveText> texts;
    bool isTextShown = true; // false: rules for records forbid it, as they can judge a whole text only

    bool operator==(const LiveCall&) const = default;
};
