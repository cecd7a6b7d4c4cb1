// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "proxy/errorbody.h"
#include "support/testprogram.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

class TestErrorBody final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasThePredecessorsShape();
    void escapes_data();
    void escapes();
};

void TestErrorBody::hasThePredecessorsShape()
{
    QCOMPARE(errorBody("/x not found", "invalid_request_error", "not_found"),
        R"({"error":{"message":"/x not found","type":"invalid_request_error","code":"not_found"}})"_ba);
}

void TestErrorBody::escapes_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QString>("read");
    QTest::newRow("empty") << ""_ba << u""_s;
    QTest::newRow("quotes and backslashes") << R"(a "b" \c)"_ba << uR"(a "b" \c)"_s;
    QTest::newRow("control characters") << "a\r\n\t\x01"_ba << u"a\r\n\t\u0001"_s;
    QTest::newRow("NUL") << QByteArray("a\0b", 3) << QString(u"a\0b"_s);
    QTest::newRow("beyond ASCII") << "Gr\xc3\xbc\xc3\x9f"_ba << u"Gr\u00fc\u00df"_s;
    QTest::newRow("not UTF-8") << "a\xff"_ba << u"a\ufffd"_s;
    QTest::newRow("closing the object") << R"("}} , {"x":")"_ba << uR"("}} , {"x":")"_s;
}

void TestErrorBody::escapes()
{
    QFETCH(QByteArray, message);
    QFETCH(QString, read);
    QJsonParseError parseError;
    const QJsonDocument document = QJsonDocument::fromJson(errorBody(message, message, "c"), &parseError);
    QCOMPARE(parseError.error, QJsonParseError::NoError);
    const QJsonObject error = document.object()[u"error"_s].toObject();
    QCOMPARE(error[u"message"_s].toString(), read);
    QCOMPARE(error[u"type"_s].toString(), read);
    QCOMPARE(error[u"code"_s].toString(), u"c"_s);
}

REGISTER_TEST(TestErrorBody)
#include "tst_errorbody.moc"
