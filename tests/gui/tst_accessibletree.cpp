// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The real viewer on a real (virtual) display, a provider's stream through it, and the list and the
// conversation as a screen reader gets them; driven by keys alone.

#include "accessibletree.h"
#include "support/fakeupstream.h"
#include "support/rawclient.h"
#include "support/testprogram.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusReply>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

namespace {

constexpr int startMs = 20'000;
constexpr int strokeMs = 5000;
constexpr int keySymbol = 3; // ATSPI_KEY_SYM
constexpr int downKey = 0xff54; // X11's keysyms
constexpr int returnKey = 0xff0d;

/// An Anthropic answer in three parts, each when the test says so.
UpstreamScript spokenAnswer(const ReceivedRequest&)
{
    const auto delta = [](const char* text) {
        return QByteArray("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
                          "\"delta\":{\"type\":\"text_delta\",\"text\":\"")
            + text + "\"}}\n\n";
    };
    return Answer::sse(
        {"event: message_start\ndata: "
         "{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"type\":\"message\","
         "\"role\":\"assistant\",\"content\":[],\"model\":\"claude-opus-4-6\",\"stop_reason\":null,"
         "\"usage\":{\"input_tokens\":10,\"cache_read_input_tokens\":90,\"output_tokens\":1}}}\n\n"
         "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,"
         "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"
                + delta("Bytes are forwarded first, "),
            delta("and looked at afterwards."),
            "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
            "event: message_delta\ndata: "
            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
            "\"usage\":{\"output_tokens\":42}}\n\n"
            "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"},
        {}, {.releasePrefix = "part"});
}

QByteArray spokenRequest()
{
    const QByteArray body = R"({"model":"claude-opus-4-6","max_tokens":100,"stream":true,)"
                            R"("messages":[{"role":"user","content":"Which comes first?"}]})";
    return "POST /v1/messages HTTP/1.1\r\nHost: x\r\nx-api-key: sk-test\r\nanthropic-version: 2023-06-01\r\n"
           "Content-Type: application/json\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

/// Starts it and gives the first line that it prints; empty: it did not print one.
QByteArray firstLineOf(QProcess* program, const QString& name, const QStringList& arguments)
{
    program->start(name, arguments);
    while (!program->canReadLine()) {
        if (!program->waitForReadyRead(startMs))
            return {};
    }
    return program->readLine().trimmed();
}

} // namespace

class TestAccessibleTree final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (const char* tool : {"Xvfb", "dbus-daemon"}) {
            if (QStandardPaths::findExecutable(QLatin1String(tool)).isEmpty())
                QSKIP(qPrintable(QStringLiteral("%1 is not installed").arg(QLatin1String(tool))));
        }
        if (!QFileInfo::exists(QStringLiteral("/usr/share/dbus-1/services/org.a11y.Bus.service")))
            QSKIP("at-spi2-core is not installed");
        m_environment = QProcessEnvironment::systemEnvironment();
        for (const char* name : {"XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME"})
            m_environment.insert(QString::fromLatin1(name), m_folder.path());
        const QByteArray display = firstLineOf(&m_display, QStringLiteral("Xvfb"),
            {"-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"});
        QVERIFY2(!display.isEmpty(), "Xvfb does not start");
        m_environment.insert(QStringLiteral("DISPLAY"), u':' + QString::fromLatin1(display));
        m_session.setProcessEnvironment(m_environment);
        const QByteArray address = firstLineOf(&m_session, QStringLiteral("dbus-daemon"),
            {"--session", "--nofork", "--nopidfile", "--print-address=1"});
        QVERIFY2(!address.isEmpty(), "dbus-daemon does not start");
        m_environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QString::fromLatin1(address));
        QDBusConnection session
            = QDBusConnection::connectToBus(QString::fromLatin1(address), QStringLiteral("session"));
        const QDBusReply<QString> bus = session.call(
            QDBusMessage::createMethodCall(QStringLiteral("org.a11y.Bus"), QStringLiteral("/org/a11y/bus"),
                QStringLiteral("org.a11y.Bus"), QStringLiteral("GetAddress")));
        QVERIFY2(bus.isValid(), qPrintable(bus.error().message()));
        m_bus = QDBusConnection::connectToBus(bus.value(), QStringLiteral("accessibility"));
        QVERIFY2(m_bus.isConnected(), qPrintable(m_bus.lastError().message()));
        startViewer();
    }

    void cleanupTestCase()
    {
        for (QProcess* program : {&m_viewer, &m_session, &m_display}) {
            program->terminate();
            if (program->state() != QProcess::NotRunning && !program->waitForFinished(startMs))
                program->kill();
        }
    }

    void aScreenReaderFollowsACall()
    {
        AccessibleNode viewer;
        QTRY_VERIFY_WITH_TIMEOUT(
            !(viewer = AccessibleNode::application(m_bus, QStringLiteral("langfuse-proxy-gui"))).isNull(),
            startMs);
        // Where clients have to go is read out.
        static const QRegularExpression listening(QStringLiteral("http://127\\.0\\.0\\.1:(\\d+)"));
        AccessibleNode heading;
        QTRY_VERIFY_WITH_TIMEOUT(!(heading = viewer.find([](const AccessibleNode& node) {
            return listening.match(node.name()).hasMatch() && node.role() == QLatin1String("label");
        })).isNull(),
            startMs);
        const auto port = quint16(listening.match(heading.name()).captured(1).toInt());

        RawClient client(port);
        QVERIFY(client.send(spokenRequest()));
        m_upstream.release("part0");
        AccessibleNode list;
        QTRY_VERIFY_WITH_TIMEOUT(
            !(list = viewer.find(QStringLiteral("table"), QStringLiteral("Calls"))).isNull(), startMs);
        QTRY_COMPARE_WITH_TIMEOUT(list.rows(), 1, startMs);
        QString said;
        const auto says = [&](const char* words) {
            said = list.row(0).join(u'|');
            return said.contains(QString::fromUtf8(words));
        };
        QTRY_VERIFY2_WITH_TIMEOUT(says("State: 200 · streaming|"), qPrintable(said), startMs);
        QVERIFY2(says("|Provider: anthropic|"), qPrintable(said));

        // Keys alone: into the list, to the call, and on to what was said.
        activate();
        (void)list.grabFocus();
        QTRY_VERIFY_WITH_TIMEOUT(list.isFocused(), startMs);
        press(downKey);
        AccessibleNode conversation;
        QTRY_VERIFY_WITH_TIMEOUT(!(conversation = viewer.find([](const AccessibleNode& node) {
            return node.name() == QLatin1String("Conversation")
                && node.text().contains(QStringLiteral("Bytes are forwarded first"));
        })).isNull(),
            startMs);
        m_upstream.release("part1");
        QTRY_VERIFY2_WITH_TIMEOUT(conversation.text().contains(QStringLiteral("and looked at afterwards")),
            qPrintable(conversation.text()), startMs);
        m_upstream.release("part2");
        QTRY_VERIFY2_WITH_TIMEOUT(says("State: 200 · done|"), qPrintable(said), startMs);
        for (const char* words : {"|Provider: anthropic|", "|Model: claude-opus-4-6|",
                 "|Request: Which comes first?|", "|Share of the input from the cache: 90%|",
                 "|Output tokens: 42|", "|Langfuse: not sent to Langfuse|"})
            QVERIFY2(says(words), qPrintable(said));
        QTRY_VERIFY2_WITH_TIMEOUT(conversation.text().contains(QStringLiteral("Which comes first?")),
            qPrintable(conversation.text()), startMs);
        press(returnKey);
        QTRY_VERIFY_WITH_TIMEOUT(conversation.isFocused(), startMs);
    }

