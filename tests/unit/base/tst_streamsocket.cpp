// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// StreamSocket: reading, waiting writes, and the ends of a connection, over a real TCP pair on loopback.

#include "base/streamsocket.h"
#include "support/testprogram.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

/// Two connected descriptors: ours and the peer's, which blocks.
struct Pair
{
    Pair()
    {
        const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* const generic = reinterpret_cast<sockaddr*>(&address);
        socklen_t size = sizeof address;
        peer = ::socket(AF_INET, SOCK_STREAM, 0);
        const bool isConnected = ::bind(listener, generic, size) == 0 && ::listen(listener, 1) == 0
            && ::getsockname(listener, generic, &size) == 0 && ::connect(peer, generic, size) == 0;
        ours = isConnected ? ::accept(listener, nullptr, nullptr) : -1;
        ::close(listener);
    }
    ~Pair() { closePeer(); }

    void closePeer()
    {
        if (peer >= 0)
            ::close(std::exchange(peer, -1));
    }
    void resetPeer()
    {
        const linger option{1, 0};
        ::setsockopt(peer, SOL_SOCKET, SO_LINGER, &option, sizeof option);
        closePeer();
    }
    void sendFromPeer(QByteArrayView bytes)
    {
        QCOMPARE(::send(peer, bytes.data(), size_t(bytes.size()), 0), ssize_t(bytes.size()));
    }

    int ours = -1;
    int peer = -1;
};

struct Reader final : StreamSocket::User
{
    void socketReadable() override
    {
        ++calls;
        char bytes[8];
        const qint64 got = socket->read(bytes, sizeof bytes);
        if (got > 0)
            input.append(bytes, got);
        isEnded = isEnded || got < 0;
        if (got < 0)
            socket->close();
    }
    void socketWritten() override { ++written; }

    StreamSocket* socket = nullptr;
    QByteArray input;
    int calls = 0;
    int written = 0;
    bool isEnded = false;
};

} // namespace

class TestStreamSocket final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatArrivesUntilTheEnd();
    void leavesBytesInTheKernelWhileNotReading();
    void keepsWhatTheKernelDoesNotTakeInOrder();
    void tellsAResetFromAnEnd();
    void givesWhatCameBeforeABrokenWrite();
    void seesTheEndBehindUnreadBytes();
    void closesAtOnceAndTellsNobody();
    void resetsOnCloseWhenAsked();
    void refusesWhatIsNoSocket();
};

void TestStreamSocket::readsWhatArrivesUntilTheEnd()
{
    Pair pair;
    Reader reader;
    StreamSocket socket(pair.ours, &reader);
    reader.socket = &socket;
    QVERIFY(socket.isOpen());
    QVERIFY(!socket.hasPendingInput());
    socket.setReading(true);
    pair.sendFromPeer("more than eight bytes");
    QTRY_COMPARE(reader.input, "more than eight bytes"); // told again as long as something is there
    QVERIFY(!reader.isEnded);
    char byte = 0;
    QCOMPARE(socket.read(&byte, 1), 0);
    pair.closePeer();
    QTRY_VERIFY(reader.isEnded);
    QVERIFY(!socket.wasReset());
    QCOMPARE(socket.read(&byte, 1), -1);
}

void TestStreamSocket::leavesBytesInTheKernelWhileNotReading()
{
    Pair pair;
    Reader reader;
    StreamSocket socket(pair.ours, &reader);
    reader.socket = &socket;
    pair.sendFromPeer("wait");
    QTRY_VERIFY(socket.hasPendingInput());
    QCoreApplication::processEvents();
    QCOMPARE(reader.calls, 0);
    socket.setReading(true);
    QTRY_COMPARE(reader.input, "wait");
    socket.setReading(false);
    const int calls = reader.calls;
    pair.sendFromPeer("again");
    QTRY_VERIFY(socket.hasPendingInput());
    QCoreApplication::processEvents();
    QCOMPARE(reader.calls, calls);
    socket.setReading(true);
    QTRY_COMPARE(reader.input, "waitagain");
}

