// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// RequestSerializer: the bytes of a request head, and what must not become one.

#include "support/testprogram.h"
#include "upstream/requestserializer.h"

class TestRequestSerializer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writes_data();
    void writes();
    void refuses_data();
    void refuses();
    void knowsIdempotentMethods();
};

namespace {

using Kind = HttpSyntax::Framing::Kind;

RequestHead headOf(const HeaderList& headers, Kind kind = Kind::None, qint64 length = -1)
{
    RequestHead head;
    head.method = "POST";
    head.target = "/p?q";
    head.headers = headers;
    head.framing = {kind, length};
    return head;
}

} // namespace

void TestRequestSerializer::writes_data()
{
    QTest::addColumn<RequestHead>("head");
    QTest::addColumn<bool>("viaProxy");
    QTest::addColumn<QByteArray>("lines"); // after the request line
    const QByteArray host = "Host: api.test\r\n";
    QTest::newRow("no headers") << headOf({}) << false << host;
    QTest::newRow("order, case, repeats")
        << headOf({{"b", "1"}, {"A", ""}, {"B", "2"}}) << false << host + "b: 1\r\nA: \r\nB: 2\r\n";
    QTest::newRow("length") << headOf({{"A", "b"}}, Kind::Length, 0) << false
                            << host + "A: b\r\nContent-Length: 0\r\n";
    QTest::newRow("chunked") << headOf({}, Kind::Chunked) << false << host + "Transfer-Encoding: chunked\r\n";
    QTest::newRow("host in its place") << headOf({{"A", "b"}, {"hOST", "proxy.local"}, {"C", "d"}}) << false
                                       << QByteArray("A: b\r\nhOST: api.test\r\nC: d\r\n");
    QTest::newRow("framing in its place") << headOf({{"content-length", "7"}, {"C", "d"}}, Kind::Length, 9)
                                          << false << host + "content-length: 9\r\nC: d\r\n";
    QTest::newRow("framing written once") << headOf({{"content-length", "7"}, {"Content-Length", "7"}},
        Kind::Length, 7) << false << host + "content-length: 7\r\n";
    QTest::newRow("other framing replaced") << headOf({{"Content-Length", "7"}, {"A", "b"}}, Kind::Chunked)
                                            << false << host + "A: b\r\nTransfer-Encoding: chunked\r\n";
    QTest::newRow("framing dropped without a body")
        << headOf({{"Transfer-Encoding", "chunked"}, {"A", "b"}}) << false << host + "A: b\r\n";
    QTest::newRow("through a proxy") << headOf({{"A", "b"}}) << true
                                     << host + "A: b\r\nProxy-Authorization: Basic eA==\r\n";
}

void TestRequestSerializer::writes()
{
    QFETCH(RequestHead, head);
    QFETCH(bool, viaProxy);
    QFETCH(QByteArray, lines);
    const Result<QByteArray> bytes = RequestSerializer::serialize(
        head, {"api.test", viaProxy, viaProxy ? QByteArray("Basic eA==") : QByteArray()});
    QVERIFY(bytes);
    const QByteArray target = viaProxy ? "http://api.test/p?q" : "/p?q";
    QCOMPARE(*bytes, QByteArray("POST " + target + " HTTP/1.1\r\n" + lines + "\r\n"));
}

void TestRequestSerializer::refuses_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    const auto row
        = [](const char* what, const QByteArray& method, const QByteArray& target, const QByteArray& name,
              const QByteArray& value) { QTest::newRow(what) << method << target << name << value; };
    row("no method", "", "/", "A", "b");
    row("space in the method", "GET /", "/", "A", "b");
    row("no target", "GET", "", "A", "b");
    row("space in the target", "GET", "/ HTTP/1.1", "A", "b");
    row("line feed in the target", "GET", "/\nA: b", "A", "b");
    row("no name", "GET", "/", "", "b");
    row("colon in the name", "GET", "/", "A:", "b");
    row("line feed in the value", "GET", "/", "A", "b\nC: d");
    row("carriage return in the value", "GET", "/", "A", "b\rC: d");
    row("NUL in the value", "GET", "/", "A", QByteArray("b\0c", 3));
}

void TestRequestSerializer::refuses()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    RequestHead head = headOf({{name, value}});
    head.method = method;
    head.target = target;
    const Result<QByteArray> bytes = RequestSerializer::serialize(head, {"api.test", false, {}});
    QVERIFY(!bytes);
    QCOMPARE(bytes.error().code, ErrorCode::Internal);
}

void TestRequestSerializer::knowsIdempotentMethods()
{
    for (const char* method : {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"})
        QVERIFY2(RequestSerializer::isIdempotent(method), method);
    for (const char* method : {"POST", "PATCH", "get", "CONNECT", "PURGE"})
        QVERIFY2(!RequestSerializer::isIdempotent(method), method);
}

REGISTER_TEST(TestRequestSerializer)
#include "tst_requestserializer.moc"
