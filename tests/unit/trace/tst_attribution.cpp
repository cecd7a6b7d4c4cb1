// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "trace/attribution.h"

#include "base/ids.h"

class TestAttribution final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void derivesIdsFromTheRequestId();
    void nestsBelowTraceparent();
    void isNoRootBelowALangfuseTracedCaller();
    void staysRootWhenBaggageNamesAnotherTrace();
    void readsOwnHeaders();
    void readsBaggage();
    void headersBeatBaggage();
    void tagsAddUp();
    void keepsMetadataAsItCame();
    void notesMalformedMetadata_data();
    void notesMalformedMetadata();
    void readsTheSessionOfCodingAgents_data();
    void readsTheSessionOfCodingAgents();
    void takesTheUserWithoutItsSession_data();
    void takesTheUserWithoutItsSession();
    void prefersWhatIsSaidOnPurpose();
    void readsEveryFactFromAHeader();
    void stripsControlsAndCuts();
    void promptNeedsNameAndVersion();
};

namespace {

const QByteArray trace("4bf92f3577b34da6a3ce929d0e0e4736");
const QByteArray span("00f067aa0ba902b7");

AttributionFacts factsWith(const HeaderList& headers, const QByteArray& bodyUser = {})
{
    return {headers, "11111111-2222-4333-8444-555555555555", "record-1", bodyUser, {}, {}, {}};
}

QByteArray metadataOf(const Attribution& attribution, const QByteArray& key)
{
    for (const MetadataEntry& entry : attribution.metadata) {
        if (entry.key == key)
            return entry.json;
    }
    return {};
}

} // namespace

void TestAttribution::derivesIdsFromTheRequestId()
{
    const Attribution attribution = attributionOf(factsWith({}));
    QCOMPARE(attribution.traceId, QByteArray("11111111222243338444555555555555"));
    QCOMPARE(attribution.spanId, Ids::spanIdFor("record-1"));
    QCOMPARE(attribution.parentSpanId, QByteArray());
    QVERIFY(attribution.isAppRoot);
}

void TestAttribution::nestsBelowTraceparent()
{
    const Attribution attribution
        = attributionOf(factsWith({{"traceparent", "00-" + trace + '-' + span + "-01"}}));
    QCOMPARE(attribution.traceId, trace);
    QCOMPARE(attribution.parentSpanId, span);
    QCOMPARE(attribution.spanId, Ids::spanIdFor("record-1"));
    QVERIFY(attribution.isAppRoot);
}

void TestAttribution::isNoRootBelowALangfuseTracedCaller()
{
    const Attribution attribution
        = attributionOf(factsWith({{"traceparent", "00-" + trace + '-' + span + "-01"},
            {"baggage", "other=1,langfuse_trace_id=" + trace}}));
    QVERIFY(!attribution.isAppRoot);
}

void TestAttribution::staysRootWhenBaggageNamesAnotherTrace()
{
    const QByteArray other(32, 'a');
    QVERIFY(attributionOf(factsWith({{"traceparent", "00-" + trace + '-' + span + "-01"},
                              {"baggage", "langfuse_trace_id=" + other}}))
                .isAppRoot);
    QVERIFY(attributionOf(factsWith({{"baggage", "langfuse_trace_id=" + trace}})).isAppRoot);
}

void TestAttribution::readsOwnHeaders()
{
    const Attribution attribution = attributionOf(factsWith({{"X-Session-Id", " s-1 "},
        {"X-User-Id", "Ren\xe9"}, {"X-Langfuse-Tags", "one, two,,one"}, {"x-langfuse-tags", "three"}}));
    QCOMPARE(attribution.sessionId, QByteArray("s-1"));
    QCOMPARE(attribution.userId, QByteArray("Ren\xc3\xa9"));
    QCOMPARE(attribution.tags, (QList<QByteArray>{"one", "two", "three"}));
}

