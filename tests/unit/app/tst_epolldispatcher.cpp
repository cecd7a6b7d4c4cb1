// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/epolldispatcher.h"
#include "base/threadholder.h"
#include "support/testcertificates.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QSemaphore>
#include <QSignalSpy>
#include <QSocketNotifier>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include <sys/socket.h>
#include <unistd.h>

namespace {

// Two connected local sockets, closed at the end.
struct SocketPair
{
    SocketPair()
    {
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) != 0)
            qFatal("socketpair");
    }
    ~SocketPair()
    {
        closeEnd(0);
        closeEnd(1);
    }
    Q_DISABLE_COPY_MOVE(SocketPair)

    void closeEnd(int index)
    {
        if (ends[index] >= 0)
            ::close(ends[index]);
        ends[index] = -1;
    }
    void writeByte() const { QCOMPARE(::write(ends[1], "x", 1), 1); }
    void readByte() const
    {
        char byte = 0;
        QCOMPARE(::read(ends[0], &byte, 1), 1);
    }

    int ends[2] = {-1, -1};
};

std::unique_ptr<QSocketNotifier> notifier(int descriptor, QSocketNotifier::Type type)
{
    return std::make_unique<QSocketNotifier>(descriptor, type);
}

class ServerWithTls final : public QTcpServer
{
public:
    ServerCertificate certificate;

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto* socket = new QSslSocket(this);
        socket->setSocketDescriptor(descriptor);
        socket->setLocalCertificateChain(certificate.chain);
        socket->setPrivateKey(certificate.key);
        connect(socket, &QIODevice::readyRead, socket, [socket] { socket->write(socket->readAll()); });
        socket->startServerEncryption();
    }
};

} // namespace

// main() makes an EpollDispatcher the main thread's, so every wait in here runs on it.
class EpollDispatcherTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void activatesReadAndWriteNotifiers();
    void activatesExceptionNotifierForUrgentData();
    void activatesReadNotifierWhenThePeerIsGone();
    void keepsQuietAfterDisabling();
    void handlerDeletesAnotherReadyNotifier();
    void handlerClosesAnotherAndItsNumberComesAgain();
    void nestedLoopServesSocketsAndOtherTimers();
    void excludedSocketsAreKeptForLater();
    void timersFireInTimeAndNotEarly_data();
    void timersFireInTimeAndNotEarly();
    void zeroTimerLeavesRoomForSockets();
    void timerIsStoppedAndStartedInItsHandler();
    void tellsWhatIsLeftOfATimer();
    void timersMoveWithTheirObject();
    void wakeUpEndsTheNextWait();
    void queuedCallsFromOtherThreadsAllArrive();
    void pingPongBetweenTwoThreadsLosesNoWakeUp();
    void threadsQuitWheneverTheyAreAsked();
    void echoesOverManyTcpConnections();
    void echoesOverTls();
};

void EpollDispatcherTest::init()
{
    QVERIFY(qobject_cast<EpollDispatcher*>(QAbstractEventDispatcher::instance()));
}

void EpollDispatcherTest::activatesReadAndWriteNotifiers()
{
    const SocketPair pair;
    const auto reader = notifier(pair.ends[0], QSocketNotifier::Read);
    const auto writer = notifier(pair.ends[0], QSocketNotifier::Write);
    QSignalSpy readable(reader.get(), &QSocketNotifier::activated);
    QSignalSpy writable(writer.get(), &QSocketNotifier::activated);
    QTRY_VERIFY(!writable.isEmpty());
    QVERIFY(readable.isEmpty());
    pair.writeByte();
    QTRY_VERIFY(!readable.isEmpty());
}

void EpollDispatcherTest::activatesExceptionNotifierForUrgentData()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QTcpSocket client;
    client.connectToHost(QHostAddress::LocalHost, server.serverPort());
    QTRY_VERIFY(server.hasPendingConnections());
    const std::unique_ptr<QTcpSocket> accepted(server.nextPendingConnection());
    const auto urgent = notifier(int(accepted->socketDescriptor()), QSocketNotifier::Exception);
    QSignalSpy activated(urgent.get(), &QSocketNotifier::activated);
    QTRY_COMPARE(client.state(), QAbstractSocket::ConnectedState);
    QCOMPARE(::send(int(client.socketDescriptor()), "!", 1, MSG_OOB), 1);
    QTRY_VERIFY(!activated.isEmpty());
}

void EpollDispatcherTest::activatesReadNotifierWhenThePeerIsGone()
{
    SocketPair pair;
    const auto reader = notifier(pair.ends[0], QSocketNotifier::Read);
    QSignalSpy readable(reader.get(), &QSocketNotifier::activated);
    pair.closeEnd(1);
    QTRY_VERIFY(!readable.isEmpty());
}

