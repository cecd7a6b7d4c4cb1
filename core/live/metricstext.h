// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// MetricsText: writes metrics in Prometheus' text format 0.0.4
// (prometheus.io/docs/instrumenting/exposition_formats, read 2026-11-24). Numbers are decimal text made of
// whole units; nothing passes through floating point. Pure; telemetry thread.
//
//     MetricsText out;
//     out.family("x_requests_total", MetricsText::Type::Counter, "Requests.");
//     out.sample({{"provider", "openai"}}, 3);       ->  x_requests_total{provider="openai"} 3

#include "live/histogram.h"

#include <QByteArray>
#include <QList>

#include <compare>

struct MetricLabel
{
    QByteArray name;
    QByteArray value; // any bytes

    std::strong_ordering operator<=>(const MetricLabel&) const = default;
    bool operator==(const MetricLabel&) const = default;
};

using MetricLabels = QList<MetricLabel>;

class MetricsText final
{
public:
    enum class Type { Counter, Gauge, Histogram };

    static constexpr char contentType[] = "text/plain; version=0.0.4; charset=utf-8";

    /// Begins a family: all of its samples follow, before the next one begins. Each name once.
    void family(const QByteArray& name, Type type, const QByteArray& help);
    /// `decimals`: the unit is 10^-decimals; 1500 with 3 is written 1.5.
    void sample(const MetricLabels& labels, qint64 value, int decimals = 0);
    /// A number that is decimal text already.
    void sampleText(const MetricLabels& labels, const QByteArray& number);
    void histogram(const MetricLabels& labels, const Histogram& histogram, int decimals = 0);

    [[nodiscard]] const QByteArray& text() const { return m_text; }
    /// 1500 and 3 -> "1.5".
    [[nodiscard]] static QByteArray decimalText(qint64 value, int decimals);

private:
    void line(const char* suffix, const MetricLabels& labels, const QByteArray& number);

    QByteArray m_text;
    QByteArray m_name;
};