void TestAttribution::readsBaggage()
{
    const Attribution attribution = attributionOf(
        factsWith({{"baggage", "langfuse_session_id=s%201,langfuse_user_id=u,langfuse_tags=a%2Cb"},
            {"baggage",
                "langfuse_trace_name=checkout,langfuse_version=1.2,langfuse_environment=staging,"
                "langfuse_metadata_team=%22blue%22,langfuse_prompt_name=greet,langfuse_prompt_version=3"}}));
    QCOMPARE(attribution.sessionId, QByteArray("s 1"));
    QCOMPARE(attribution.userId, QByteArray("u"));
    QCOMPARE(attribution.tags, (QList<QByteArray>{"a", "b"}));
    QCOMPARE(attribution.traceName, QByteArray("checkout"));
    QCOMPARE(attribution.version, QByteArray("1.2"));
    QCOMPARE(attribution.environment, QByteArray("staging"));
    QCOMPARE(metadataOf(attribution, "team"), QByteArray(R"("\"blue\"")"));
    QCOMPARE(attribution.promptName, QByteArray("greet"));
    QCOMPARE(attribution.promptVersion, 3);
}

void TestAttribution::headersBeatBaggage()
{
    const Attribution attribution = attributionOf(factsWith(
        {{"x-session-id", "header"}, {"x-user-id", "header"}, {"x-langfuse-metadata", R"({"k":"header"})"},
            {"baggage", "langfuse_session_id=bag,langfuse_user_id=bag,langfuse_metadata_k=bag"}}));
    QCOMPARE(attribution.sessionId, QByteArray("header"));
    QCOMPARE(attribution.userId, QByteArray("header"));
    QCOMPARE(attribution.metadata.size(), 1);
    QCOMPARE(metadataOf(attribution, "k"), QByteArray(R"("header")"));
}

void TestAttribution::tagsAddUp()
{
    const Attribution attribution
        = attributionOf(factsWith({{"x-langfuse-tags", "b,c"}, {"baggage", "langfuse_tags=a%2Cb"}}));
    QCOMPARE(attribution.tags, (QList<QByteArray>{"a", "b", "c"}));
}

void TestAttribution::keepsMetadataAsItCame()
{
    const Attribution attribution = attributionOf(factsWith({{"X-Langfuse-Metadata",
        R"( {"n": 12345678901234567890 , "f":1.0,"o":{ "a": [1, 2 ]} ,"s":"\u00e9","caf\u00e9":null,"n":7} )"}}));
    QCOMPARE(metadataOf(attribution, "n"), QByteArray("7"));
    QCOMPARE(metadataOf(attribution, "f"), QByteArray("1.0"));
    QCOMPARE(metadataOf(attribution, "o"), QByteArray(R"({ "a": [1, 2 ]})"));
    QCOMPARE(metadataOf(attribution, "s"), QByteArray(R"("\u00e9")"));
    QCOMPARE(metadataOf(attribution, "café"), QByteArray("null"));
    QCOMPARE(attribution.metadata.size(), 5);
    const Attribution big
        = attributionOf(factsWith({{"X-Langfuse-Metadata", R"({"n": 12345678901234567890})"}}));
    QCOMPARE(metadataOf(big, "n"), QByteArray("12345678901234567890"));
}

void TestAttribution::notesMalformedMetadata_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("array") << QByteArray("[1]");
    QTest::newRow("string") << QByteArray("\"x\"");
    QTest::newRow("cut") << QByteArray(R"({"a":1)");
    QTest::newRow("bad inside") << QByteArray(R"({"a":{"b":tru}})");
    QTest::newRow("more behind") << QByteArray(R"({"a":1} x)");
    QTest::newRow("deep") << QByteArray(5000, '[');
    QTest::newRow("words") << QByteArray("key=value");
}

void TestAttribution::notesMalformedMetadata()
{
    QFETCH(QByteArray, value);
    const Attribution attribution = attributionOf(factsWith({{"X-Langfuse-Metadata", value}}));
    QCOMPARE(attribution.metadata.size(), 1);
    QCOMPARE(
        metadataOf(attribution, "x_langfuse_metadata_error"), QByteArray("\"not a JSON object, ignored\""));
}

void TestAttribution::readsTheSessionOfCodingAgents_data()
{
    QTest::addColumn<HeaderList>("headers");
    QTest::addColumn<QByteArray>("bodyUser");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray user("user_ab12_account_cd_session_9f8e-7d");
    QTest::newRow("header") << HeaderList{{"X-Claude-Code-Session-Id", "cc"}} << QByteArray()
                            << QByteArray("cc");
    QTest::newRow("user id") << HeaderList() << user << QByteArray("9f8e-7d");
    QTest::newRow("user id as JSON") << HeaderList() << QByteArray(R"({"device_id":"d","session_id":"9f8e"})")
                                     << QByteArray("9f8e");
    QTest::newRow("JSON without it") << HeaderList() << QByteArray(R"({"session_id":5})") << QByteArray();
    QTest::newRow("plain user") << HeaderList() << QByteArray("alice") << QByteArray();
    QTest::newRow("header beats body")
        << HeaderList{{"x-claude-code-session-id", "cc"}} << user << QByteArray("cc");
    QTest::newRow("explicit beats both") << HeaderList{{"x-claude-code-session-id", "cc"},
        {"x-session-id", "mine"}} << user << QByteArray("mine");
    QTest::newRow("baggage beats both")
        << HeaderList{{"x-claude-code-session-id", "cc"}, {"baggage", "langfuse_session_id=bag"}} << user
        << QByteArray("bag");
}

void TestAttribution::readsTheSessionOfCodingAgents()
{
    QFETCH(HeaderList, headers);
    QFETCH(QByteArray, bodyUser);
    QFETCH(QByteArray, expected);
    QCOMPARE(attributionOf(factsWith(headers, bodyUser)).sessionId, expected);
}

