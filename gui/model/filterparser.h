// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// FilterParser: the text of a filter -> CallFilter. Recursive descent, one use. Main thread.

#include "gui/model/callfilter.h"
#include "gui/model/filterfields.h"

#include <QCoreApplication>

class FilterParser final
{
    Q_DECLARE_TR_FUNCTIONS(FilterParser)

public:
    explicit FilterParser(const QString& text);

    [[nodiscard]] Result<CallFilter> parse();

private:
    struct Node // what one part of the text means
    {
        CallFilter::Test test;
        QString words;
        bool isCompound = false; // its words need brackets
    };
    struct Token
    {
        enum class Kind { End, Open, Close, Or, Not, Term };
        Kind kind = Kind::End;
        QString field; // of a term; empty: bare text
        QString value;
        QString shown; // as it is written
        bool isQuoted = false;
    };

    void next();
    [[nodiscard]] QString readValue(bool* isQuoted);
    [[nodiscard]] std::optional<Node> alternatives(int depth);
    [[nodiscard]] std::optional<Node> sequence(int depth);
    [[nodiscard]] std::optional<Node> single(int depth);
    [[nodiscard]] std::optional<Node> term(const Token& token);
    [[nodiscard]] Node bareText(const QString& text) const;
    [[nodiscard]] std::optional<Node> textTerm(const FilterField& field, const Token& token);
    [[nodiscard]] std::optional<Node> numberTerm(const FilterField& field, const Token& token);
    [[nodiscard]] std::optional<Node> wordTerm(const FilterField& field, const Token& token);
    [[nodiscard]] std::optional<Node> momentTerm(const FilterField& field, const Token& token);
    [[nodiscard]] Node searchTerm(const FilterField& field, const Token& token);
    std::nullopt_t fail(const QString& message, const QString& subject);

    QString m_text;
    qsizetype m_at = 0;
    Token m_token;
    Error m_error;
    bool m_hasFailed = false;
    QStringList m_searches;
    CallFilter::Found m_found;
};
