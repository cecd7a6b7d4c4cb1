// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "wire/jsonsplice.h"

class JsonSpliceTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splices_data();
    void splices();
    void leavesAlone_data();
    void leavesAlone();
    void splicesLargeBodies();
};

void JsonSpliceTest::splices_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("spliced");

    const auto row = [](const char* name, const char* body, const char* spliced) {
        QTest::newRow(name) << QByteArray(body) << QByteArray(spliced);
    };
    row("absent", R"({"model":"m","stream":true})",
        R"({"model":"m","stream":true,"stream_options":{"include_usage":true}})");
    row("bytes around stay",
        " {\"seed\":12345678901234567890 ,\"t\":1.0,\"u\":\"\\u00e9\", \"stream\" : true \n}\n",
        " {\"seed\":12345678901234567890 ,\"t\":1.0,\"u\":\"\\u00e9\", \"stream\" : true"
        ",\"stream_options\":{\"include_usage\":true} \n}\n");
    row("null", R"({"stream_options": null ,"stream":true})",
        R"({"stream_options": {"include_usage":true} ,"stream":true})");
    row("empty object", R"({"stream":true,"stream_options":{ }})",
        R"({"stream":true,"stream_options":{"include_usage":true }})");
    row("object with another member", R"({"stream_options":{ "x":1},"stream":true})",
        R"({"stream_options":{"include_usage":true, "x":1},"stream":true})");
    row("the words elsewhere do not count",
        R"({"messages":[{"content":"\"stream_options\":{\"include_usage\":false}","stream":false}],"stream":true})",
        R"({"messages":[{"content":"\"stream_options\":{\"include_usage\":false}","stream":false}],"stream":true,"stream_options":{"include_usage":true}})");
    row("repeat of an unrelated member", R"({"a":1,"a":2,"stream":true})",
        R"({"a":1,"a":2,"stream":true,"stream_options":{"include_usage":true}})");
}

void JsonSpliceTest::splices()
{
    QFETCH(QByteArray, body);
    const auto spliced = withIncludeUsage(body);
    QVERIFY(spliced.has_value());
    QTEST(*spliced, "spliced");
    QVERIFY(!withIncludeUsage(*spliced));
    for (qsizetype i = 0; i < body.trimmed().size(); ++i)
        QVERIFY(!withIncludeUsage(QByteArrayView(body.trimmed()).first(i)));
}

void JsonSpliceTest::leavesAlone_data()
{
    QTest::addColumn<QByteArray>("body");

    const char* const bodies[] = {"", "   ", "null", "[]", "[{\"stream\":true}]", "{}", "{\"stream\":false}",
        "{\"stream\":\"true\"}", "{\"stream\":1}", "{\"stream\":null}", "{\"stream\":tru}",
        "{\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
        "{\"stream\":true,\"stream_options\":{\"include_usage\":false}}",
        "{\"stream\":true,\"stream_options\":{\"include_usage\":null}}",
        "{\"stream\":true,\"stream_options\":{\"x\":1,\"include_usage\":false}}",
        "{\"stream\":true,\"stream_options\":[]}", "{\"stream\":true,\"stream_options\":\"x\"}",
        "{\"stream\":true,\"stream_options\":{]}", "{\"stream\":true,\"stream\":true}",
        "{\"stream\":true,\"stream\":false}",
        "{\"stream\":true,\"stream_options\":{},\"stream_options\":{\"include_usage\":false}}",
        "{\"stream\":true,\"stream_options\":{\"include_usage\":true,\"include_usage\":false}}",
        "{\"str\\u0065am\":true}", "{\"stream\":true,\"stream_option\\u0073\":{}}",
        "{\"stream\":true,\"stream_options\":{\"include_usag\\u0065\":false}}", "{\"stream\":true}}",
        "{\"stream\":true} {}", "{\"stream\":true,}", "{\"stream\":true \"a\":1}", "{\"stream\":true",
        "{\"a\":[},\"stream\":true}", "{\"a\":01,\"stream\":true}", "{'stream':true}",
        "\xEF\xBB\xBF{\"stream\":true}"};
    for (const char* const body : bodies)
        QTest::addRow("%s", body) << QByteArray(body);
    QTest::newRow("nesting bomb") << "{\"stream\":true,\"a\":" + QByteArray(1'000'000, '[');
}

void JsonSpliceTest::leavesAlone()
{
    QFETCH(QByteArray, body);
    QVERIFY(!withIncludeUsage(body));
}

void JsonSpliceTest::splicesLargeBodies()
{
    const QByteArray head = "{\"messages\":[{\"content\":\"" + QByteArray("ab\\\\\\\"").repeated(1'000'000)
        + "\"}],\"stream\":true";
    const auto spliced = withIncludeUsage(QByteArray(head + '}'));
    QVERIFY(spliced.has_value());
    QVERIFY(*spliced == head + ",\"stream_options\":{\"include_usage\":true}}");
}

REGISTER_TEST(JsonSpliceTest)
#include "tst_jsonsplice.moc"
