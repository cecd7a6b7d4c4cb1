// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "wire/ssedecoder.h"

struct Event
{
    QByteArray type;
    QByteArray data;
    QByteArray id;

    bool operator==(const Event&) const = default;
};

using Events = QList<Event>;

class SseDecoderTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decodesInEveryChunking_data();
    void decodesInEveryChunking();
    void leavesOutAndCountsOversizedEvents();

private:
    static Events decode(const QList<QByteArray>& chunks, qsizetype maxEventBytes = 1 << 20);
};

Events SseDecoderTest::decode(const QList<QByteArray>& chunks, qsizetype maxEventBytes)
{
    Events events;
    SseDecoder decoder(
        [&events](const SseEvent& event) {
            events.append({event.type.toByteArray(), event.data.toByteArray(), event.id.toByteArray()});
        },
        maxEventBytes);
    for (const QByteArray& chunk : chunks)
        decoder.feed(chunk);
    decoder.finish();
    return events;
}

void SseDecoderTest::decodesInEveryChunking_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<Events>("events");

    QTest::newRow("nothing") << QByteArray() << Events();
    QTest::newRow("LF") << QByteArray("data: 1\n\ndata: 2\n\n") << Events{{"", "1", ""}, {"", "2", ""}};
    QTest::newRow("CRLF") << QByteArray("data: 1\r\n\r\ndata: 2\r\n\r\n")
                          << Events{{"", "1", ""}, {"", "2", ""}};
    QTest::newRow("CR") << QByteArray("data: 1\r\rdata: 2\r\r") << Events{{"", "1", ""}, {"", "2", ""}};
    QTest::newRow("mixed line ends") << QByteArray("data: 1\r\n\ndata: 2\r\r\ndata: 3\n\r")
                                     << Events{{"", "1", ""}, {"", "2", ""}, {"", "3", ""}};
    QTest::newRow("type, id kept for later events") << QByteArray("event: add\nid: 7\ndata: x\n\ndata: y\n\n")
                                                    << Events{{"add", "x", "7"}, {"", "y", "7"}};
    QTest::newRow("id with NUL is ignored") << QByteArray("id: 1\ndata: x\n\nid: a\0b\ndata: y\n\n", 33)
                                            << Events{{"", "x", "1"}, {"", "y", "1"}};
    QTest::newRow("multi-line data") << QByteArray("data: a\ndata\ndata: b\n\n")
                                     << Events{{"", "a\n\nb", ""}};
    QTest::newRow("only one space is taken off")
        << QByteArray("data:  a\ndata:b\n\n") << Events{{"", " a\nb", ""}};
    QTest::newRow("comments, unknown fields, retry, empty events")
        << QByteArray(": ping\n\n:\nretry: 5\nfoo: bar\nevent: none\n\ndata: x\n: in between\n\n\n\n")
        << Events{{"", "x", ""}};
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF"
                                                   "data: x\n\n")
                                     << Events{{"", "x", ""}};
    QTest::newRow("byte order mark only at the start") << QByteArray("data: x\n\n\xEF\xBB\xBF"
                                                                     "data: y\n\n")
                                                       << Events{{"", "x", ""}};
    QTest::newRow("blank line missing at the end") << QByteArray("data: x\n") << Events{{"", "x", ""}};
    QTest::newRow("line end missing at the end")
        << QByteArray("data: x\n\ndata: [DONE]") << Events{{"", "x", ""}, {"", "[DONE]", ""}};
    QTest::newRow("UTF-8") << QByteArray("data: caf\xC3\xA9 \xF0\x9F\x98\x80\n\n")
                           << Events{{"", "caf\xC3\xA9 \xF0\x9F\x98\x80", ""}};
    QTest::newRow("not an event stream") << QByteArray("<html>\n<p>502</p>\n") << Events();
}

void SseDecoderTest::decodesInEveryChunking()
{
    QFETCH(QByteArray, stream);
    QFETCH(Events, events);

    QCOMPARE(decode({stream}), events);
    for (qsizetype i = 1; i < stream.size(); ++i)
        QCOMPARE(decode({stream.first(i), stream.sliced(i)}), events);
    QList<QByteArray> bytes;
    for (const char c : stream)
        bytes.append(QByteArray(1, c));
    QCOMPARE(decode(bytes), events);
}

void SseDecoderTest::leavesOutAndCountsOversizedEvents()
{
    qsizetype reported = 0;
    SseDecoder decoder([&reported](const SseEvent&) { ++reported; }, 16);
    decoder.feed("data: 0123456789abcdef\n\ndata: ok\n\ndata: 0123456789");
    decoder.feed("0123456789");
    decoder.feed("0123456789\n\ndata: ok\n\n");
    decoder.feed("data: 012345678\ndata: 012345678\n\n");
    QCOMPARE(reported, 2);
    QCOMPARE(decoder.oversizedEvents(), 3);
}

REGISTER_TEST(SseDecoderTest)
#include "tst_ssedecoder.moc"
