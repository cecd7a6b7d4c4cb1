// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The conversation as people see it: folded cards, pictures, find, text that streams in.

#include "../pages/keptpicture.h"
#include "detailsamples.h"
#include "gui/conversation/conversationbrowser.h"
#include "gui/conversation/conversationview.h"
#include "support/testprogram.h"

#include <QClipboard>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTextCursor>
#include <QTextFrame>
#include <QTextBlock>
#include <QToolButton>

namespace {

QJsonObject progressText(const QString& text, int part = 0, const QString& kind = QStringLiteral("text"))
{
    return {{QStringLiteral("textShown"), true},
        {QStringLiteral("texts"),
            QJsonArray{QJsonObject{{QStringLiteral("message"), 0}, {QStringLiteral("part"), part},
                {QStringLiteral("kind"), kind}, {QStringLiteral("text"), text}}}}};
}

ConversationBrowser* browserOf(const ConversationView& view)
{
    return view.findChild<ConversationBrowser*>(QStringLiteral("conversationText"));
}

QString shownBy(const ConversationView& view)
{
    return browserOf(view)->toPlainText().trimmed();
}

void follow(const ConversationView& view, const QString& link)
{
    Q_EMIT browserOf(view)->anchorClicked(QUrl(link));
}

} // namespace

class TestConversationView final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void opensAtWhatIsNew();
    void keepsFoldsForEveryCall();
    void expandsAll();
    void showsLongCardsInPart();
    void copiesACard();
    void loadsOnlyItsOwnPictures();
    void findsWords();
    void streamsText();
    void followsItsEndUnlessScrolled();
    void laysNoLongAnswerOutWholeWithEachPiece();
    void laysOutQuickly();

private:
    QTemporaryDir m_dir;
};

void TestConversationView::init()
{
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_dir.path());
    QSettings().clear();
}

void TestConversationView::opensAtWhatIsNew()
{
    QJsonArray input = detailHistory();
    input.append(detailText(QStringLiteral("assistant"), QStringLiteral("old line\n\n").repeated(300)));
    input.append(detailText(QStringLiteral("user"), QStringLiteral("the new question")));
    const QJsonObject call = detailCall(QStringLiteral("a"), input,
        {detailText(QStringLiteral("assistant"), QStringLiteral("new line\n\n").repeated(300))});
    QSettings().setValue(QStringLiteral("conv/collapse/history"), false);
    ConversationView view;
    view.resize(700, 400);
    view.show();
    view.showCall(call, {});
    QVERIFY(shownBy(view).contains(QStringLiteral("old line")));
    const double top = browserOf(view)->anchorTop(QStringLiteral("new"));
    QVERIFY(top > 400);
    QVERIFY(qAbs(browserOf(view)->verticalScrollBar()->value() - top) < 60);
}

void TestConversationView::keepsFoldsForEveryCall()
{
    {
        ConversationView view;
        view.showCall(secondTurn(), {});
        QVERIFY(shownBy(view).contains(QStringLiteral("▸ System")));
        QVERIFY(!shownBy(view).contains(QStringLiteral("Why does the test fail?")));
        QVERIFY(shownBy(view).contains(QStringLiteral("no such command")));
        follow(view, QStringLiteral("fold:history:2"));
        QVERIFY(shownBy(view).contains(QStringLiteral("Why does the test fail?")));
        follow(view, QStringLiteral("fold:tool_result:9"));
        view.showCall(firstTurn(), {});
        view.showCall(secondTurn(), {});
        QVERIFY(shownBy(view).contains(QStringLiteral("Why does the test fail?")));
        QVERIFY(shownBy(view).contains(QStringLiteral("▸ Tool result")));
        QVERIFY(shownBy(view).contains(QStringLiteral("no such command"))); // its beginning, in red
    }
    ConversationView again; // after a restart
    again.showCall(secondTurn(), {});
    QVERIFY(shownBy(again).contains(QStringLiteral("▸ Tool result")));
    QVERIFY(shownBy(again).contains(QStringLiteral("Why does the test fail?")));
    QCOMPARE(QSettings().value(QStringLiteral("conv/collapse/tool_result")).toBool(), true);
}

void TestConversationView::expandsAll()
{
    ConversationView view;
    view.showCall(secondTurn(), {});
    view.findChild<QToolButton*>(QStringLiteral("expandAll"))->click();
    QVERIFY(!shownBy(view).contains(QStringLiteral("▸")));
    QVERIFY(shownBy(view).contains(QStringLiteral("Why does the test fail?")));
    QVERIFY(!QSettings().contains(QStringLiteral("conv/collapse/history")));
    view.findChild<QToolButton*>(QStringLiteral("expandAll"))->click();
    QVERIFY(!shownBy(view).contains(QStringLiteral("Why does the test fail?")));
}

