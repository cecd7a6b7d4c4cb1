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
constexpr qsizetype maxBlock = 16; // lines

QByteArray elapsed(qint64 milliseconds)
{
    return QByteArray::number(double(std::max<qint64>(0, milliseconds)) / 1000, 'f', 1) + 's';
}

QByteArray clearBlock(int lines)
{
    return lines > 0 ? "\x1b[" + QByteArray::number(lines) + "A\r\x1b[J" : QByteArray();
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
        const QByteArray id = event.value(QLatin1String("id")).toString().toUtf8();
        m_order.removeAll(id);
        m_calls.remove(id);
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
    // With a terminal the line waits for the delivery, where one is to come.
    if (m_options.columns == 0 || shown.row.delivery != "pending")
        settle(id);
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
        shown->row.delivery = terminalSafe(change.value(QLatin1String("state")).toString().toUtf8());
        if (shown->isOver && shown->row.delivery != "pending")
            settle(id);
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
    QByteArrayList awaited;
    for (const QByteArray& id : std::as_const(m_order)) {
        if (m_calls.value(id).isOver)
            awaited.append(id);
    }
    while (awaited.size() > maxAwaited)
        settle(awaited.takeFirst());
    QByteArray out = clearBlock(m_drawn) + flush();
    m_drawn = 0;
    for (const QByteArray& id : std::as_const(m_order)) {
        if (m_drawn == maxBlock - 1 && m_order.size() > maxBlock) {
            out += fitted(
                       "... and " + QByteArray::number(m_order.size() - m_drawn) + " more", m_options.columns)
                + '\n';
            ++m_drawn;
            break;
        }
        CallRow row = m_calls.value(id).row;
        if (!m_calls.value(id).isOver)
            row.duration = elapsed(nowMs - m_calls.value(id).startedMs);
        out += m_table.line(row) + '\n';
        ++m_drawn;
    }
    return out;
}

QByteArray TailView::end()
{
    QByteArray out = clearBlock(std::exchange(m_drawn, 0));
    const QList<QByteArray> left = m_order;
    for (const QByteArray& id : left)
        settle(id);
    return out + flush();
}
