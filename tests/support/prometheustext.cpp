// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/prometheustext.h"

#include <QRegularExpression>

namespace {

bool isMetricName(const QByteArray& name)
{
    static const QRegularExpression form(QStringLiteral("^[a-zA-Z_:][a-zA-Z0-9_:]*$"));
    return form.match(QString::fromUtf8(name)).hasMatch();
}

bool isLabelName(const QByteArray& name)
{
    static const QRegularExpression form(QStringLiteral("^[a-zA-Z_][a-zA-Z0-9_]*$"));
    return form.match(QString::fromUtf8(name)).hasMatch() && !name.startsWith("__");
}

} // namespace

PrometheusText::PrometheusText(const QByteArray& text)
{
    if (!text.endsWith('\n'))
        fault("the last line has no end", text.right(80));
    for (const QByteArray& line : text.chopped(text.endsWith('\n') ? 1 : 0).split('\n')) {
        if (line.startsWith("# "))
            readComment(line);
        else
            readSample(line);
    }
    checkHistograms();
}

double PrometheusText::value(const QByteArray& name, const QMap<QByteArray, QByteArray>& labels) const
{
    double sum = -1;
    for (const PrometheusSample& sample : m_samples) {
        bool matches = sample.name == name;
        for (auto label = labels.begin(); label != labels.end(); ++label)
            matches = matches && sample.labels.value(label.key()) == label.value();
        if (matches)
            sum = (sum < 0 ? 0 : sum) + sample.value;
    }
    return sum;
}

void PrometheusText::readComment(const QByteArray& line)
{
    const QList<QByteArray> words = line.split(' ');
    const QByteArray name = words.value(2);
    if (!isMetricName(name))
        fault("no name of a metric", line);
    if (words[1] == "HELP") {
        if (m_helps.contains(name) || words.size() < 4)
            fault("HELP twice or empty", line);
        m_helps.insert(name, line.mid(7 + name.size()));
    } else if (words[1] == "TYPE") {
        const QByteArray type = words.value(3);
        if (m_types.contains(name) || !m_helps.contains(name) || m_order.contains(name))
            fault("TYPE twice, without HELP, or after its samples", line);
        if (type != "counter" && type != "gauge" && type != "histogram")
            fault("unknown TYPE", line);
        const bool endsAsCounter = name.endsWith("_total");
        if (endsAsCounter != (type == "counter"))
            fault("counters, and nothing else, end with _total", line);
        m_types.insert(name, type);
    } else {
        fault("a comment that is neither HELP nor TYPE", line);
    }
}

QByteArray PrometheusText::familyOf(const QByteArray& name) const
{
    for (const char* suffix : {"_bucket", "_sum", "_count"}) {
        const QByteArray family = name.chopped(name.endsWith(suffix) ? qsizetype(qstrlen(suffix)) : 0);
        if (name.endsWith(suffix) && m_types.value(family) == "histogram")
            return family;
    }
    return name;
}

void PrometheusText::readSample(const QByteArray& line)
{
    PrometheusSample sample;
    qsizetype at = 0;
    while (at < line.size() && line[at] != '{' && line[at] != ' ')
        ++at;
    sample.name = line.first(at);
    if (!isMetricName(sample.name))
        return fault("no name of a metric", line);
    if (at < line.size() && line[at] == '{' && !readLabels(line, &at, &sample.labels))
        return fault("bad labels", line);
    if (at >= line.size() || line[at] != ' ')
        return fault("no value", line);
    const QByteArray number = line.mid(at + 1);
    bool isNumber = false;
    sample.value = number.toDouble(&isNumber);
    if (!isNumber || number.contains(' '))
        return fault("the value is no number", line);

    const QByteArray family = familyOf(sample.name);
    if (!m_types.contains(family))
        fault("no TYPE before it", line);
    if (m_order.isEmpty() || m_order.last() != family) {
        if (m_order.contains(family))
            fault("a family in two pieces", line);
        m_order.append(family);
    }
    if (m_types.value(family) == "counter" && sample.value < 0)
        fault("a counter below zero", line);
    QByteArray series = sample.name;
    for (auto label = sample.labels.begin(); label != sample.labels.end(); ++label)
        series += '\0' + label.key() + '\0' + label.value();
    if (m_series.contains(series))
        fault("a series twice", line);
    m_series.insert(series);
    m_samples.append(sample);
}

/// From '{' to behind '}'.
bool PrometheusText::readLabels(const QByteArray& line, qsizetype* at, QMap<QByteArray, QByteArray>* labels)
{
    ++*at;
    while (true) {
        const qsizetype equals = line.indexOf("=\"", *at);
        if (equals < 0)
            return false;
        const QByteArray name = line.sliced(*at, equals - *at);
        if (!isLabelName(name) || labels->contains(name))
            return false;
        QByteArray value;
        for (*at = equals + 2; *at < line.size() && line[*at] != '"'; ++*at) {
            if (line[*at] != '\\') {
                value += line[*at];
                continue;
            }
            const char escaped = ++*at < line.size() ? line[*at] : '\0';
            if (escaped != '\\' && escaped != '"' && escaped != 'n')
                return false;
            value += escaped == 'n' ? '\n' : escaped;
        }
        labels->insert(name, value);
        if (++*at >= line.size())
            return false;
        if (line[*at] == '}') {
            ++*at;
            return true;
        }
        if (line[(*at)++] != ',')
            return false;
    }
}

void PrometheusText::checkHistograms()
{
    QMap<QByteArray, QList<PrometheusSample>> histograms; // by name and labels without le
    for (const PrometheusSample& sample : std::as_const(m_samples)) {
        const QByteArray family = familyOf(sample.name);
        if (m_types.value(family) != "histogram")
            continue;
        QByteArray series = family;
        for (auto label = sample.labels.begin(); label != sample.labels.end(); ++label) {
            if (label.key() != "le")
                series += '\0' + label.key() + '\0' + label.value();
        }
        histograms[series].append(sample);
    }
    for (auto it = histograms.begin(); it != histograms.end(); ++it) {
        double lastBound = -1;
        double lastCount = 0;
        double total = -1;
        bool hasSum = false;
        QByteArray lastLe;
        for (const PrometheusSample& sample : std::as_const(it.value())) {
            if (sample.name.endsWith("_sum"))
                hasSum = true;
            if (sample.name.endsWith("_count"))
                total = sample.value;
            if (!sample.name.endsWith("_bucket"))
                continue;
            lastLe = sample.labels.value("le");
            const double bound = lastLe == "+Inf" ? 1e300 : lastLe.toDouble();
            if (bound <= lastBound || sample.value < lastCount)
                fault("buckets that do not rise", it.key());
            lastBound = bound;
            lastCount = sample.value;
        }
        if (lastLe != "+Inf" || lastCount != total || !hasSum)
            fault("a histogram without +Inf, _sum or _count, or with another count", it.key());
    }
}

void PrometheusText::fault(const QByteArray& what, const QByteArray& line)
{
    m_faults.append(QString::fromUtf8(what + ": " + line));
}