void TestConversationView::showsLongCardsInPart()
{
    ConversationView view;
    view.showCall(
        detailCall(QStringLiteral("a"), {},
            {detailText(QStringLiteral("assistant"), QString(100'000, u'x') + QStringLiteral("END"))}),
        {});
    QVERIFY(!shownBy(view).contains(QStringLiteral("END")));
    follow(view, QStringLiteral("whole:0"));
    QVERIFY(shownBy(view).contains(QStringLiteral("END")));
}

void TestConversationView::copiesACard()
{
    ConversationView view;
    view.showCall(firstTurn(), {});
    follow(view, QStringLiteral("copy:2"));
    QCOMPARE(QGuiApplication::clipboard()->text(), view.blocks().at(2).text);
    const QSignalSpy wanted(&view, &ConversationView::rawWanted);
    follow(view, QStringLiteral("raw:") + view.blocks().at(2).path);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.first().first().toString(), view.blocks().at(2).path);
    follow(view, QStringLiteral("copy:999")); // forged or old
    follow(view, QStringLiteral("fold:user:999"));
}

void TestConversationView::loadsOnlyItsOwnPictures()
{
    ConversationView view;
    view.showCall(secondTurn(), {});
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("secret.png"));
    QImage(4, 4, QImage::Format_RGB32).save(file);
    ConversationBrowser* browser = browserOf(view);
    const int image = QTextDocument::ImageResource;
    QVERIFY(!browser->loadResource(image, QUrl::fromLocalFile(file)).isValid());
    QVERIFY(!browser->loadResource(image, QUrl(file)).isValid());
    QVERIFY(!browser->loadResource(QTextDocument::HtmlResource, QUrl::fromLocalFile(file)).isValid());
    QCOMPARE(
        browser->loadResource(image, QUrl(QStringLiteral("picture:11"))).value<QImage>().size(), QSize(1, 1));
    QVERIFY(!browser->loadResource(image, QUrl(QStringLiteral("picture:99"))).isValid());
    QVERIFY(ConversationBrowser::thumbnail("data:image/svg+xml;base64,PHN2Zy8+", 1).isNull());
    QVERIFY(ConversationBrowser::thumbnail("data:image/png;base64,AAAA", 1).isNull());
}

void TestConversationView::findsWords()
{
    ConversationView view;
    view.show();
    view.showCall(firstTurn(), {});
    auto* text = view.findChild<QLineEdit*>(QStringLiteral("findText"));
    QVERIFY(!text->isVisible());
    view.findChild<QToolButton*>(QStringLiteral("findButton"))->click();
    QVERIFY(text->isVisible());
    QTest::keyClicks(text, QStringLiteral("stats"));
    QCOMPARE(browserOf(view)->textCursor().selectedText(), QStringLiteral("stats"));
    const int first = browserOf(view)->textCursor().position();
    QTest::keyClick(text, Qt::Key_Return);
    QVERIFY(browserOf(view)->textCursor().position() > first);
    QTest::keyClick(text, Qt::Key_Return); // from the start again
    QCOMPARE(browserOf(view)->textCursor().position(), first);
    QTest::keyClick(text, Qt::Key_Escape);
    QVERIFY(!text->isVisible());
}

void TestConversationView::streamsText()
{
    ConversationView view;
    view.show();
    LiveDocument before;
    before.setPreview(QStringLiteral("the question"));
    before.add(progressText(QStringLiteral("pondering"), 0, QStringLiteral("thinking")));
    view.beginLive(QStringLiteral("anthropic"), before);
    QVERIFY(shownBy(view).contains(QStringLiteral("the question")));
    QVERIFY(shownBy(view).contains(QStringLiteral("pondering")));
    view.addProgress(progressText(QStringLiteral("Hel"), 1));
    QTRY_VERIFY(shownBy(view).endsWith(QStringLiteral("Hel")));
    view.addProgress(progressText(QStringLiteral("lo **you"), 1));
    QTRY_VERIFY(shownBy(view).endsWith(QStringLiteral("Hello **you")));
    view.addProgress(progressText(QStringLiteral("** "), 1));
    view.addProgress(progressText(QStringLiteral("{\"a\":"), 2, QStringLiteral("tool_call")));
    QTRY_VERIFY(shownBy(view).endsWith(QStringLiteral("{\"a\":")));
    QVERIFY(shownBy(view).contains(QStringLiteral("Hello you"))); // laid out, now that it is whole
    view.addProgress(progressText(QStringLiteral("1}").repeated(2000), 2, QStringLiteral("tool_call")));
    QTRY_VERIFY(shownBy(view).endsWith(QStringLiteral("1}")));
    for (QTextBlock block = browserOf(view)->document()->begin(); block.isValid(); block = block.next())
        QVERIFY(block.length() <= 1100);
    view.showCall(firstTurn(), {});
    view.addProgress(progressText(QStringLiteral("too late"), 3));
    QVERIFY(!shownBy(view).contains(QStringLiteral("too late")));
}

void TestConversationView::followsItsEndUnlessScrolled()
{
    ConversationView view;
    view.resize(500, 300);
    view.show();
    view.beginLive(QStringLiteral("openai"), {});
    view.addProgress(progressText(QStringLiteral("line\n").repeated(100)));
    QScrollBar* bar = browserOf(view)->verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 0);
    QTRY_COMPARE(bar->value(), bar->maximum());
    view.addProgress(progressText(QStringLiteral("more\n").repeated(100)));
    QTRY_VERIFY(shownBy(view).contains(QStringLiteral("more")));
    QCOMPARE(bar->value(), bar->maximum());
    bar->setValue(100);
    view.addProgress(progressText(QStringLiteral("last\n").repeated(100)));
    QTRY_VERIFY(shownBy(view).contains(QStringLiteral("last")));
    QCOMPARE(bar->value(), 100);
}

/// Prints its figures; the budgets are those of a release build, here with room for slow machines.
// What a piece costs must not grow with what came before: Qt lays out a whole cell for each.
void TestConversationView::laysNoLongAnswerOutWholeWithEachPiece()
{
    ConversationView view;
    view.show();
    view.beginLive(QStringLiteral("openai"), {});
    QString whole;
    for (int piece = 0; piece < 12; ++piece) {
        QString text;
        for (int word = 0; word < 200; ++word)
            text += QStringLiteral("w%1 ").arg(piece * 1000 + word);
        text += QStringLiteral("end%1").arg(piece);
        whole += text;
        view.addProgress(progressText(text));
        QTRY_VERIFY(shownBy(view).endsWith(QStringLiteral("end%1").arg(piece)));
    }
    QString together;
    int longest = 0;
    for (const QTextFrame* frame : browserOf(view)->document()->rootFrame()->childFrames()) {
        longest = std::max(longest, frame->lastPosition() - frame->firstPosition());
        QTextCursor cursor(browserOf(view)->document());
        cursor.setPosition(frame->firstPosition());
        cursor.setPosition(frame->lastPosition(), QTextCursor::KeepAnchor);
        together += cursor.selectedText();
    }
    QVERIFY2(longest < 10'000, qPrintable(QString::number(longest)));
    const auto wordsOnly = [](QString text) { return text.remove(QChar::ParagraphSeparator).remove(u'\n'); };
    QVERIFY(wordsOnly(together).endsWith(wordsOnly(whole)));
}

void TestConversationView::laysOutQuickly()
{
    for (const qsizetype bytes : {qsizetype(200'000), qsizetype(1'000'000)}) {
        QJsonArray input;
        const QString text = QStringLiteral("Some words of **Markdown**, with `code`.\n\n- one\n- two\n\n");
        for (qsizetype size = 0; size < bytes; size += 4000) {
            input.append(detailText(QStringLiteral("user"), text.repeated(36)));
            input.append(detailText(QStringLiteral("assistant"), text.repeated(36)));
        }
        input.append(detailText(QStringLiteral("user"), QStringLiteral("and now?")));
        const QJsonObject call = detailCall(QString::number(bytes), input, detailCallingAnswer());
        ConversationView view;
        view.resize(900, 600);
        view.show();
        QElapsedTimer timer;
        timer.start();
        view.showCall(call, {});
        QApplication::processEvents();
        qInfo("%lld bytes: shown after %lld ms", qint64(bytes), timer.restart());
        view.beginLive(QStringLiteral("openai"), {});
        for (int i = 0; i < 200; ++i)
            view.addProgress(progressText(QStringLiteral("word ").repeated(20)));
        QTRY_VERIFY(shownBy(view).endsWith(QStringLiteral("word")));
    }
}

REGISTER_TEST(TestConversationView)
#include "tst_conversationview.moc"
