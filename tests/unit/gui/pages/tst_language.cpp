// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The translations: all of their texts are translated, with what stands for numbers and names, and they are
// used.

#include "gui/connect/connectpage.h"
#include "gui/conversation/conversationblocks.h"
#include "gui/delivery/deliverytext.h"
#include "gui/detail/diffhtml.h"
#include "gui/language/language.h"
#include "support/testprogram.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QLabel>
#include <QRegularExpression>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

#include <algorithm>

namespace {

struct Message
{
    QString source;
    QStringList translations; // several for numbers
    bool isFinished = false;
    bool isNumerus = false;
};

QList<Message> messagesIn(const char* language)
{
    QFile file(QStringLiteral(SOURCE_DIR "/resources/translations/langfuse-proxy-gui_%1.ts")
                   .arg(QLatin1String(language)));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no %s", qUtf8Printable(file.fileName()));
    QList<Message> messages;
    QXmlStreamReader xml(&file);
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement())
            continue;
        if (xml.name() == QLatin1String("message")) {
            messages.append(Message());
            messages.last().isNumerus
                = xml.attributes().value(QLatin1String("numerus")) == QLatin1String("yes");
        } else if (xml.name() == QLatin1String("source")) {
            messages.last().source = xml.readElementText();
        } else if (xml.name() == QLatin1String("translation")) {
            messages.last().isFinished = !xml.attributes().hasAttribute(QLatin1String("type"));
            if (!messages.last().isNumerus)
                messages.last().translations.append(xml.readElementText());
        } else if (xml.name() == QLatin1String("numerusform")) {
            messages.last().translations.append(xml.readElementText());
        }
    }
    return messages;
}

/// %1, %2 and %n, in order, each once.
QStringList placesOf(const QString& text)
{
    static const QRegularExpression place(QStringLiteral("%(\\d|n)"));
    QStringList places;
    for (auto it = place.globalMatch(text); it.hasNext();)
        places.append(it.next().captured());
    places.removeDuplicates();
    places.sort();
    return places;
}

bool hasKey(const QString& text)
{
    static const QRegularExpression key(QStringLiteral("&[^& ]"));
    return text.contains(key);
}

/// What the card of the tools says of that many tools without a word of description.
QString noteOfTools(int tools)
{
    QJsonArray list;
    for (int i = 0; i < tools; ++i)
        list.append(QJsonObject{{QStringLiteral("name"), QStringLiteral("bash")}});
    const QJsonObject call{{QStringLiteral("input"), QJsonObject{{QStringLiteral("tools"), list}}}};
    const auto blocks = ConversationBlocks::of(call, {});
    return blocks.isEmpty() ? QString() : blocks.first().note;
}

bool hasTranslations()
{
    return QFile::exists(QStringLiteral(":/translations/langfuse-proxy-gui_de.qm"));
}

} // namespace

class TestLanguage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingIsTranslated_data()
    {
        QTest::addColumn<QByteArray>("language");
        QTest::addColumn<int>("least");
        QTest::newRow("German") << QByteArray("de") << 500;
        QTest::newRow("English plurals") << QByteArray("en") << 10;
    }
    void everythingIsTranslated()
    {
        QFETCH(QByteArray, language);
        QFETCH(int, least);
        const QList<Message> messages = messagesIn(language.constData());
        QVERIFY(messages.size() >= least);
        for (const Message& message : messages) {
            const QByteArray source = message.source.toUtf8();
            QVERIFY2(message.isFinished, source.constData());
            QCOMPARE(message.translations.size(), message.isNumerus ? 2 : 1);
            for (const QString& translation : message.translations) {
                QVERIFY2(!translation.isEmpty(), source.constData());
                QVERIFY2(placesOf(translation) == placesOf(message.source), source.constData());
                QVERIFY2(hasKey(translation) == hasKey(message.source), source.constData());
                // What stands around other words keeps its blanks.
                QVERIFY2(translation.startsWith(u' ') == message.source.startsWith(u' '), source.constData());
                QVERIFY2(translation.count(u'\n') == message.source.count(u'\n'), source.constData());
            }
        }
    }

    void germanIsSpokenWhereItIsWanted()
    {
        if (!hasTranslations())
            QSKIP("built without Qt's LinguistTools");
        QVERIFY(installLanguage(QLocale(QLocale::German, QLocale::Switzerland)));
        ConnectPage page;
        QCOMPARE(page.findChild<QLabel*>(QStringLiteral("connectHeading"))->text(),
            QStringLiteral("Nichts ist geöffnet"));
        DeliveryFacts facts;
        facts.isKnown = facts.isEnabled = true;
        facts.failures = 1;
        QCOMPARE(DeliveryText::heading(facts), QStringLiteral("1 Versuch ist gescheitert"));
        facts.failures = 3;
        QCOMPARE(DeliveryText::heading(facts), QStringLiteral("3 Versuche nacheinander sind gescheitert"));
        QVERIFY2(
            noteOfTools(2).startsWith(QStringLiteral("2 Definitionen · ")), qUtf8Printable(noteOfTools(2)));
        QCOMPARE(DiffHtml::nameOf("message 4 (user)"), QStringLiteral("Nachricht 4 (user)"));
        QCOMPARE(DiffHtml::nameOf("order of the tools"), QStringLiteral("Reihenfolge der Tools"));
        QCOMPARE(DiffHtml::nameOf("something else"), QStringLiteral("something else"));
    }

    void othersReadEnglishWithItsPlurals()
    {
        if (!hasTranslations())
            QSKIP("built without Qt's LinguistTools");
        QVERIFY(!installLanguage(QLocale(QLocale::Finnish)));
        DeliveryFacts facts;
        facts.isKnown = facts.isEnabled = true;
        facts.failures = 1;
        QCOMPARE(DeliveryText::heading(facts), QStringLiteral("1 attempt has failed"));
        facts.failures = 2;
        QCOMPARE(DeliveryText::heading(facts), QStringLiteral("2 attempts in a row have failed"));
        QVERIFY2(
            noteOfTools(1).startsWith(QStringLiteral("1 definition · ")), qUtf8Printable(noteOfTools(1)));
        QVERIFY2(
            noteOfTools(2).startsWith(QStringLiteral("2 definitions · ")), qUtf8Printable(noteOfTools(2)));
        QCOMPARE(ConversationBlocks::tokenEstimate(QStringLiteral("Hi")), QStringLiteral("~1 token"));
        QCOMPARE(ConversationBlocks::tokenEstimate(QStringLiteral("Hi there")), QStringLiteral("~2 tokens"));
    }

    // Other tests of this program speak as the sources do.
    void cleanup() { qDeleteAll(QCoreApplication::instance()->findChildren<QTranslator*>()); }
};

REGISTER_TEST(TestLanguage)
#include "tst_language.moc"
