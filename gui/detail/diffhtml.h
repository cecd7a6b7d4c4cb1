// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// DiffHtml: what changed between a call and the one before it in its conversation, for people: a verdict on
// the prompt cache in one sentence, then messages, tools, parameters and usage. Stateless; main thread.

#include <QCoreApplication>
#include <QJsonObject>
#include <QPalette>
#include <QString>

class DiffHtml final
{
    Q_DECLARE_TR_FUNCTIONS(DiffHtml)

public:
    /// `previous` and `call`: of GET /api/traces/{id}. `name`: of the previous one, "#22".
    [[nodiscard]] static QString of(
        const QJsonObject& previous, const QJsonObject& call, const QString& name, const QPalette& palette);
    /// "The prompt cache was missed from message 4 (user) on, which changed." Plain text.
    [[nodiscard]] static QString verdict(const QJsonObject& previous, const QJsonObject& call);
    /// For the summary: "cache miss: tool search changed"; empty: nothing is wrong.
    [[nodiscard]] static QString problem(const QJsonObject& previous, const QJsonObject& call);
    /// What a CallDiff calls an item, in the language of the viewer: "message 4 (user)".
    [[nodiscard]] static QString nameOf(const QByteArray& item);
    /// Lines that went in `error`, lines that came in `ok`, runs that stayed folded. Plain text in, HTML out.
    [[nodiscard]] static QString lines(const QString& before, const QString& after, const QPalette& palette);
};
