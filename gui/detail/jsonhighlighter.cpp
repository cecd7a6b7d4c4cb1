// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/detail/jsonhighlighter.h"

#include "gui/style/theme.h"

JsonHighlighter::JsonHighlighter(QTextDocument* document)
    : QSyntaxHighlighter(document)
{
}

JsonHighlighter::~JsonHighlighter() = default;

void JsonHighlighter::setPalette(const QPalette& palette)
{
    m_palette = palette;
    if (document())
        rehighlight();
}

void JsonHighlighter::highlightBlock(const QString& text)
{
    const QColor name = theme::accent(theme::Accent::Live, m_palette);
    const QColor string = theme::accent(theme::Accent::Ok, m_palette);
    const QColor other = theme::accent(theme::Accent::Warn, m_palette);
    for (qsizetype i = 0; i < text.size();) {
        const QChar c = text.at(i);
        if (c == u'"') {
            qsizetype end = i + 1;
            while (end < text.size() && text.at(end) != u'"')
                end += text.at(end) == u'\\' ? 2 : 1;
            end = std::min(end + 1, text.size());
            const bool isName = end < text.size() && text.at(end) == u':';
            setFormat(int(i), int(end - i), isName ? name : string);
            i = end;
        } else if (c.isLetterOrNumber() || c == u'-') {
            qsizetype end = i + 1;
            while (end < text.size()
                && (text.at(end).isLetterOrNumber() || QStringLiteral("+-.").contains(text.at(end))))
                ++end;
            setFormat(int(i), int(end - i), other);
            i = end;
        } else {
            ++i;
        }
    }
}
