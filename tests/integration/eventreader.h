// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// EventReader: a subscriber of a proxy's /api/events, for tests. Used on the test's thread.
//
//     EventReader events(site.proxy.port());
//     QVERIFY(events.waitFor("hello"));
//     ... a call ...
//     QCOMPARE(events.waitFor("call.ended").data[QLatin1String("state")], "stored");

#include "support/rawclient.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

struct ReceivedEvent
{
    QByteArray id;
    QByteArray type; // empty: none came
    QJsonObject data;

    [[nodiscard]] QString text(const char* member) const { return data[QLatin1String(member)].toString(); }
    [[nodiscard]] QJsonObject call() const { return data[QLatin1String("call")].toObject(); }
};

class EventReader final
{
public:
    explicit EventReader(quint16 port, const QByteArray& query = {}, const QByteArray& fields = {})
        : m_client(port)
    {
        m_isSent
            = m_client.send("GET /api/events" + query + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n");
    }

    /// The next event of that type, those before it are passed over.
    ReceivedEvent waitFor(const QByteArray& type)
    {
        ReceivedEvent found;
        (void)QTest::qWaitFor(
            [&] {
                read();
                while (!m_events.isEmpty() && found.type.isEmpty()) {
                    const ReceivedEvent event = m_events.takeFirst();
                    if (event.type == type)
                        found = event;
                }
                return !found.type.isEmpty();
            },
            10000);
        return found;
    }
    /// All events up to and with the next one of that type.
    QList<ReceivedEvent> waitUpTo(const QByteArray& type)
    {
        QList<ReceivedEvent> taken;
        (void)QTest::qWaitFor(
            [&] {
                read();
                while (!m_events.isEmpty() && (taken.isEmpty() || taken.last().type != type))
                    taken.append(m_events.takeFirst());
                return !taken.isEmpty() && taken.last().type == type;
            },
            10000);
        return taken;
    }
    [[nodiscard]] bool isSent() const { return m_isSent; }
    [[nodiscard]] RawClient& client() { return m_client; }
    /// Everything, as it came.
    [[nodiscard]] const QByteArray& raw() const { return m_raw; }

private:
    void read()
    {
        const QByteArray bytes = m_client.readAvailable();
        m_raw += bytes;
        m_wire += bytes;
        if (!m_hasHead) {
            const qsizetype end = m_wire.indexOf("\r\n\r\n");
            if (end < 0)
                return;
            m_hasHead = true;
            m_wire.remove(0, end + 4);
        }
        takeChunks();
        for (qsizetype end = m_text.indexOf("\n\n"); end >= 0; end = m_text.indexOf("\n\n")) {
            takeBlock(m_text.first(end));
            m_text.remove(0, end + 2);
        }
    }
    void takeChunks()
    {
        for (qsizetype line = m_wire.indexOf("\r\n"); line >= 0; line = m_wire.indexOf("\r\n")) {
            const qsizetype size = m_wire.first(line).toLongLong(nullptr, 16);
            if (m_wire.size() < line + 2 + size + 2)
                return;
            m_text += m_wire.sliced(line + 2, size);
            m_wire.remove(0, line + 2 + size + 2);
        }
    }
    void takeBlock(const QByteArray& block)
    {
        ReceivedEvent event;
        for (const QByteArray& line : block.split('\n')) {
            if (line.startsWith("id: "))
                event.id = line.mid(4);
            else if (line.startsWith("event: "))
                event.type = line.mid(7);
            else if (line.startsWith("data: "))
                event.data = QJsonDocument::fromJson(line.mid(6)).object();
        }
        if (!event.type.isEmpty())
            m_events.append(event);
    }

    RawClient m_client;
    bool m_isSent = false;
    bool m_hasHead = false;
    QByteArray m_raw;
    QByteArray m_wire;
    QByteArray m_text;
    QList<ReceivedEvent> m_events;
};
