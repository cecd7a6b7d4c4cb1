// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// bench-viewer: what the viewer costs: its list with many rows (filling, filtering, ordering, following,
// groups, memory), one call's pane, and with --viewer the program's start and idling. Prints a table, or with
// --json a line for report.mjs; ends with 1 when a bound of the plan is broken and --bounds is given.
//
//     QT_QPA_PLATFORM=offscreen bench-viewer [--rows 100000] [--viewer langfuse-proxy-gui] [--json]
//     [--bounds]

#include "gui/list/calldelegate.h"
#include "gui/list/calltable.h"
#include "gui/list/followmode.h"
#include "gui/model/callfilter.h"
#include "gui/model/callgroups.h"
#include "gui/model/loadhistogram.h"
#include "gui/model/requestlistmodel.h"
#include "viewerdetailbench.h"
#include "viewerprocessbench.h"

#include <QApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QScrollBar>

#include <algorithm>
#include <cstdio>

namespace {

constexpr int rounds = 11;

CallFacts benchCall(int n)
{
    static const QString models[] = {QStringLiteral("claude-opus-4-6"), QStringLiteral("claude-haiku-4-5"),
        QStringLiteral("gpt-5.2"), QStringLiteral("gemini-3-pro")};
    static const QString providers[] = {QStringLiteral("anthropic"), QStringLiteral("anthropic"),
        QStringLiteral("openai"), QStringLiteral("gemini")};
    CallFacts call;
    call.id = "0af7651916cd43dd8448eb211c" + QByteArray::number(n);
    call.state = n % 40 == 0 ? CallFacts::State::UpstreamError : CallFacts::State::Done;
    call.startedAtUs = 1'790'000'000'000'000 + n * 50'000LL;
    call.provider = providers[n % 4];
    call.model = models[n % 4];
    call.method = QStringLiteral("POST");
    call.path = QStringLiteral("/v1/messages");
    call.preview = QStringLiteral("The average() test still fails, can you look again? %1").arg(n);
    call.status = n % 40 == 0 ? 529 : 200;
    call.session = QStringLiteral("session-%1").arg(n / 200);
    call.firstTokenUs = 300'000 + (n * 7919) % 2'000'000;
    call.durationUs = *call.firstTokenUs + (n * 104'729) % 9'000'000;
    call.inputTokens = 1000 + n % 50'000;
    call.cachedTokens = n % 50'000;
    call.outputTokens = 10 + n % 2000;
    call.costUsd = ((n * 7919) % 100'000) / 1e6;
    call.delivery = CallFacts::Delivery::Accepted;
    return call;
}

qint64 residentBytes()
{
    QFile status(QStringLiteral("/proc/self/statm"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    return status.readAll().split(' ').value(1).toLongLong() * 4096;
}

class ListBench
{
public:
    explicit ListBench(int rowCount)
        : m_rows(rowCount)
        , m_table(&m_model)
    {
        m_model.setMaxCalls(rowCount * 2LL);
        m_table.resize(1280, 500);
        m_table.show();
        QApplication::processEvents();
    }

    ViewerFigures run()
    {
        const qint64 before = residentBytes();
        fill();
        m_figures.push_back({"rows in memory", double(residentBytes() - before) / 1e6, 0, 0, "MB"});
        filterAndOrder();
        follow();
        refresh();
        m_figures.push_back({"resident with all rows", double(residentBytes()) / 1e6, 0, 300, "MB"});
        return m_figures;
    }

private:
    /// `work` with all that it makes the view do.
    template <typename Work>
    void measure(const char* name, double boundMs, Work work, int count = rounds)
    {
        std::vector<double> times;
        for (int i = 0; i < count; ++i) {
            times.push_back(millisecondsOf([&] {
                work(i);
                m_table.viewport()->repaint();
            }));
            QApplication::processEvents();
        }
        m_figures.push_back(viewerFigure(name, boundMs, times));
    }
    void fill()
    {
        QList<CallFacts> calls;
        for (int n = 1; n <= m_rows; ++n)
            calls.append(benchCall(n));
        measure(
            "load all rows at once", 2000, [&](int) { m_model.update(calls); }, 1);
        m_last = m_rows;
    }
    void filterAndOrder()
    {
        (void)m_table.selectCall(benchCall(m_rows / 2).id);
        const auto filter
            = [this](const char* text) { return CallFilter::parse(QString::fromLatin1(text))->test(); };
        const auto quarter = filter("model:opus");
        measure("filter model:opus (a quarter)", 50, [&](int) { m_model.setFilter(quarter); });
        measure("no filter", 50, [&](int) { m_model.setFilter({}); });
        const auto text = filter("fails look -status:529 ttft:>1s");
        measure("filter fails look -status:529 ttft:>1s", 50, [&](int) { m_model.setFilter(text); });
        m_model.setFilter({});
        measure("order by cost", 50, [&](int i) {
            m_model.sort(RequestColumns::Cost, i % 2 ? Qt::AscendingOrder : Qt::DescendingOrder);
        });
        measure("order by model", 50, [&](int i) {
            m_model.sort(RequestColumns::Model, i % 2 ? Qt::AscendingOrder : Qt::DescendingOrder);
        });
        m_table.selectAll();
        measure("order of arrival, all rows selected", 0,
            [&](int) { m_model.sort(RequestColumns::Number, Qt::AscendingOrder); });
        m_table.clearSelection();
    }
    void follow()
    {
        m_table.follow()->setOn(true);
        const auto add = [this](int) {
            QList<CallFacts> calls;
            for (int n = 0; n < 20; ++n)
                calls.append(benchCall(++m_last));
            m_model.update(calls);
        };
        measure("20 new rows, followed and painted", 10, add, 50);
        m_table.follow()->setOn(false);
        measure("20 new rows, not followed", 10, add, 50);
        QList<CallFacts> open;
        for (int n = m_last - 49; n <= m_last; ++n) {
            open.append(benchCall(n));
            open.last().state = CallFacts::State::Streaming;
        }
        m_model.update(open);
        measure("50 open rows tick", 10,
            [&](int i) { m_model.tick(open.last().startedAtUs + i * 100'000LL + 20'000'000); });
    }
    void refresh()
    {
        measure("groups of the sidebar", 100,
            [&](int) { m_groups = CallGroups::of(m_model.allCalls()).all.calls; });
        measure(
            "overview", 50, [&](int) { m_groups += qint64(LoadHistogram::of(m_model, 300).buckets.size()); });
        QScrollBar* bar = m_table.verticalScrollBar();
        measure("scroll by a page", 20, [&](int i) { bar->setValue(i * bar->pageStep()); });
    }

    int m_rows;
    int m_last = 0;
    qint64 m_groups = 0;
    RequestListModel m_model;
    CallTable m_table;
    ViewerFigures m_figures;
};

void printTable(const ViewerFigures& figures)
{
    std::printf("%-48s %9s %9s %9s\n", "", "median", "worst", "bound");
    for (const ViewerFigure& figure : figures) {
        std::printf("%-48s %9.2f %9.2f", figure.name.c_str(), figure.median, figure.worst);
        if (figure.bound > 0)
            std::printf(" %9.0f", figure.bound);
        std::printf(" %s%s\n", figure.unit, figure.isMissed() ? "  MISS" : "");
    }
}

void printJson(const ViewerFigures& figures)
{
    QJsonArray rows;
    for (const ViewerFigure& figure : figures) {
        rows.append(QJsonObject{{QStringLiteral("name"), QString::fromStdString(figure.name)},
            {QStringLiteral("median"), figure.median}, {QStringLiteral("worst"), figure.worst},
            {QStringLiteral("bound"), figure.bound},
            {QStringLiteral("unit"), QString::fromLatin1(figure.unit)}});
    }
    std::puts(QJsonDocument(rows).toJson(QJsonDocument::Compact).constData());
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setStyle(QStringLiteral("Fusion"));
    const QStringList arguments = QCoreApplication::arguments();
    const auto valueOf = [&arguments](const char* option) {
        const qsizetype at = arguments.indexOf(QLatin1String(option));
        return at > 0 ? arguments.value(at + 1) : QString();
    };
    const QString rows = valueOf("--rows");
    ViewerFigures figures = ListBench(rows.isEmpty() ? 100'000 : std::max(1000, rows.toInt())).run();
    const auto append
        = [&figures](const ViewerFigures& more) { figures.insert(figures.end(), more.begin(), more.end()); };
    append(measureDetail());
    if (const QString binary = valueOf("--viewer"); !binary.isEmpty())
        append(measureProcess(binary));
    if (arguments.contains(QLatin1String("--json")))
        printJson(figures);
    else
        printTable(figures);
    const bool isMissed = std::any_of(
        figures.begin(), figures.end(), [](const ViewerFigure& figure) { return figure.isMissed(); });
    return arguments.contains(QLatin1String("--bounds")) && isMissed ? 1 : 0;
}
