// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Markdown of models as HTML.

#include "gui/conversation/markdownhtml.h"
#include "support/testprogram.h"

#include <QTest>

class TestMarkdownHtml final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rendersMarkdown_data();
    void rendersMarkdown();
    void showsWhatIsTooMuchAsItIs_data();
    void showsWhatIsTooMuchAsItIs();
};

void TestMarkdownHtml::rendersMarkdown_data()
{
    QTest::addColumn<QString>("markdown");
    QTest::addColumn<QString>("there");
    QTest::addColumn<QString>("notThere");
    QTest::newRow("strong") << QStringLiteral("a **b** c") << QStringLiteral("<strong>b</strong>")
                            << QString();
    QTest::newRow("code") << QStringLiteral("```\nx < 1\n```") << QStringLiteral("x &lt; 1")
                          << QStringLiteral("<pre>");
    QTest::newRow("a table") << QStringLiteral("|a|b|\n|---|---|\n|1|2|") << QStringLiteral("<td>1</td>")
                             << QString();
    QTest::newRow("tags stay text") << QStringLiteral("<b onclick=x>hi</b> <img src='file:///etc/passwd'>")
                                    << QStringLiteral("&lt;b onclick") << QStringLiteral("<img");
    QTest::newRow("an image is a note") << QStringLiteral("![a cat](http://x.example/c.png)")
                                        << QStringLiteral("[image a cat]") << QStringLiteral("c.png");
    QTest::newRow("a link") << QStringLiteral("[x](https://x.example/)")
                            << QStringLiteral("href=\"https://x.example/\"") << QString();
    QTest::newRow("a link to a file")
        << QStringLiteral("[x](file:///etc/passwd)") << QStringLiteral("<a>x") << QStringLiteral("passwd");
    QTest::newRow("a link of ours") << QStringLiteral("[x](copy:1)") << QStringLiteral("<a>x")
                                    << QStringLiteral("copy:");
}

void TestMarkdownHtml::rendersMarkdown()
{
    QFETCH(QString, markdown);
    QFETCH(QString, there);
    QFETCH(QString, notThere);
    const QString html = markdownHtml(markdown, QStringLiteral("white-space:pre-wrap"));
    QVERIFY2(html.contains(there), qPrintable(html));
    QVERIFY2(notThere.isEmpty() || !html.contains(notThere), qPrintable(html));
}

void TestMarkdownHtml::showsWhatIsTooMuchAsItIs_data()
{
    QTest::addColumn<QString>("markdown");
    QTest::newRow("long") << QStringLiteral("**a** ").repeated(12'000);
    QTest::newRow("quoted deep") << QStringLiteral(">").repeated(5000) + QStringLiteral("**a**");
    QTest::newRow("listed deep") << QStringLiteral("- ").repeated(5000) + QStringLiteral("**a**");
    QTest::newRow("set in deep") << QStringLiteral(" ").repeated(5000) + QStringLiteral("- **a**");
}

void TestMarkdownHtml::showsWhatIsTooMuchAsItIs()
{
    QFETCH(QString, markdown);
    QVERIFY(markdownHtml(markdown, {}).contains(QStringLiteral("**a**")));
}

REGISTER_TEST(TestMarkdownHtml)
#include "tst_markdownhtml.moc"
