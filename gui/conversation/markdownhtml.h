// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// markdownHtml: what a model wrote, as HTML for a QTextDocument. QTextDocument's own reader of Markdown takes
// seconds for a long list or table (measured on Qt 6.4.2: 60 KB of list items 36.7 s, as HTML 8 ms). HTML in
// the text stays text, images become notes, and only links to the web are links. Pure.

#include <QString>

/// More, or lists and quotations that are nested deeper than maxMarkdownNesting, is shown as it is.
inline constexpr qsizetype maxMarkdownBytes = 64 << 10;
inline constexpr int maxMarkdownNesting = 100;

/// `codeStyle`: CSS of code blocks.
[[nodiscard]] QString markdownHtml(const QString& markdown, const QString& codeStyle);
/// Text as it is, line by line, in the proportional font.
[[nodiscard]] QString plainHtml(const QString& text);
