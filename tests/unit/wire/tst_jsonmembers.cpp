// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "wire/jsonmembers.h"

using State = JsonMembers::State;

class JsonMembersTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void walks_data();
    void walks();
    void tellsTheUnfinishedMember();
    void isNeverFinishedBeforeTheEnd();
};

static QByteArray listed(JsonMembers* members)
{
    QByteArray list;
    while (const auto member = members->next())
        list += member->key.toByteArray() + '=' + member->value.toByteArray() + ';';
    return list;
}

void JsonMembersTest::walks_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<int>("state");

    const auto row = [](const char* text, const char* members, State state) {
        QTest::addRow("%s", text) << QByteArray(text) << QByteArray(members) << int(state);
    };
    row("{}", "", State::Finished);
    row(" { } \r\n", "", State::Finished);
    row(R"({"a":1,"b" : {"a":[1,"}"]} ,"c":"\"" })", R"(a=1;b={"a":[1,"}"]};c="\"";)", State::Finished);
    row(R"({"a":true,"a":-1.5e3})", "a=true;a=-1.5e3;", State::Finished);
    row("", "", State::Incomplete);
    row("{", "", State::Incomplete);
    row(R"({"a":1)", "", State::Incomplete);
    row(R"({"a":1,)", "a=1;", State::Incomplete);
    row(R"({"a":[1,{"b")", "", State::Incomplete);
    row("[]", "", State::Malformed);
    row("{,}", "", State::Malformed);
    row(R"({"a":1,})", "a=1;", State::Malformed);
    row(R"({"a":1 "b":2})", "a=1;", State::Malformed);
    row(R"({"a" 1})", "", State::Malformed);
    row(R"({"a":})", "", State::Malformed);
    row(R"({a:1})", "", State::Malformed);
    row("{} x", "", State::Malformed);
    row("{}{}", "", State::Malformed);
}

void JsonMembersTest::walks()
{
    QFETCH(QByteArray, text);
    JsonMembers members(text);
    QTEST(listed(&members), "members");
    QTEST(int(members.state()), "state");
}

void JsonMembersTest::tellsTheUnfinishedMember()
{
    JsonMembers members(R"({"a":1,"choices":[{"x")");
    QCOMPARE(listed(&members), "a=1;");
    QCOMPARE(members.partialKey().toByteArray(), "choices");
    QCOMPARE(members.partialValue().toByteArray(), "[{\"x\"");

    JsonMembers number(R"({"a":12)");
    QCOMPARE(listed(&number), "");
    QCOMPARE(number.partialValue().toByteArray(), "12");
}

void JsonMembersTest::isNeverFinishedBeforeTheEnd()
{
    const QByteArray text = R"({"a":[{}],"b":"x\\","c":-1.5,"d":null})";
    for (qsizetype i = 0; i < text.size(); ++i) {
        JsonMembers members(QByteArrayView(text).first(i));
        (void)listed(&members);
        QCOMPARE(members.state(), State::Incomplete);
    }
}

REGISTER_TEST(JsonMembersTest)
#include "tst_jsonmembers.moc"
