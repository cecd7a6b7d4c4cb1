// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// clientSnippets: what people paste to point a client at the proxy. Pure.

#include <QByteArray>
#include <QList>
#include <QString>

struct ClientSnippet
{
    QByteArray id; // env, python, typescript, curl, claude, codex, gemini
    QString title; // of its tab
    QString text; // whole lines, without an end of line after the last
};

/// `url`: of the proxy, without a slash at its end. `noProxy`: the present NO_PROXY.
[[nodiscard]] QList<ClientSnippet> clientSnippets(const QByteArray& url, const QByteArray& noProxy);
