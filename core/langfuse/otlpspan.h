// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// OtlpSpan: one span as Langfuse gets it, before it is encoded. A value; telemetry thread. Made by
// otlpmapping, shrunk by spanshrinker, encoded by otlpencoder.

#include <QByteArray>
#include <QList>

// What each request says beside its spans; numbers are OTLP's.
inline constexpr char otlpScope[] = "langfuse-sdk-proxy";
inline constexpr int spanKindClient = 3;
inline constexpr int statusCodeError = 2;

/// One attribute. Text is UTF-8; structured values are JSON text (langfuse.md 7).
struct SpanAttribute
{
    enum class Kind { Text, Bool, Integer, TextList };

    QByteArray key;
    Kind kind = Kind::Text;
    QByteArray text = {};
    bool isTrue = false;
    qint64 number = 0;
    QList<QByteArray> list = {};

    bool operator==(const SpanAttribute&) const = default;
};

struct OtlpSpan
{
    QByteArray traceId; // 32 lower-case hex
    QByteArray spanId; // 16 lower-case hex
    QByteArray parentSpanId; // same, or empty
    QByteArray name;
    qint64 startNs = 0; // nanoseconds since 1970 UTC
    qint64 endNs = 0;
    bool isError = false;
    QByteArray statusMessage;
    QList<SpanAttribute> attributes;

    /// The attribute of that key, or null.
    [[nodiscard]] const SpanAttribute* find(QByteArrayView key) const;
    /// Sets the text of that key where it stands, else appends it.
    void setText(const QByteArray& key, const QByteArray& text);
    /// Appends, unless the text is empty.
    void addText(const QByteArray& key, const QByteArray& text);
    void addBool(const QByteArray& key, bool isTrue);
    void addInteger(const QByteArray& key, qint64 number);

    bool operator==(const OtlpSpan&) const = default;
};
