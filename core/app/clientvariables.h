// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// clientVariables: what points LLM clients at the proxy. Stateless.

#include <QByteArray>
#include <QList>
#include <QStringList>

struct ClientVariable
{
    QByteArray name;
    QByteArray value;
};

/// `url`: of the proxy, without a slash at its end. `noProxy`: the present NO_PROXY, to which the proxy's
/// host is added, since clients send even loopback calls to HTTP_PROXY.
[[nodiscard]] QList<ClientVariable> clientVariables(const QByteArray& url, const QByteArray& noProxy);

/// The program with what it needs besides variables. Codex reads its base URL from its configuration only, so
/// `codex exec hi` becomes `codex -c openai_base_url="URL/v1" exec hi`.
[[nodiscard]] QStringList clientArguments(const QStringList& program, const QByteArray& url);

/// As lines that the shell (sh, fish, powershell) can read.
[[nodiscard]] QByteArray exportLines(const QList<ClientVariable>& variables, const QByteArray& shell);