private:
    /// There is no window manager that would give it the keyboard: another start brings the first in front.
    void activate()
    {
        QProcess second;
        second.setProcessEnvironment(m_viewer.processEnvironment());
        second.setWorkingDirectory(m_folder.path());
        second.start(QStringLiteral(VIEWER_BINARY), QStringList());
        QVERIFY2(second.waitForFinished(startMs), qPrintable(second.errorString()));
        QCOMPARE(second.exitCode(), 0);
    }
    void startViewer()
    {
        QProcessEnvironment environment = m_environment;
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
        environment.insert(QStringLiteral("QT_LINUX_ACCESSIBILITY_ALWAYS_ON"), QStringLiteral("1"));
        environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
        environment.insert(QStringLiteral("PORT"), QStringLiteral("0"));
        environment.insert(QStringLiteral("ANTHROPIC_BASE_URL"), QString::fromLatin1(m_upstream.url()));
        environment.insert(QStringLiteral("STORE_PATH"), m_folder.filePath(QStringLiteral("traces.db")));
        m_viewer.setProcessEnvironment(environment);
        m_viewer.setWorkingDirectory(m_folder.path());
        m_viewer.setProcessChannelMode(QProcess::ForwardedChannels);
        m_viewer.start(QStringLiteral(VIEWER_BINARY), QStringList());
        QVERIFY2(m_viewer.waitForStarted(startMs), qPrintable(m_viewer.errorString()));
    }
    void press(int key)
    {
        QDBusMessage stroke = QDBusMessage::createMethodCall(QStringLiteral("org.a11y.atspi.Registry"),
            QStringLiteral("/org/a11y/atspi/registry/deviceeventcontroller"),
            QStringLiteral("org.a11y.atspi.DeviceEventController"), QStringLiteral("GenerateKeyboardEvent"));
        stroke.setArguments({key, QString(), quint32(keySymbol)});
        const QDBusMessage taken = m_bus.call(stroke, QDBus::Block, strokeMs);
        QVERIFY2(taken.type() == QDBusMessage::ReplyMessage, qPrintable(taken.errorMessage()));
    }

    QTemporaryDir m_folder;
    FakeUpstream m_upstream{spokenAnswer};
    QProcessEnvironment m_environment;
    QProcess m_display;
    QProcess m_session;
    QProcess m_viewer;
    QDBusConnection m_bus{QString()};
};

REGISTER_TEST(TestAccessibleTree)
#include "tst_accessibletree.moc"
