// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// PrometheusText: reads Prometheus' text format 0.0.4 as strictly as promtool does, for tests: names,
// escapes, HELP and TYPE before a family's samples, families in one piece, no series twice, histograms whole
// and rising, counters called `_total`.

#include <QByteArray>
#include <QMap>
#include <QSet>
#include <QStringList>

struct PrometheusSample
{
    QByteArray name;
    QMap<QByteArray, QByteArray> labels;
    double value = 0;
};

class PrometheusText final
{
public:
    explicit PrometheusText(const QByteArray& text);

    /// What is wrong, with the line.
    [[nodiscard]] const QStringList& faults() const { return m_faults; }
    [[nodiscard]] const QList<PrometheusSample>& samples() const { return m_samples; }
    /// Families with their types.
    [[nodiscard]] const QMap<QByteArray, QByteArray>& types() const { return m_types; }
    /// The sum of the samples of that name that have these labels, others beside them allowed; -1: there are
    /// none.
    [[nodiscard]] double value(const QByteArray& name, const QMap<QByteArray, QByteArray>& labels = {}) const;

private:
    void readComment(const QByteArray& line);
    void readSample(const QByteArray& line);
    [[nodiscard]] bool readLabels(
        const QByteArray& line, qsizetype* at, QMap<QByteArray, QByteArray>* labels);
    [[nodiscard]] QByteArray familyOf(const QByteArray& name) const;
    void checkHistograms();
    void fault(const QByteArray& what, const QByteArray& line);

    QStringList m_faults;
    QList<PrometheusSample> m_samples;
    QMap<QByteArray, QByteArray> m_types;
    QMap<QByteArray, QByteArray> m_helps;
    QList<QByteArray> m_order; // families as their samples came
    QSet<QByteArray> m_series;
};