void EpollDispatcherTest::keepsQuietAfterDisabling()
{
    const SocketPair pair;
    const SocketPair other;
    const auto reader = notifier(pair.ends[0], QSocketNotifier::Read);
    const auto writer = notifier(pair.ends[0], QSocketNotifier::Write);
    const auto control = notifier(other.ends[0], QSocketNotifier::Read);
    QSignalSpy readable(reader.get(), &QSocketNotifier::activated);
    QSignalSpy writable(writer.get(), &QSocketNotifier::activated);
    QTRY_VERIFY(!writable.isEmpty());
    writer->setEnabled(false); // one of two: epoll is told before its next wait
    pair.writeByte();
    QTRY_VERIFY(!readable.isEmpty());
    reader->setEnabled(false); // the last one: epoll forgets the descriptor
    readable.clear();
    writable.clear();
    QSignalSpy turns(control.get(), &QSocketNotifier::activated);
    other.writeByte();
    QTRY_VERIFY(turns.size() > 5); // nobody reads the byte: one activation a turn
    QVERIFY(readable.isEmpty());
    QVERIFY(writable.isEmpty());
    reader->setEnabled(true);
    QTRY_VERIFY(!readable.isEmpty());
}

void EpollDispatcherTest::handlerDeletesAnotherReadyNotifier()
{
    const SocketPair one;
    const SocketPair two;
    auto first = notifier(one.ends[0], QSocketNotifier::Read);
    auto second = notifier(two.ends[0], QSocketNotifier::Read);
    int activations = 0;
    connect(first.get(), &QSocketNotifier::activated, this, [&] {
        ++activations;
        one.readByte();
        second.reset();
    });
    connect(second.get(), &QSocketNotifier::activated, this, [&] {
        ++activations;
        two.readByte();
        first.reset();
    });
    one.writeByte();
    two.writeByte();
    QTRY_COMPARE(activations, 1);
    QCoreApplication::processEvents();
    QCOMPARE(activations, 1);
    QVERIFY(bool(first) != bool(second));
}

void EpollDispatcherTest::handlerClosesAnotherAndItsNumberComesAgain()
{
    SocketPair one;
    SocketPair two;
    auto first = notifier(one.ends[0], QSocketNotifier::Read);
    auto second = notifier(two.ends[0], QSocketNotifier::Read);
    std::unique_ptr<SocketPair> fresh;
    std::unique_ptr<QSocketNotifier> third;
    int activations = 0;
    int spurious = 0;
    const auto replace = [&](std::unique_ptr<QSocketNotifier>& victim, SocketPair& pair) {
        ++activations;
        victim.reset();
        const int number = pair.ends[0];
        pair.closeEnd(0);
        fresh = std::make_unique<SocketPair>();
        QCOMPARE(fresh->ends[0], number); // the lowest free number
        third = notifier(fresh->ends[0], QSocketNotifier::Read);
        connect(third.get(), &QSocketNotifier::activated, this, [&] { ++spurious; });
    };
    connect(first.get(), &QSocketNotifier::activated, this, [&] {
        one.readByte();
        replace(second, two);
    });
    connect(second.get(), &QSocketNotifier::activated, this, [&] {
        two.readByte();
        replace(first, one);
    });
    one.writeByte();
    two.writeByte();
    QTRY_COMPARE(activations, 1);
    QCoreApplication::processEvents();
    QCOMPARE(spurious, 0); // what was ready was the old one
    fresh->writeByte();
    QTRY_VERIFY(spurious > 0); // and the new one is watched
}

void EpollDispatcherTest::nestedLoopServesSocketsAndOtherTimers()
{
    const SocketPair pair;
    const auto reader = notifier(pair.ends[0], QSocketNotifier::Read);
    QEventLoop nested;
    int outer = 0;
    int inner = 0;
    QTimer outerTimer;
    QTimer innerTimer;
    connect(&outerTimer, &QTimer::timeout, this, [&] {
        if (++outer == 1) {
            innerTimer.start(1);
            nested.exec();
        }
    });
    connect(&innerTimer, &QTimer::timeout, this, [&] {
        if (++inner == 3)
            pair.writeByte();
    });
    connect(reader.get(), &QSocketNotifier::activated, this, [&] {
        pair.readByte();
        QCOMPARE(outer, 1); // did not fire within its own handler
        nested.quit();
    });
    outerTimer.start(1);
    QTRY_VERIFY(outer > 1); // fires again once its handler is done
    QVERIFY(inner >= 3);
}

void EpollDispatcherTest::excludedSocketsAreKeptForLater()
{
    const SocketPair pair;
    const auto reader = notifier(pair.ends[0], QSocketNotifier::Read);
    QSignalSpy readable(reader.get(), &QSocketNotifier::activated);
    pair.writeByte();
    bool fired = false;
    QTimer::singleShot(5, this, [&fired] { fired = true; });
    while (!fired)
        QCoreApplication::processEvents(QEventLoop::ExcludeSocketNotifiers | QEventLoop::WaitForMoreEvents);
    QVERIFY(readable.isEmpty());
    QTRY_VERIFY(!readable.isEmpty());
}

