// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CallFilter: a line of the filter language, understood. A value of the main thread.
//
//     model:opus ttft:>1s -status:200 (tool:bash OR "rate limit")
//
//   terms side by side must all fit; OR; -term or !term; ( ); "quoted text"; bare text looks in model,
//   request, error, session, tools and note field:text field:"a b" field:=exactly field:/expression/ field:*
//   (* is: has any) field:>n >=n <n <=n =n a..b, with units: 2s 300ms 50k $0.1 80% 4xx

#include "base/result.h"
#include "gui/model/callfacts.h"

#include <QHash>
#include <QSet>

#include <functional>
#include <memory>

class CallFilter final
{
public:
    using Test = std::function<bool(const CallFacts& call)>;
    /// Ids by the words they were searched for; filled by whoever asks the source.
    using Found = std::shared_ptr<QHash<QString, QSet<QByteArray>>>;

    /// Fits every call.
    CallFilter() = default;

    /// BadRequest: the message says what is wrong, for people; the subject is the part that is.
    [[nodiscard]] static Result<CallFilter> parse(const QString& text);

    [[nodiscard]] bool isEmpty() const { return !m_test; }
    [[nodiscard]] bool matches(const CallFacts& call) const { return !m_test || m_test(call); }
    /// May be empty: fits every call.
    [[nodiscard]] const Test& test() const { return m_test; }
    /// The filter in words: "model contains opus and time to first token over 1s".
    [[nodiscard]] const QString& words() const { return m_words; }
    /// What must be looked up in the bodies before `body:` fits anything; the results go into found().
    [[nodiscard]] const QStringList& searches() const { return m_searches; }
    [[nodiscard]] const Found& found() const { return m_found; }

    /// `field:value` as the language wants it written, quoted where needed.
    [[nodiscard]] static QString term(const QString& field, const QString& value);

private:
    friend class FilterParser;

    Test m_test;
    QString m_words;
    QStringList m_searches;
    Found m_found;
};
