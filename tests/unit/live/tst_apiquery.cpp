// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// ApiQuery: the target of a request taken apart.

#include "live/apiquery.h"
#include "support/testprogram.h"

class TestApiQuery final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesTargetsApart_data();
    void takesTargetsApart();
    void refuses_data();
    void refuses();
    void matchesPaths_data();
    void matchesPaths();
};

void TestApiQuery::takesTargetsApart_data()
{
    QTest::addColumn<QList<QByteArray>>("segments");
    QTest::addColumn<QByteArray>("parameters"); // name=value, each in a line
    using Segments = QList<QByteArray>;
    QTest::newRow("/api") << Segments() << QByteArray();
    QTest::newRow("/api/traces") << Segments{"traces"} << QByteArray();
    QTest::newRow("/api/traces/") << Segments{"traces", ""} << QByteArray();
    QTest::newRow("/api/traces/a%2Fb/request") << Segments{"traces", "a%2Fb", "request"} << QByteArray();
    QTest::newRow("/api/x?") << Segments{"x"} << QByteArray();
    QTest::newRow("/api/x?a=1&b=2&a=3") << Segments{"x"} << QByteArray("a=1\nb=2\na=3\n");
    QTest::newRow("/api/x?a=1+2%20%2B&&b") << Segments{"x"} << QByteArray("a=1 2 +\nb=\n");
    QTest::newRow("/api/x?q=a=b?c/d") << Segments{"x"} << QByteArray("q=a=b?c/d\n");
    QTest::newRow("/api/x?n%61me=%C3%A9") << Segments{"x"} << QByteArray("name=\xc3\xa9\n");
}

void TestApiQuery::takesTargetsApart()
{
    QFETCH(QList<QByteArray>, segments);
    QFETCH(QByteArray, parameters);
    const auto query = ApiQuery::parse(QTest::currentDataTag());
    QVERIFY(query);
    QCOMPARE(query->segments, segments);
    QByteArray found;
    for (const ApiParameter& parameter : query->parameters)
        found += parameter.name + '=' + parameter.value + '\n';
    QCOMPARE(found, parameters);
}

void TestApiQuery::refuses_data()
{
    QTest::addColumn<QString>("subject");
    QTest::newRow("/api/x?a=%") << QStringLiteral("a");
    QTest::newRow("/api/x?a=%4") << QStringLiteral("a");
    QTest::newRow("/api/x?a=%zz") << QStringLiteral("a");
    QTest::newRow("/api/x?b=1&a=%00") << QStringLiteral("a");
    QTest::newRow("/api/x?a=%C3") << QStringLiteral("a");
    QTest::newRow("/api/x?%FF=1") << QStringLiteral("query");
}

void TestApiQuery::refuses()
{
    QFETCH(QString, subject);
    const auto query = ApiQuery::parse(QTest::currentDataTag());
    QVERIFY(!query);
    QCOMPARE(query.error().code, ErrorCode::BadRequest);
    QCOMPARE(query.error().subject, subject);
}

void TestApiQuery::matchesPaths_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<bool>("fits");
    const auto row = [](const char* target, const char* pattern, bool fits) {
        QTest::addRow("%s %s", target, pattern) << QByteArray(pattern) << fits;
    };
    row("/api/traces?a=1", "/api/traces", true);
    row("/api/traces/", "/api/traces", false);
    row("/api/traces/x", "/api/traces/*", true);
    row("/api/traces/", "/api/traces/*", false);
    row("/api/traces/x/y", "/api/traces/*", false);
    row("/api/traces/x/request", "/api/traces/*/request", true);
    row("/api/Traces", "/api/traces", false);
}

void TestApiQuery::matchesPaths()
{
    QFETCH(QByteArray, pattern);
    QFETCH(bool, fits);
    const QByteArray target = QByteArray(QTest::currentDataTag()).split(' ').first();
    QCOMPARE(ApiQuery::parse(target)->hasPath(pattern.constData()), fits);
}

REGISTER_TEST(TestApiQuery)
#include "tst_apiquery.moc"
