// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "wire/vectorfilter.h"

class TestVectorFilter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filters_data();
    void filters();
};

void TestVectorFilter::filters_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const QByteArray& document, const char* expected) {
        QTest::newRow(name) << document << (expected ? QByteArray(expected) : document);
    };
    row("numbers", R"({"embedding":[0.25,-1.5e-3,3],"index":0})", R"({"embedding":3,"index":0})");
    row("spaces", "{\"values\" : [ \n -1 , 2 ] }", "{\"values\" : 2 }");
    row("base64 of two floats", R"({"embedding":"AACAPgAAwL8="})", R"({"embedding":2})");
    row("escaped slashes in base64", R"({"embedding":"\/\/\/\/\/w=="})", R"({"embedding":1})");
    row("in depth", R"({"a":[{"embedding":{"values":[1]}},{"values":[1,2]}]})",
        R"({"a":[{"embedding":{"values":1}},{"values":2}]})");
    row("vectors of vectors", R"({"embedding":[[1,2],[3,4]]})", nullptr);
    row("an empty vector", R"({"embedding":[]})", nullptr);
    row("texts", R"({"values":["a","b"],"x":1})", nullptr);
    row("a text", R"({"values":"abc"})", nullptr);
    row("null", R"({"embedding":null,"values":true})", nullptr);
    row("other keys", R"({"vector":[1,2],"embeddings":[3],"embedding ":[4]})", nullptr);
    row("a long key", "{\"embeddingembeddingembedding\":[1,2]}", nullptr);
    row("a value that is called so", R"({"a":"embedding","b":[1,2],"c":["embedding",[1]]})", nullptr);
    row("keys inside strings", R"({"a":"\"embedding\":[1,2]","b\"":[1]})", nullptr);
    row("no vector behind its first number", R"({"embedding":[1,"]",{"a":[2]},"\"]"],"b":2})",
        R"({"embedding":4,"b":2})");
    row("no document", "data: [1,2]\n\n", nullptr);
    row("an error", R"({"error":{"message":"bad","code":null}})", nullptr);
    row("cut in a vector", R"({"embedding":[1,2)", R"({"embedding":)");
}

void TestVectorFilter::filters()
{
    QFETCH(QByteArray, document);
    QFETCH(QByteArray, expected);
    for (qsizetype i = 0; i <= document.size(); ++i) {
        VectorFilter filter;
        QByteArray out = filter.filter(document.first(i));
        out += filter.filter(document.sliced(i));
        QCOMPARE(out, expected);
    }
    VectorFilter filter;
    QByteArray out;
    for (const char c : document)
        out += filter.filter(QByteArrayView(&c, 1));
    QCOMPARE(out, expected);
}

REGISTER_TEST(TestVectorFilter)
#include "tst_vectorfilter.moc"