void EpollDispatcherTest::timersFireInTimeAndNotEarly_data()
{
    QTest::addColumn<Qt::TimerType>("type");
    QTest::addColumn<int>("milliseconds");
    QTest::newRow("precise 1") << Qt::PreciseTimer << 1;
    QTest::newRow("precise 30") << Qt::PreciseTimer << 30;
    QTest::newRow("coarse 5") << Qt::CoarseTimer << 5;
    QTest::newRow("coarse 100") << Qt::CoarseTimer << 100;
}

void EpollDispatcherTest::timersFireInTimeAndNotEarly()
{
    QFETCH(Qt::TimerType, type);
    QFETCH(int, milliseconds);
    QElapsedTimer elapsed;
    QTimer timer;
    timer.setTimerType(type);
    timer.setSingleShot(true);
    qint64 firedAfter = -1;
    connect(&timer, &QTimer::timeout, this, [&] { firedAfter = elapsed.nsecsElapsed(); });
    elapsed.start();
    timer.start(milliseconds);
    QTRY_VERIFY(firedAfter >= 0);
    QVERIFY(firedAfter >= milliseconds * 1'000'000);
    QVERIFY(!timer.isActive());
}

void EpollDispatcherTest::zeroTimerLeavesRoomForSockets()
{
    const SocketPair pair;
    const auto reader = notifier(pair.ends[0], QSocketNotifier::Read);
    QSignalSpy readable(reader.get(), &QSocketNotifier::activated);
    QTimer timer;
    QSignalSpy fired(&timer, &QTimer::timeout);
    timer.start(0);
    pair.writeByte();
    QTRY_VERIFY(!readable.isEmpty());
    QTRY_VERIFY(fired.size() > 100);
}

void EpollDispatcherTest::timerIsStoppedAndStartedInItsHandler()
{
    QTimer timer;
    int fired = 0;
    connect(&timer, &QTimer::timeout, this, [&] {
        ++fired;
        timer.stop();
        if (fired < 3)
            timer.start(2);
    });
    timer.start(1);
    QTRY_COMPARE(fired, 3);
    QVERIFY(!timer.isActive());
}

void EpollDispatcherTest::tellsWhatIsLeftOfATimer()
{
    QTimer timer;
    QCOMPARE(timer.remainingTime(), -1);
    timer.start(std::chrono::hours(1));
    QVERIFY(timer.remainingTime() > 3'590'000);
    QVERIFY(timer.remainingTime() <= 3'600'000 + 180'000); // coarse
}

void EpollDispatcherTest::timersMoveWithTheirObject()
{
    ThreadHolder holder(QStringLiteral("epoll"), std::make_unique<EpollDispatcher>());
    QTimer timer;
    std::atomic<int> firedThere = 0;
    connect(
        &timer, &QTimer::timeout, &timer,
        [&] { firedThere += QThread::currentThread() == holder.thread() ? 1 : 0; }, Qt::DirectConnection);
    timer.start(2);
    timer.moveToThread(holder.thread());
    QTRY_VERIFY(firedThere > 2);
    holder.run([&] {
        timer.stop(); // Qt leaks a running timer's hand-over if the object dies before it
        timer.moveToThread(qApp->thread());
    });
}

void EpollDispatcherTest::wakeUpEndsTheNextWait()
{
    QAbstractEventDispatcher* dispatcher = QAbstractEventDispatcher::instance();
    while (dispatcher->processEvents(QEventLoop::AllEvents)) { }
    dispatcher->wakeUp(); // before the wait
    dispatcher->processEvents(QEventLoop::WaitForMoreEvents);
    std::thread other([dispatcher] { dispatcher->wakeUp(); }); // before or during it
    dispatcher->processEvents(QEventLoop::WaitForMoreEvents);
    other.join();
    std::thread third([dispatcher] { dispatcher->interrupt(); });
    dispatcher->processEvents(QEventLoop::WaitForMoreEvents);
    third.join();
}

void EpollDispatcherTest::queuedCallsFromOtherThreadsAllArrive()
{
    constexpr int calls = 5000;
    std::array<int, 3> next{};
    bool isInOrder = true;
    std::vector<std::thread> threads;
    for (size_t t = 0; t < next.size(); ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < calls; ++i)
                QMetaObject::invokeMethod(this, [&, t, i] { isInOrder = next[t]++ == i && isInOrder; });
        });
    }
    QTRY_COMPARE(next, (std::array<int, 3>{calls, calls, calls}));
    for (std::thread& thread : threads)
        thread.join();
    QVERIFY(isInOrder);
}