void TestStreamSocket::keepsWhatTheKernelDoesNotTakeInOrder()
{
    Pair pair;
    Reader reader;
    StreamSocket socket(pair.ours, &reader);
    QByteArray sent;
    for (int i = 0; i < 400; ++i) {
        const QByteArray piece = QByteArray::number(i).repeated(10'000);
        QVERIFY(socket.write(piece));
        sent += piece;
    }
    QVERIFY(socket.bytesToWrite() > 0);
    QCOMPARE(reader.written, 0); // only what had waited is told of
    QByteArray received;
    QByteArray buffer(1 << 20, Qt::Uninitialized);
    while (received.size() < sent.size()) {
        const ssize_t got = ::recv(pair.peer, buffer.data(), size_t(buffer.size()), MSG_DONTWAIT);
        if (got > 0)
            received.append(buffer.constData(), got);
        QVERIFY(got != 0);
        QCoreApplication::processEvents();
    }
    QVERIFY(received == sent);
    QCOMPARE(socket.bytesToWrite(), 0);
    QVERIFY(reader.written > 0);
    const int written = reader.written;
    QCoreApplication::processEvents();
    QCOMPARE(reader.written, written); // the notifier is off again
}

void TestStreamSocket::tellsAResetFromAnEnd()
{
    Pair pair;
    Reader reader;
    StreamSocket socket(pair.ours, &reader);
    reader.socket = &socket;
    socket.setReading(true);
    pair.resetPeer();
    QTRY_VERIFY(reader.isEnded);
    QVERIFY(socket.wasReset());
}

void TestStreamSocket::givesWhatCameBeforeABrokenWrite()
{
    Pair pair;
    Reader reader;
    StreamSocket socket(pair.ours, &reader);
    reader.socket = &socket;
    pair.sendFromPeer("answer");
    QTRY_VERIFY(socket.hasPendingInput());
    pair.resetPeer();
    QTRY_VERIFY(!socket.write("more of the request"));
    QVERIFY(!socket.write("and more"));
    socket.setReading(true);
    QTRY_COMPARE(reader.input, "answer");
    QTRY_VERIFY(reader.isEnded);
}

void TestStreamSocket::seesTheEndBehindUnreadBytes()
{
    Pair pair;
    Reader reader;
    StreamSocket socket(pair.ours, &reader);
    pair.sendFromPeer("unread");
    QTRY_VERIFY(socket.hasPendingInput());
    QVERIFY(!socket.hasPeerClosed());
    pair.closePeer();
    QTRY_VERIFY(socket.hasPeerClosed());
}

void TestStreamSocket::closesAtOnceAndTellsNobody()
{
    Pair pair;
    Reader reader;
    StreamSocket socket(pair.ours, &reader);
    reader.socket = &socket;
    socket.setReading(true);
    pair.sendFromPeer("late");
    QTRY_VERIFY(socket.hasPendingInput());
    socket.close();
    QCoreApplication::processEvents();
    QCOMPARE(reader.calls, 0);
    QVERIFY(!socket.isOpen());
    QVERIFY(!socket.write("x"));
    QVERIFY(!socket.hasPendingInput());
    QVERIFY(!socket.hasPeerClosed());
    socket.close(); // twice is once
}

void TestStreamSocket::resetsOnCloseWhenAsked()
{
    Pair pair;
    Reader reader;
    StreamSocket socket(pair.ours, &reader);
    socket.resetOnClose();
    socket.close();
    char byte = 0;
    QCOMPARE(::recv(pair.peer, &byte, 1, 0), ssize_t(-1));
    QCOMPARE(errno, ECONNRESET);
}

void TestStreamSocket::refusesWhatIsNoSocket()
{
    Reader reader;
    StreamSocket socket(-1, &reader);
    QVERIFY(!socket.isOpen());
    char byte = 0;
    QCOMPARE(socket.read(&byte, 1), -1);
    QVERIFY(!socket.write("x"));
}

REGISTER_TEST(TestStreamSocket)
#include "tst_streamsocket.moc"
