// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/connect/clientsnippets.h"

#include "app/clientvariables.h"

#include <QCoreApplication>

namespace {

#ifdef Q_OS_WIN
constexpr char ownShell[] = "powershell";
#else
constexpr char ownShell[] = "sh";
#endif

// "@" stands for the proxy's URL.

constexpr char pythonText[] = R"(# OpenAI
client = openai.OpenAI(base_url="@/v1")

# Anthropic
client = anthropic.Anthropic(base_url="@")

# Gemini
client = genai.Client(http_options={"base_url": "@"}))";

constexpr char typescriptText[] = R"(// OpenAI
const client = new OpenAI({ baseURL: "@/v1" });

// Anthropic
const client = new Anthropic({ baseURL: "@" });

// Gemini
const client = new GoogleGenAI({ httpOptions: { baseUrl: "@" } });)";

constexpr char curlText[] = R"(curl -N @/v1/chat/completions \
  -H "Authorization: Bearer $OPENAI_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{"model": "gpt-5-mini", "stream": true,
       "messages": [{"role": "user", "content": "Hello"}]}')";

QString withUrl(const char* text, const QByteArray& url)
{
    return QString::fromUtf8(QByteArray(text).replace('@', url));
}

/// A program of the command line that reads its base URL from one variable.
QString programText(const QByteArray& program, const QByteArray& variable, const QByteArray& url)
{
    for (const ClientVariable& one : clientVariables(url, {})) {
        if (one.name != variable)
            continue;
        const QByteArray line = exportLines({one}, ownShell);
        return QString::fromUtf8(line + program);
    }
    Q_ASSERT(false); // each client's variable is in the list
    return {};
}

QString codexText(const QByteArray& url)
{
    QStringList words = clientArguments({QStringLiteral("codex")}, url);
    for (QString& word : words) {
        if (word.contains(u'"'))
            word = u'\'' + word + u'\'';
    }
    return words.join(u' ');
}

} // namespace

QList<ClientSnippet> clientSnippets(const QByteArray& url, const QByteArray& noProxy)
{
    const QByteArray variables = exportLines(clientVariables(url, noProxy), ownShell).trimmed();
    return {
        {"env", QCoreApplication::translate("ClientSnippets", "Shell"), QString::fromUtf8(variables)},
        {"python", QStringLiteral("Python"), withUrl(pythonText, url)},
        {"typescript", QStringLiteral("TypeScript"), withUrl(typescriptText, url)},
        {"curl", QStringLiteral("curl"), withUrl(curlText, url)},
        {"claude", QStringLiteral("Claude Code"), programText("claude", "ANTHROPIC_BASE_URL", url)},
        {"codex", QStringLiteral("Codex"), codexText(url)},
        {"gemini", QStringLiteral("Gemini CLI"), programText("gemini", "GOOGLE_GEMINI_BASE_URL", url)},
    };
}
