// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "viewerdetailbench.h"

#include "gui/detail/detailpane.h"
#include "unit/gui/detail/detailsamples.h"

#include <QApplication>
#include <QThread>

namespace {

constexpr int detailRounds = 7;
constexpr qsizetype messageCharacters = 2000;
constexpr int changeMs = 50; // ConversationView changes what it shows so often

/// Prose with a list and code in it, different in each message.
QString prose(qsizetype number, qsizetype characters)
{
    QString text;
    for (qsizetype line = 0; text.size() < characters; ++line) {
        text += QStringLiteral("Line %1 of message %2 says that `cache.find(%1)` was **not** what failed.\n")
                    .arg(line)
                    .arg(number);
        if (line % 6 == 5)
            text
                += QStringLiteral("\n- the first point\n- the second point\n\n```\nreturn find(%1);\n```\n\n")
                       .arg(line);
    }
    return text;
}

/// A call whose conversation is that long.
QByteArray longCall(const QString& id, qsizetype characters)
{
    QJsonArray messages;
    for (qsizetype number = 0; number * messageCharacters < characters; ++number) {
        messages.append(detailText(number % 2 == 0 ? QStringLiteral("user") : QStringLiteral("assistant"),
            prose(number, messageCharacters)));
    }
    return detailJson(
        detailCall(id, messages, {detailText(QStringLiteral("assistant"), prose(-1, messageCharacters))}, {},
            {{QStringLiteral("session"), QJsonValue()}}));
}

ViewerFigure measureSelection(const std::string& name, double bound, qsizetype characters)
{
    ScriptedSource source;
    DetailPane pane(&source);
    pane.resize(1080, 440);
    pane.show();
    QApplication::processEvents();
    std::vector<double> times;
    for (int round = 0; round < detailRounds; ++round) {
        const QString id = QStringLiteral("long-%1").arg(round);
        const QByteArray answer = longCall(id, characters);
        times.push_back(millisecondsOf([&] {
            pane.showCall(id.toLatin1());
            source.answerNext(answer);
            pane.repaint();
        }));
        QApplication::processEvents();
    }
    return viewerFigure(name, bound, times);
}

ViewerFigure measureDelta()
{
    constexpr int pieces = 40;
    ScriptedSource source;
    DetailPane pane(&source);
    pane.resize(1080, 440);
    pane.show();
    const QString id = QStringLiteral("live");
    Q_EMIT source.eventsArrived({callEvent("call.response", QStringLiteral("open"),
        sampleSummary(id,
            {{QStringLiteral("outcome"), QStringLiteral("open")},
                {QStringLiteral("delivery"), QJsonValue()}}))});
    pane.showCall(id.toLatin1());
    QApplication::processEvents();
    const auto add = [&](const QString& text) {
        Q_EMIT source.eventsArrived({sampleEvent("call.progress",
            {{QStringLiteral("id"), id}, {QStringLiteral("elapsedMs"), 10},
                {QStringLiteral("texts"),
                    QJsonArray{QJsonObject{{QStringLiteral("message"), 0}, {QStringLiteral("part"), 0},
                        {QStringLiteral("kind"), QStringLiteral("text")},
                        {QStringLiteral("text"), text}}}}})});
    };
    const auto waitForTimer = [] { QThread::msleep(2 * changeMs); };
    add(prose(1, 200'000));
    waitForTimer();
    QApplication::processEvents();
    std::vector<double> times;
    for (int piece = 0; piece < pieces; ++piece) {
        add(QStringLiteral("twenty more letters "));
        waitForTimer(); // what it puts off is its cost
        times.push_back(millisecondsOf([] { QApplication::processEvents(); }));
    }
    return viewerFigure("a piece more of an answer of 200 KB", 5, times);
}

} // namespace

ViewerFigures measureDetail()
{
    return {measureSelection("select a call of 200 KB, painted", 100, 200'000),
        measureSelection("select a call of 1 MB, painted", 300, 1'000'000), measureDelta()};
}