void TestAttribution::takesTheUserWithoutItsSession_data()
{
    QTest::addColumn<QByteArray>("bodyUser");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* bodyUser, const char* expected) {
        QTest::newRow(name) << QByteArray(bodyUser) << QByteArray(expected);
    };
    row("plain", "alice", "alice");
    row("Claude Code", "user_ab12_account_cd_session_9f8e-7d", "user_ab12_account_cd");
    row("later Claude Code", R"({"device_id":"d","account_uuid":"a","session_id":"s"})", "a");
    row("without an account", R"({"device_id":"d","account_uuid":"","session_id":"s"})", "d");
    row("with neither", R"({"session_id":"s"})", "");
    row("other JSON", R"({"id":"x"})", R"({"id":"x"})");
}

void TestAttribution::takesTheUserWithoutItsSession()
{
    QFETCH(QByteArray, bodyUser);
    QTEST(attributionOf(factsWith({}, bodyUser)).userId, "expected");
}

/// Takes the sources of a session away one by one, the strongest first.
void TestAttribution::prefersWhatIsSaidOnPurpose()
{
    AttributionFacts facts{
        {{"x-session-id", "own"}, {"X-Langfuse-Session-Id", "langfuse"},
            {"baggage", "langfuse_session_id=baggage"}, {"X-Claude-Code-Session-Id", "claude"},
            {"Session-Id", "codex"}, {"session_id", "older codex"}, {"conversation_id", "oldest codex"},
            {"thread-id", "thread"}},
        "r", "i", "user_session_in user", "conversation", "chain", "cache key"};
    QList<QByteArray> sessions;
    while (!facts.headers.isEmpty()) {
        sessions.append(attributionOf(facts).sessionId);
        facts.headers.remove(QByteArray((*facts.headers.begin()).name));
    }
    for (QByteArray* text :
        {&facts.bodySession, &facts.bodyUser, &facts.continuedSession, &facts.promptCacheKey}) {
        sessions.append(attributionOf(facts).sessionId);
        text->clear();
    }
    QCOMPARE(sessions,
        (QList<QByteArray>{"own", "langfuse", "baggage", "claude", "codex", "older codex", "oldest codex",
            "thread", "conversation", "in user", "chain", "cache key"}));
    QCOMPARE(attributionOf(facts).sessionId, QByteArray());
}

void TestAttribution::readsEveryFactFromAHeader()
{
    const Attribution attribution
        = attributionOf(factsWith({{"X-Langfuse-User-Id", "u"}, {"X-Langfuse-Trace-Name", "checkout"},
            {"X-Langfuse-Version", "1.2"}, {"X-Langfuse-Environment", "staging"},
            {"X-Langfuse-Prompt-Name", "greet"}, {"x-langfuse-prompt-version", "3"},
            {"X-Langfuse-Other", "ignored"}, {"x_langfuse_user_id", "not a header of ours"},
            {"baggage", "langfuse_prompt_name=bag,langfuse_prompt_version=9"}}));
    QCOMPARE(attribution.userId, QByteArray("u"));
    QCOMPARE(attribution.traceName, QByteArray("checkout"));
    QCOMPARE(attribution.version, QByteArray("1.2"));
    QCOMPARE(attribution.environment, QByteArray("staging"));
    QCOMPARE(attribution.promptName, QByteArray("greet"));
    QCOMPARE(attribution.promptVersion, 3);
    // Half a pair in the headers does not take its other half from the baggage.
    const Attribution mixed = attributionOf(factsWith({{"X-Langfuse-Prompt-Name", "greet"},
        {"baggage", "langfuse_prompt_name=bag,langfuse_prompt_version=9"}}));
    QCOMPARE(mixed.promptName, QByteArray("bag"));
    QCOMPARE(mixed.promptVersion, 9);
}

void TestAttribution::stripsControlsAndCuts()
{
    const Attribution attribution = attributionOf(factsWith({{"x-session-id", QByteArray("a\0b\tc", 5)},
        {"x-user-id", QByteArray(799, 'x') + "\xc3\xa9"}, {"baggage", "langfuse_trace_name=a%00b%0d"}}));
    QCOMPARE(attribution.sessionId, QByteArray("abc"));
    QCOMPARE(attribution.userId, QByteArray(799, 'x'));
    QCOMPARE(attribution.traceName, QByteArray("ab"));
}

void TestAttribution::promptNeedsNameAndVersion()
{
    for (const char* baggage : {"langfuse_prompt_name=a", "langfuse_prompt_version=3",
             "langfuse_prompt_name=a,langfuse_prompt_version=x"}) {
        const Attribution attribution = attributionOf(factsWith({{"baggage", baggage}}));
        QCOMPARE(attribution.promptName, QByteArray());
        QCOMPARE(attribution.promptVersion, 0);
    }
}

REGISTER_TEST(TestAttribution)
#include "tst_attribution.moc"