void EpollDispatcherTest::pingPongBetweenTwoThreadsLosesNoWakeUp()
{
    ThreadHolder holder(QStringLiteral("epoll"), std::make_unique<EpollDispatcher>());
    QObject there;
    there.moveToThread(holder.thread());
    int rounds = 0;
    QEventLoop loop;
    std::function<void()> ping = [&] {
        QMetaObject::invokeMethod(&there, [&] {
            QMetaObject::invokeMethod(this, [&] {
                if (++rounds < 20000)
                    ping();
                else
                    loop.quit();
            });
        });
    };
    ping();
    loop.exec(); // no timer helps: it waits for nothing but wake-ups, and hangs if one is lost
    QCOMPARE(rounds, 20000);
    holder.run([&] { there.moveToThread(qApp->thread()); });
}

void EpollDispatcherTest::threadsQuitWheneverTheyAreAsked()
{
    for (int i = 0; i < 300; ++i) {
        QThread thread;
        thread.setEventDispatcher(new EpollDispatcher);
        QSemaphore started;
        QObject there;
        there.moveToThread(&thread);
        thread.start();
        if (i % 3 == 0) {
            QMetaObject::invokeMethod(&there, [&started] { started.release(); });
            started.acquire();
        }
        thread.quit();
        QVERIFY(thread.wait(10000));
    }
}

void EpollDispatcherTest::echoesOverManyTcpConnections()
{
    constexpr int connections = 100;
    const QByteArray sent = QByteArray(300'000, 'x') + QByteArray(200'000, 'y');
    ThreadHolder holder(QStringLiteral("epoll"), std::make_unique<EpollDispatcher>());
    std::unique_ptr<QTcpServer> server;
    holder.run([&server] {
        server = std::make_unique<QTcpServer>();
        server->setListenBacklogSize(connections);
        QObject::connect(server.get(), &QTcpServer::newConnection, server.get(), [&server] {
            while (QTcpSocket* socket = server->nextPendingConnection()) {
                socket->setReadBufferSize(20'000); // its read notifier goes off and on
                QObject::connect(socket, &QIODevice::readyRead, socket, [socket] {
                    const QByteArray bytes = socket->readAll();
                    socket->write(bytes);
                });
                QObject::connect(socket, &QAbstractSocket::disconnected, socket, &QObject::deleteLater);
            }
        });
        QVERIFY(server->listen(QHostAddress::LocalHost));
    });
    std::vector<QByteArray> received(connections);
    std::vector<std::unique_ptr<QTcpSocket>> clients;
    for (int i = 0; i < connections; ++i) {
        clients.push_back(std::make_unique<QTcpSocket>());
        QTcpSocket* client = clients.back().get();
        QByteArray* target = &received[size_t(i)];
        connect(client, &QAbstractSocket::connected, this, [client, &sent] { client->write(sent); });
        connect(client, &QIODevice::readyRead, this, [client, target] {
            *target += client->readAll();
            if (target->size() % 7 == 0) // some are cut in the middle
                client->abort();
        });
        client->connectToHost(QHostAddress::LocalHost, server->serverPort());
    }
    for (int i = 0; i < connections; ++i) {
        QTcpSocket* client = clients[size_t(i)].get();
        QTRY_VERIFY_WITH_TIMEOUT(
            received[size_t(i)].size() == sent.size() || client->state() == QAbstractSocket::UnconnectedState,
            30000);
        if (client->state() == QAbstractSocket::ConnectedState)
            QVERIFY(received[size_t(i)] == sent);
    }
    holder.run([&server] { server.reset(); });
}

void EpollDispatcherTest::echoesOverTls()
{
    const TestCertificates certificates;
    QVERIFY2(certificates.isValid(), qPrintable(certificates.errorText()));
    ServerWithTls server;
    server.certificate = certificates.good();
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QSslSocket client;
    QSslConfiguration configuration = client.sslConfiguration();
    configuration.setCaCertificates({certificates.ca()});
    client.setSslConfiguration(configuration);
    const QByteArray sent(1'000'000, 't');
    QByteArray received;
    connect(&client, &QSslSocket::encrypted, this, [&] { client.write(sent); });
    connect(&client, &QIODevice::readyRead, this, [&] { received += client.readAll(); });
    client.connectToHostEncrypted(QStringLiteral("127.0.0.1"), server.serverPort());
    QTRY_COMPARE_WITH_TIMEOUT(received.size(), sent.size(), 20000);
    QVERIFY(received == sent);
}

int main(int argc, char** argv)
{
    QCoreApplication::setEventDispatcher(new EpollDispatcher);
    QCoreApplication application(argc, argv);
    EpollDispatcherTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_epolldispatcher.moc"
