// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// CallDiff: what changed between two requests, and where the prompt cache breaks.

#include "app/calldiff.h"
#include "cli/difftext.h"
#include "support/testprogram.h"

#include <QJsonDocument>
#include <QJsonObject>

class TestCallDiff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsChanges_data();
    void findsChanges();
    void showsWhereATextChanged();
    void writesJson();
};

namespace {

QByteArray message(const QByteArray& role, const QByteArray& text)
{
    return "{\"role\":\"" + role + "\",\"parts\":[{\"kind\":\"text\",\"text\":\"" + text + "\"}]}";
}

QJsonObject callWith(const QByteArrayList& messages, const QByteArray& tools = {},
    const QByteArray& parameters = {}, const QByteArray& model = "gpt-5")
{
    return QJsonDocument::fromJson("{\"requestModel\":\"" + model + "\",\"parameters\":{" + parameters
        + "},\"input\":{\"messages\":[" + messages.join(',') + "],\"tools\":[" + tools + "]}}")
        .object();
}

} // namespace

void TestCallDiff::findsChanges_data()
{
    QTest::addColumn<QJsonObject>("first");
    QTest::addColumn<QJsonObject>("second");
    QTest::addColumn<QByteArrayList>("names");
    QTest::addColumn<int>("shared");
    QTest::addColumn<QByteArray>("breaksAt");
    const QByteArrayList turn{message("system", "be kind"), message("user", "hi")};
    const QByteArrayList next = turn + QByteArrayList{message("assistant", "yes"), message("user", "more")};
    QTest::newRow("the same") << callWith(turn) << callWith(turn) << QByteArrayList{} << 2 << QByteArray();
    QTest::newRow("the conversation goes on")
        << callWith(turn) << callWith(next) << QByteArrayList{"message 3 (assistant)", "message 4 (user)"}
        << 2 << QByteArray();
    QTest::newRow("a message in the middle")
        << callWith(next) << callWith({next[0], message("user", "ho"), next[2], next[3]})
        << QByteArrayList{"message 2 (user)"} << 1 << QByteArray("message 2 (user)");
    QTest::newRow("the system prompt")
        << callWith(turn) << callWith({message("system", "be kind. It is 12:01"), turn[1]})
        << QByteArrayList{"message 1 (system)"} << 0 << QByteArray("message 1 (system)");
    QTest::newRow("a tool more") << callWith(turn, R"({"name":"a"})")
                                 << callWith(turn, R"({"name":"a"},{"name":"b"})") << QByteArrayList{"tool b"}
                                 << 2 << QByteArray("tool b");
    QTest::newRow("tools in another order")
        << callWith(turn, R"({"name":"a"},{"name":"b"})") << callWith(turn, R"({"name":"b"},{"name":"a"})")
        << QByteArrayList{"order of the tools"} << 2 << QByteArray("order of the tools");
    QTest::newRow("a parameter") << callWith(turn, {}, R"("temperature":0.5)")
                                 << callWith(turn, {}, R"("temperature":1)")
                                 << QByteArrayList{"parameter temperature"} << 2 << QByteArray();
    QTest::newRow("another model") << callWith(turn) << callWith(turn, {}, {}, "gpt-6")
                                   << QByteArrayList{"model"} << 2 << QByteArray("model");
    QTest::newRow("a shorter one") << callWith(next) << callWith(turn)
                                   << QByteArrayList{"message 3 (assistant)", "message 4 (user)"} << 2
                                   << QByteArray();
}

void TestCallDiff::findsChanges()
{
    QFETCH(QJsonObject, first);
    QFETCH(QJsonObject, second);
    const CallDiff diff = CallDiff::between(first, second);
    QByteArrayList names;
    for (const CallDiff::Item& item : diff.items)
        names.append(item.name);
    QTEST(names, "names");
    QTEST(int(diff.sharedMessages), "shared");
    QTEST(diff.breaksAt, "breaksAt");
    QCOMPARE(diff.isCacheWhole, diff.breaksAt.isEmpty());
}

void TestCallDiff::showsWhereATextChanged()
{
    const QByteArray front(1000, 'x');
    const CallDiff diff = CallDiff::between(callWith({message("user", front + " old" + front)}),
        callWith({message("user", front + " new" + front)}));
    const QByteArray text = diffText(diff, false);
    QVERIFY2(text.contains(" old") && text.contains(" new") && text.size() < 1500, text.constData());
    QVERIFY(text.endsWith("The prompt cache serves the front up to message 1 (user).\n"));
    QVERIFY(diffText(diff, true).contains("\x1b[31m  - "));
}

void TestCallDiff::writesJson()
{
    const QJsonObject json = QJsonDocument::fromJson(
        CallDiff::between(callWith({message("user", "a")}), callWith({message("user", "b")})).json())
                                 .object();
    QCOMPARE(json.value(QLatin1String("cache")).toString(), QStringLiteral("breaks"));
    QCOMPARE(json.value(QLatin1String("same")).toBool(), false);
}

REGISTER_TEST(TestCallDiff)
#include "tst_calldiff.moc"
