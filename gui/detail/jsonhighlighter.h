// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// JsonHighlighter: names, texts and numbers of JSON in the theme's colours, a line at a time. For documents
// up to 1 MB; beyond, it costs more than the text itself. Main thread; owned by its document.

#include <QPalette>
#include <QSyntaxHighlighter>

class JsonHighlighter final : public QSyntaxHighlighter
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(JsonHighlighter)

public:
    explicit JsonHighlighter(QTextDocument* document);
    ~JsonHighlighter() override;

    void setPalette(const QPalette& palette);

protected:
    void highlightBlock(const QString& text) override;

private:
    QPalette m_palette;
};
