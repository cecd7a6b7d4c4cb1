// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/clientvariables.h"

#include <QFileInfo>
#include <QUrl>

namespace {

QByteArray withHost(const QByteArray& noProxy, const QByteArray& host)
{
    for (const QByteArray& entry : noProxy.split(',')) {
        if (entry.trimmed() == host || entry.trimmed() == "*")
            return noProxy;
    }
    return noProxy.isEmpty() ? host : noProxy + ',' + host;
}

QByteArray quotedFor(QByteArray text, const QByteArray& shell)
{
    if (shell == "powershell")
        text.replace("'", "''");
    else if (shell == "fish")
        text.replace('\\', "\\\\").replace("'", "\\'");
    else
        text.replace("'", "'\\''");
    return '\'' + text + '\'';
}

} // namespace

QList<ClientVariable> clientVariables(const QByteArray& url, const QByteArray& noProxy)
{
    const QByteArray host = QUrl(QString::fromUtf8(url)).host().toUtf8();
    return {
        {"OPENAI_BASE_URL", url + "/v1"},
        {"OPENAI_API_BASE", url + "/v1"}, // LangChain, LiteLLM, older tools
        {"ANTHROPIC_BASE_URL", url},
        {"GOOGLE_GEMINI_BASE_URL", url},
        {"NO_PROXY", withHost(noProxy, host)},
        {"no_proxy", withHost(noProxy, host)},
    };
}

QStringList clientArguments(const QStringList& program, const QByteArray& url)
{
    QStringList words = program;
    if (QFileInfo(program.value(0)).completeBaseName() == QLatin1String("codex")) {
        words.insert(1, QStringLiteral("openai_base_url=\"%1/v1\"").arg(QString::fromUtf8(url)));
        words.insert(1, QStringLiteral("-c"));
    }
    return words;
}

QByteArray exportLines(const QList<ClientVariable>& variables, const QByteArray& shell)
{
    QByteArray out;
    for (const ClientVariable& variable : variables) {
        const QByteArray value = quotedFor(variable.value, shell);
        if (shell == "powershell")
            out += "$env:" + variable.name + " = " + value + '\n';
        else if (shell == "fish")
            out += "set -gx " + variable.name + ' ' + value + '\n';
        else
            out += "export " + variable.name + '=' + value + '\n';
    }
    return out;
}
