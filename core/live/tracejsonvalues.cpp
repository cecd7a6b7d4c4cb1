// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// How the API writes single values.

#include "langfuse/isotime.h"
#include "langfuse/jsonwriter.h"
#include "live/tracejson.h"
#include "trace/picodollars.h"

namespace TraceJson {

namespace {

QByteArray millisecondsText(qint64 microseconds)
{
    QByteArray text = QByteArray::number(microseconds / 1000);
    if (const qint64 rest = microseconds % 1000; rest != 0)
        text += '.' + QByteArray::number(rest).rightJustified(3, '0');
    return text;
}

} // namespace

const char* deliveryWord(DeliveryState state)
{
    switch (state) {
    case DeliveryState::Pending:
        return "pending";
    case DeliveryState::Delivered:
        return "delivered";
    case DeliveryState::Rejected:
        return "rejected";
    case DeliveryState::Disabled:
        return "disabled";
    }
    return "unknown";
}

void writeText(JsonWriter* out, const char* key, const QByteArray& text)
{
    out->key(key);
    if (text.isEmpty())
        out->raw("null");
    else
        out->string(text);
}

void writeNumber(JsonWriter* out, const char* key, std::optional<qint64> number)
{
    out->key(key);
    out->raw(number ? QByteArray::number(*number) : QByteArray("null"));
}

void writeSwitch(JsonWriter* out, const char* key, bool isOn)
{
    out->key(key);
    out->raw(isOn ? "true" : "false");
}

void writeMilliseconds(JsonWriter* out, const char* key, std::optional<qint64> microseconds)
{
    out->key(key);
    out->raw(microseconds.value_or(-1) < 0 ? QByteArray("null") : millisecondsText(*microseconds));
}

void writeDollars(JsonWriter* out, const char* key, std::optional<qint64> picodollars)
{
    out->key(key);
    out->raw(picodollars ? Picodollars::toDollars(*picodollars) : QByteArray("null"));
}

void writeTime(JsonWriter* out, const char* key, qint64 microseconds)
{
    out->key(key);
    out->string(isoTime(microseconds));
}

void writeTokens(JsonWriter* out, const TokenCounts& tokens)
{
    out->beginObject();
    writeNumber(out, "input", tokens.input);
    writeNumber(out, "cached", tokens.cached);
    writeNumber(out, "cacheWrite", tokens.cacheWrite);
    writeNumber(out, "output", tokens.output);
    writeNumber(out, "reasoning", tokens.reasoning);
    writeNumber(out, "total", tokens.total);
    out->endObject();
}

} // namespace TraceJson
