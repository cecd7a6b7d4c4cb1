// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/bytepipe.h"
#include "support/testprogram.h"

#include <QPointer>
#include <QSignalSpy>

using namespace Qt::StringLiterals;

class TestBytePipe final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isAReadOnlySequentialDevice();
    void readsWhatWasAppended_data();
    void readsWhatWasAppended();
    void takesChunksWithoutACopy();
    void takesTheRestOfAChunk();
    void takesPeekedBytesFirst();
    void announcesBytesAndTheEnd();
    void announcesTheEndOnce();
    void endsOnlyWhenEverythingIsRead();
    void ignoresEmptyChunks();
    void tellsTheProducerThatBytesWereTaken();
    void keepsTheOrderWhenTheProducerRefillsAtOnce();
    void endsAfterTheBytesWhenTheProducerFinishesAtOnce();
    void survivesDeletionByTheProducer();
    void refusesWrites();
};

void TestBytePipe::isAReadOnlySequentialDevice()
{
    BytePipe pipe;
    QVERIFY(pipe.isOpen());
    QVERIFY(pipe.isReadable());
    QVERIFY(!pipe.isWritable());
    QVERIFY(pipe.isSequential());
    QVERIFY(!pipe.atEnd());
    QVERIFY(!pipe.isFinished());
    QCOMPARE(pipe.bytesAvailable(), 0);
    QCOMPARE(pipe.read(10), ""_ba);
    QCOMPARE(pipe.takeChunk(), QByteArray());
}

void TestBytePipe::readsWhatWasAppended_data()
{
    QTest::addColumn<int>("chunkBytes");
    QTest::addColumn<int>("readBytes");
    for (const int chunkBytes : {1, 2, 3, 7, 16, 100}) {
        for (const int readBytes : {1, 2, 3, 7, 16, 100})
            QTest::addRow("chunks of %d read by %d", chunkBytes, readBytes) << chunkBytes << readBytes;
    }
}

void TestBytePipe::readsWhatWasAppended()
{
    QFETCH(int, chunkBytes);
    QFETCH(int, readBytes);
    const QByteArray input = "The quick brown fox\0jumps over\r\n the lazy dog."_ba;
    BytePipe pipe;
    for (qsizetype at = 0; at < input.size(); at += chunkBytes)
        pipe.append(input.mid(at, chunkBytes));
    pipe.finish();
    QCOMPARE(pipe.bytesAvailable(), input.size());

    QByteArray output;
    while (!pipe.atEnd()) {
        const QByteArray piece = pipe.read(readBytes);
        QCOMPARE(piece.size(), qMin<qsizetype>(readBytes, input.size() - output.size()));
        output += piece;
        QCOMPARE(pipe.bytesAvailable(), input.size() - output.size());
    }
    QCOMPARE(output, input);
    char byte = 0;
    QCOMPARE(pipe.read(&byte, 1), -1);
}

void TestBytePipe::takesChunksWithoutACopy()
{
    const QByteArray first = "first"_ba.repeated(100);
    BytePipe pipe;
    pipe.append(first);
    pipe.append("second"_ba);
    const QByteArray taken = pipe.takeChunk();
    QCOMPARE(taken, first);
    QCOMPARE(taken.constData(), first.constData());
    QCOMPARE(pipe.bytesAvailable(), 6);
    QCOMPARE(pipe.takeChunk(), "second"_ba);
    QCOMPARE(pipe.takeChunk(), QByteArray());
    QCOMPARE(pipe.bytesAvailable(), 0);
}

void TestBytePipe::takesTheRestOfAChunk()
{
    BytePipe pipe;
    const QByteArray first = "0123456789"_ba;
    pipe.append(first);
    pipe.append("abc"_ba);
    QCOMPARE(pipe.read(4), "0123"_ba);
    QCOMPARE(pipe.takeChunk(), "456789"_ba);
    QCOMPARE(first, "0123456789"_ba); // the producer's copy is untouched
    QCOMPARE(pipe.read(2), "ab"_ba);
    QCOMPARE(pipe.takeChunk(), "c"_ba);
}

void TestBytePipe::takesPeekedBytesFirst()
{
    BytePipe pipe;
    pipe.append("0123456789"_ba);
    QCOMPARE(pipe.peek(4), "0123"_ba);
    QCOMPARE(pipe.bytesAvailable(), 10);
    QByteArray all;
    for (QByteArray chunk = pipe.takeChunk(); !chunk.isEmpty(); chunk = pipe.takeChunk())
        all += chunk;
    QCOMPARE(all, "0123456789"_ba);
}

