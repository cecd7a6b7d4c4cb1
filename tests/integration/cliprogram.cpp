// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cliprogram.h"

#include "tracedproxy.h"

#include <QJsonArray>

CliResult runCli(
    const QStringList& arguments, const ProxyProcess::Environment& environment, const QByteArray& input)
{
    QTemporaryDir directory;
    QProcess process;
    process.setWorkingDirectory(directory.path());
    process.setProcessEnvironment(cliEnvironment(directory.path(), environment));
    process.start(ProxyProcess::binary(), arguments);
    process.write(input);
    process.closeWriteChannel();
    CliResult ended;
    if (process.waitForFinished(60'000) && process.exitStatus() == QProcess::NormalExit)
        ended.status = process.exitCode();
    ended.out = process.readAllStandardOutput();
    ended.errors = process.readAllStandardError();
    return ended;
}

QProcessEnvironment cliEnvironment(const QString& directory, const ProxyProcess::Environment& environment)
{
    QProcessEnvironment variables;
    for (const char* name : {"PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"}) {
        if (qEnvironmentVariableIsSet(name))
            variables.insert(QLatin1String(name), qEnvironmentVariable(name));
    }
    variables.insert(QStringLiteral("HOME"), directory);
    variables.insert(QStringLiteral("STORE_PATH"), directory + QLatin1String("/t.db"));
    for (auto it = environment.begin(); it != environment.end(); ++it)
        variables.insert(QString::fromUtf8(it.key()), QString::fromUtf8(it.value()));
    return variables;
}

QStringList atUrl(const QStringList& arguments, const QByteArray& url)
{
    return arguments + QStringList{text("--url"), QString::fromUtf8(url)};
}

ProxyProcess::Environment upstreamsAt(const QByteArray& url)
{
    return {{"UPSTREAM_BASE_URL", url}, {"ANTHROPIC_BASE_URL", url}, {"GEMINI_BASE_URL", url}};
}

QStringList idsIn(const QByteArray& list)
{
    QStringList ids;
    for (const QJsonValue& call :
        QJsonDocument::fromJson(list).object().value(QLatin1String("traces")).toArray())
        ids.append(call[QLatin1String("id")].toString());
    return ids;
}

UpstreamScript greeting(const ReceivedRequest&)
{
    return Answer::json(200,
        R"({"id":"c","model":"gpt-4o","choices":[{"index":0,"message":{"role":"assistant","content":"Grüezi"},)"
        R"("finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}})");
}

QByteArray chat(const QByteArray& id, const QByteArray& words, const QByteArray& fields)
{
    return chatRequest(id, "Authorization: Bearer sk-abcdefghijklmnop\r\n" + fields,
        R"({"model":"gpt-4o","messages":[{"role":"user","content":")" + words + R"("}]})");
}

QString text(const char* words)
{
    return QString::fromUtf8(words);
}
