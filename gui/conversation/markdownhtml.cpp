// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/conversation/markdownhtml.h"

#include <QRegularExpression>

#include <md4c-html.h>

namespace {

constexpr unsigned markdownFlags = MD_DIALECT_GITHUB | MD_FLAG_NOHTML;
constexpr qsizetype bytesPerLevel = 2; // the least that a list in a list is set in by

/// Containers are opened by what a line begins with. A rule of 100 dashes looks like it; nobody misses it.
bool isNestedTooDeep(const QByteArray& markdown)
{
    qsizetype front = 0;
    int levels = 0;
    bool isInFront = true;
    for (const char c : markdown) {
        if (c == '\n') {
            front = 0;
            levels = 0;
            isInFront = true;
        } else if (isInFront && (c == ' ' || c == '\t' || c == '>' || c == '-' || c == '*' || c == '+')) {
            ++front;
            levels += c == ' ' || c == '\t' ? 0 : 1;
            if (levels > maxMarkdownNesting || front > maxMarkdownNesting * bytesPerLevel)
                return true;
        } else {
            isInFront = false;
        }
    }
    return false;
}

void appendHtml(const MD_CHAR* text, MD_SIZE size, void* html)
{
    static_cast<QByteArray*>(html)->append(text, qsizetype(size));
}

/// Literal tags were escaped by md4c, so that these are its own.
void tameTags(QString* html, const QString& codeStyle)
{
    static const QRegularExpression image(QStringLiteral(R"re(<img [^>]*?alt="([^"]*)"[^>]*>)re"));
    static const QRegularExpression otherLink(
        QStringLiteral(R"re(<a href="(?!https?://|mailto:)[^"]*"[^>]*>)re"));
    html->replace(image, QStringLiteral("[image \\1]"));
    html->replace(otherLink, QStringLiteral("<a>"));
    html->replace(QStringLiteral("<p>"), QStringLiteral("<p style=\"margin:4px 0\">"));
    html->replace(
        QStringLiteral("\n</code></pre>"), QStringLiteral("</code></pre>")); // else a line of nothing
    html->replace(QStringLiteral("<pre>"), QStringLiteral("<pre style=\"%1\">").arg(codeStyle));
    html->replace(QStringLiteral("<table>"),
        QStringLiteral("<table border=\"1\" cellspacing=\"0\" cellpadding=\"4\" "
                       "style=\"border-collapse:collapse\">"));
}

} // namespace

QString markdownHtml(const QString& markdown, const QString& codeStyle)
{
    const QByteArray utf8 = markdown.toUtf8();
    if (utf8.size() > maxMarkdownBytes || isNestedTooDeep(utf8))
        return plainHtml(markdown);
    QByteArray html;
    html.reserve(utf8.size() * 2);
    if (md_html(utf8.constData(), MD_SIZE(utf8.size()), &appendHtml, &html, markdownFlags,
            MD_HTML_FLAG_SKIP_UTF8_BOM)
        != 0)
        return plainHtml(markdown);
    QString text = QString::fromUtf8(html);
    tameTags(&text, codeStyle);
    return text;
}

QString plainHtml(const QString& text)
{
    return QStringLiteral("<p style=\"white-space:pre-wrap;margin:4px 0\">%1</p>").arg(text.toHtmlEscaped());
}