void TestBytePipe::announcesBytesAndTheEnd()
{
    BytePipe pipe;
    QSignalSpy ready(&pipe, &QIODevice::readyRead);
    QSignalSpy ended(&pipe, &QIODevice::readChannelFinished);
    pipe.append("a"_ba);
    pipe.append("b"_ba);
    QCOMPARE(ready.count(), 2);
    QCOMPARE(ended.count(), 0);
    pipe.finish();
    QCOMPARE(ended.count(), 1);
    QVERIFY(pipe.isFinished());
}

void TestBytePipe::announcesTheEndOnce()
{
    BytePipe pipe;
    QSignalSpy ended(&pipe, &QIODevice::readChannelFinished);
    pipe.finish();
    pipe.finish();
    QCOMPARE(ended.count(), 1);
}

void TestBytePipe::endsOnlyWhenEverythingIsRead()
{
    BytePipe pipe;
    pipe.append("ab"_ba);
    pipe.finish();
    QVERIFY(!pipe.atEnd());
    QCOMPARE(pipe.read(1), "a"_ba);
    QVERIFY(!pipe.atEnd());
    QCOMPARE(pipe.takeChunk(), "b"_ba);
    QVERIFY(pipe.atEnd());
}

void TestBytePipe::ignoresEmptyChunks()
{
    BytePipe pipe;
    QSignalSpy ready(&pipe, &QIODevice::readyRead);
    pipe.append(QByteArray());
    QCOMPARE(ready.count(), 0);
    pipe.append("a"_ba);
    pipe.append(""_ba);
    QCOMPARE(pipe.takeChunk(), "a"_ba);
    QCOMPARE(pipe.takeChunk(), QByteArray());
}

void TestBytePipe::tellsTheProducerThatBytesWereTaken()
{
    BytePipe pipe;
    QSignalSpy taken(&pipe, &BytePipe::bytesTaken);
    pipe.append("abcdef"_ba);
    QCOMPARE(pipe.read(2), "ab"_ba);
    QTRY_COMPARE(taken.count(), 1);
    QCOMPARE(pipe.takeChunk(), "cdef"_ba);
    QTRY_COMPARE(taken.count(), 2);
    QVERIFY(pipe.read(2).isEmpty());
    QVERIFY(pipe.takeChunk().isEmpty());
    QCoreApplication::processEvents();
    QCOMPARE(taken.count(), 2); // nothing was taken the last times
}

// A producer that appends as soon as it hears bytesTaken() must not reach a consumer that is still inside
// read(): the consumer would send the new bytes before the ones it is just reading.
void TestBytePipe::keepsTheOrderWhenTheProducerRefillsAtOnce()
{
    for (const bool isReadingChunks : {true, false}) {
        BytePipe pipe;
        QByteArray sent;
        char next = 'a';
        connect(&pipe, &BytePipe::bytesTaken, &pipe, [&] {
            if (next <= 'h')
                pipe.append(QByteArray(3, next++));
        });
        connect(&pipe, &QIODevice::readyRead, &pipe,
            [&] { sent += isReadingChunks ? pipe.takeChunk() : pipe.read(100); });
        pipe.append("000"_ba);
        QTRY_COMPARE(sent, "000aaabbbcccdddeeefffggghhh"_ba);
    }
}

void TestBytePipe::endsAfterTheBytesWhenTheProducerFinishesAtOnce()
{
    BytePipe pipe;
    QByteArray sent;
    connect(&pipe, &BytePipe::bytesTaken, &pipe, [&] { pipe.finish(); });
    connect(&pipe, &QIODevice::readyRead, &pipe, [&] { sent += pipe.read(100); });
    connect(&pipe, &QIODevice::readChannelFinished, &pipe, [&] { sent += "<end>"; });
    pipe.append("body"_ba);
    QTRY_COMPARE(sent, "body<end>"_ba);
}

void TestBytePipe::survivesDeletionByTheProducer()
{
    QPointer<BytePipe> pipe = new BytePipe;
    connect(pipe, &BytePipe::bytesTaken, this, [&] { delete pipe; });
    pipe->append("body"_ba);
    QCOMPARE(pipe->read(100), "body"_ba);
    QTRY_VERIFY(!pipe);
}

void TestBytePipe::refusesWrites()
{
    BytePipe pipe;
    QTest::ignoreMessage(QtWarningMsg, "QIODevice::write (BytePipe): ReadOnly device");
    QCOMPARE(pipe.write("x"), -1);
    QCOMPARE(pipe.bytesAvailable(), 0);
}

REGISTER_TEST(TestBytePipe)
#include "tst_bytepipe.moc"
