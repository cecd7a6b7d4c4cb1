// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "live/metricstext.h"

#include "langfuse/jsonwriter.h"

namespace {

QByteArray escapedLabel(const QByteArray& value)
{
    return toValidUtf8(value).replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
}

const char* typeWord(MetricsText::Type type)
{
    switch (type) {
    case MetricsText::Type::Counter:
        return "counter";
    case MetricsText::Type::Gauge:
        return "gauge";
    case MetricsText::Type::Histogram:
        return "histogram";
    }
    return "untyped";
}

} // namespace

void MetricsText::family(const QByteArray& name, Type type, const QByteArray& help)
{
    m_name = name;
    const QByteArray escaped = QByteArray(help).replace('\\', "\\\\").replace('\n', "\\n");
    m_text += "# HELP " + name + ' ' + escaped + "\n# TYPE " + name + ' ' + typeWord(type) + '\n';
}

void MetricsText::sample(const MetricLabels& labels, qint64 value, int decimals)
{
    line("", labels, decimalText(value, decimals));
}

void MetricsText::sampleText(const MetricLabels& labels, const QByteArray& number)
{
    line("", labels, number);
}

void MetricsText::histogram(const MetricLabels& labels, const Histogram& histogram, int decimals)
{
    const auto bounds = histogram.bounds();
    for (qsizetype i = 0; i <= qsizetype(bounds.size()); ++i) {
        const bool isLast = i == qsizetype(bounds.size());
        MetricLabels bucket = labels;
        bucket.append(
            MetricLabel{"le", isLast ? QByteArray("+Inf") : decimalText(bounds[size_t(i)], decimals)});
        line("_bucket", bucket, QByteArray::number(histogram.countUpTo(i)));
    }
    line("_sum", labels, decimalText(histogram.sum(), decimals));
    line("_count", labels, QByteArray::number(histogram.count()));
}

QByteArray MetricsText::decimalText(qint64 value, int decimals)
{
    if (value < 0)
        return '-' + decimalText(-value, decimals);
    QByteArray digits = QByteArray::number(value).rightJustified(decimals + 1, '0');
    if (decimals == 0)
        return digits;
    QByteArray fraction = digits.last(decimals);
    while (fraction.endsWith('0'))
        fraction.chop(1);
    const QByteArray whole = digits.chopped(decimals);
    return fraction.isEmpty() ? whole : whole + '.' + fraction;
}

void MetricsText::line(const char* suffix, const MetricLabels& labels, const QByteArray& number)
{
    m_text += m_name + suffix;
    char separator = '{';
    for (const MetricLabel& label : labels) {
        m_text += separator + label.name + "=\"" + escapedLabel(label.value) + '"';
        separator = ',';
    }
    if (!labels.isEmpty())
        m_text += '}';
    m_text += ' ' + number + '\n';
}
