// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/tailview.h"

#include "cli/terminaltext.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace {

constexpr qsizetype maxAwaited = 8; // calls that are over and whose delivery is awaited, in the block
constexpr qsizetype maxHidden = 1000; // of which only the delivery will tell whether they are to be shown
constexpr qsizetype maxBlock = 16; // lines

QByteArray elapsed(qint64 milliseconds)
{
    return QByteArray::number(double(std::max<qint64>(0, milliseconds)) / 1000, 'f', 1) + 's';
}

} // namespace

TailView::TailView(const Options& options)
    : m_options(options)
    , m_table(options.columns, options.hasColours)
{
}

QByteArray TailView::begin() const
{
    return m_options.asJson ? QByteArray() : m_table.head() + '\n';
}

/// A terminal that becomes narrower breaks the lines that are there: they take more rows then.
QByteArray TailView::resize(int columns, int rows)
{
    m_options.rows = rows;
    if (columns == std::exchange(m_options.columns, columns))
        return {};
    const QByteArray cleared = clearBlock();
    m_table = CallTable(columns, m_options.hasColours);
    return cleared + begin();
}

QByteArray TailView::clearBlock()
{
    int rows = 0;
    for (const int columns : std::exchange(m_drawn, {}))
        rows += std::max(1, (columns + m_options.columns - 1) / m_options.columns);
    return rows > 0 ? "\x1b[" + QByteArray::number(rows) + "A\r\x1b[J" : QByteArray();
}

QByteArray TailView::take(QByteArrayView type, QByteArrayView data)
{
    const QJsonObject event = QJsonDocument::fromJson(data.toByteArray()).object();
    if (type == "hello") {
        for (const QJsonValue& open : event.value(QLatin1String("openCalls")).toArray())
            takeCall(open.toObject());
    } else if (type == "call.started" || type == "call.response" || type == "call.ended") {
        takeCall(event);
    } else if (type == "call.progress") {
        takeProgress(event);
    } else if (type == "call.lost") {
        forget(event.value(QLatin1String("id")).toString().toUtf8());
    } else if (type == "delivery") {
        takeDelivery(event);
    }
    return m_options.columns > 0 ? QByteArray() : flush();
}

void TailView::takeCall(const QJsonObject& event)
{
    const QJsonObject call = event.value(QLatin1String("call")).toObject();
    const QByteArray id = call.value(QLatin1String("id")).toString().toUtf8();
    if (!m_calls.contains(id))
        m_order.append(id);
    Shown& shown = m_calls[id];
    shown.row = callRow(call);
    shown.call = call;
    shown.startedMs
        = QDateTime::fromString(call.value(QLatin1String("startedAt")).toString(), Qt::ISODateWithMs)
              .toMSecsSinceEpoch();
    shown.isOver = event.value(QLatin1String("state")) != QLatin1String("open");
    if (!shown.isOver) {
        shown.row.status = "open";
        shown.row.delivery.clear();
        return;
    }
    judge(id);
    boundAwaited(maxHidden);
}

/// What becomes of a call that is over. With a terminal its line waits for the delivery, where one is to
/// come.
void TailView::judge(const QByteArray& id)
{
    const Shown& shown = m_calls[id];
    const CallFit fit = m_options.filter.fitOf(shown.call, true, 0);
    if (fit == CallFit::No)
        forget(id);
    else if (fit == CallFit::Yes && (m_options.columns == 0 || shown.row.delivery != "pending"))
        settle(id);
}

void TailView::forget(const QByteArray& id)
{
    m_order.removeAll(id);
    m_calls.remove(id);
}

/// Of the calls that are over the oldest stop waiting for their delivery.
void TailView::boundAwaited(qsizetype most)
{
    QByteArrayList awaited;
    for (const QByteArray& id : std::as_const(m_order)) {
        if (m_calls.value(id).isOver)
            awaited.append(id);
    }
    while (awaited.size() > most) {
        const QByteArray id = awaited.takeFirst();
        if (m_options.filter.fitOf(m_calls.value(id).call, true, 0) == CallFit::Yes)
            settle(id);
        else
            forget(id);
    }
}

void TailView::takeProgress(const QJsonObject& progress)
{
    const auto shown = m_calls.find(progress.value(QLatin1String("id")).toString().toUtf8());
    if (shown == m_calls.end())
        return;
    shown->bytes = progress.value(QLatin1String("responseBytes")).toInteger();
    const QJsonObject merged{{QStringLiteral("tokens"), progress.value(QLatin1String("tokens"))},
        {QStringLiteral("firstTokenMs"), progress.value(QLatin1String("firstTokenMs"))}};
    const CallRow facts = callRow(merged);
    shown->row.firstToken = facts.firstToken;
    shown->row.input = facts.input;
    shown->row.cached = facts.cached;
    shown->row.output = facts.output;
    shown->row.reasoning = facts.reasoning;
}

void TailView::takeDelivery(const QJsonObject& delivery)
{
    for (const QJsonValue& value : delivery.value(QLatin1String("traces")).toArray()) {
        const QJsonObject change = value.toObject();
        const QByteArray id = change.value(QLatin1String("id")).toString().toUtf8();
        const auto shown = m_calls.find(id);
        if (shown == m_calls.end())
            continue;
        QJsonObject known = change;
        known.remove(QLatin1String("id"));
        shown->call.insert(QLatin1String("delivery"), known);
        shown->row.delivery = terminalSafe(change.value(QLatin1String("state")).toString().toUtf8());
        if (shown->isOver && shown->row.delivery != "pending")
            judge(id);
    }
}

/// Its line is final.
void TailView::settle(const QByteArray& id)
{
    const Shown shown = m_calls.take(id);
    m_order.removeAll(id);
    m_lines += (m_options.asJson ? QJsonDocument(shown.call).toJson(QJsonDocument::Compact)
                                 : m_table.line(shown.row))
        + '\n';
}

QByteArray TailView::flush()
{
    return std::exchange(m_lines, QByteArray());
}

QByteArray TailView::redraw(qint64 nowMs)
{
    if (m_options.columns == 0)
        return {};
    boundAwaited(maxAwaited);
    QByteArrayList visible;
    for (const QByteArray& id : std::as_const(m_order)) {
        const Shown& shown = m_calls[id];
        if (m_options.filter.fitOf(shown.call, shown.isOver, nowMs - shown.startedMs) == CallFit::Yes)
            visible.append(id);
    }
    const qsizetype most = std::clamp<qsizetype>(m_options.rows - 1, 1, maxBlock);
    QByteArray out = clearBlock() + flush();
    for (const QByteArray& id : std::as_const(visible)) {
        if (m_drawn.size() == most - 1 && visible.size() > most) {
            draw(&out, "... and " + QByteArray::number(visible.size() - m_drawn.size()) + " more");
            break;
        }
        CallRow row = m_calls.value(id).row;
        if (!m_calls.value(id).isOver)
            row.duration = elapsed(nowMs - m_calls.value(id).startedMs);
        draw(&out, m_table.line(row));
    }
    return out;
}

void TailView::draw(QByteArray* out, const QByteArray& line)
{
    m_drawn.append(columnsOf(line));
    *out += line + '\n';
}

QByteArray TailView::end()
{
    const QByteArray cleared = clearBlock();
    for (const QByteArray& id : QList<QByteArray>(m_order)) {
        const Shown& shown = m_calls[id];
        if (m_options.filter.fitOf(shown.call, shown.isOver, 0) == CallFit::Yes)
            settle(id);
    }
    return cleared + flush();
}
