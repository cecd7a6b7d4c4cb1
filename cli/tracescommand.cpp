// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/tracescommand.h"

#include "cli/apiaccess.h"
#include "cli/calltable.h"
#include "cli/output.h"
#include "cli/requestdiff.h"
#include "cli/terminaltext.h"
#include "cli/traceexport.h"
#include "cli/transcript.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace {

ExitCode list(ApiClient* api, const CommandLine& commandLine)
{
    const Result<QByteArray> answer
        = api->get("/api/traces?limit=" + QByteArray::number(commandLine.limit) + commandLine.filterQuery());
    if (!answer)
        return fail(answer.error());
    if (commandLine.json)
        printJson(*answer + '\n');
    else
        print(CallTable(terminalColumns(), hasTerminalColours()).whole(callRows(*answer)));
    return ExitCode::Ok;
}

/// Everything of the call whose id begins so.
Result<QByteArray> detail(ApiClient* api, const QByteArray& front)
{
    const Result<QByteArray> id = wholeId(api, front);
    return id ? traceDetail(api, *id) : id.error();
}

ExitCode compare(ApiClient* api, const CommandLine& commandLine)
{
    const Result<QByteArray> first = detail(api, commandLine.ids.value(0));
    if (!first)
        return fail(first.error());
    const Result<QByteArray> second = detail(api, commandLine.ids.value(1));
    if (!second)
        return fail(second.error());
    const RequestDiff diff = RequestDiff::between(
        QJsonDocument::fromJson(*first).object(), QJsonDocument::fromJson(*second).object());
    if (commandLine.json)
        printJson(diff.json());
    else
        print(diff.text(hasTerminalColours()));
    return ExitCode::Ok;
}

ExitCode show(ApiClient* api, const CommandLine& commandLine)
{
    const Result<QByteArray> answer = detail(api, commandLine.ids.value(0));
    if (!answer)
        return fail(answer.error());
    if (commandLine.json)
        printJson(*answer + '\n');
    else
        print(transcript(QJsonDocument::fromJson(*answer).object(), hasTerminalColours()));
    return ExitCode::Ok;
}

/// Deleting has no way back: on a terminal it is asked for, elsewhere --yes is needed.
bool isConfirmed(const CommandLine& commandLine, const QByteArray& what)
{
    if (commandLine.isConfirmed)
        return true;
#ifdef Q_OS_UNIX
    if (!::isatty(STDIN_FILENO)) {
        std::fprintf(stderr, "langfuse-proxy: this deletes %s; say --yes to do it\n", what.constData());
        return false;
    }
#endif
    std::fprintf(stderr, "Delete %s? [y/N] ", what.constData());
    char answer[16] = {};
    return std::fgets(answer, sizeof answer, stdin) && (answer[0] == 'y' || answer[0] == 'Y');
}

ExitCode remove(ApiClient* api, const CommandLine& commandLine)
{
    QByteArray query = commandLine.filterQuery();
    const Result<QByteArrayList> ids = wholeIds(api, commandLine.ids);
    if (!ids)
        return fail(ids.error());
    for (const QByteArray& id : *ids)
        query += queryPart("id", id);
    if (query.isEmpty() && !commandLine.isAll) {
        std::fputs("langfuse-proxy: name the calls by id or by a filter, or say --all\n", stderr);
        return ExitCode::Usage;
    }
    const QByteArray what = query.isEmpty() ? QByteArray("every call")
        : commandLine.ids.isEmpty()         ? QByteArray("the calls that fit the filters")
                                            : QByteArray::number(commandLine.ids.size()) + " named";
    if (!isConfirmed(commandLine, what))
        return ExitCode::Usage;
    const Result<QByteArray> answer
        = api->send("DELETE", "/api/traces?" + (query.isEmpty() ? QByteArray("all=true") : query.sliced(1)));
    if (!answer)
        return fail(answer.error());
    const QJsonObject done = QJsonDocument::fromJson(*answer).object();
    const qint64 spared = done.value(QLatin1String("delivering")).toInteger();
    print(commandLine.json
            ? *answer + '\n'
            : QByteArray::number(done.value(QLatin1String("deleted")).toInteger()) + " deleted\n");
    if (spared > 0)
        std::fprintf(stderr,
            "%lld are being delivered right now and were spared; delete them a little later\n",
            static_cast<long long>(spared));
    return ExitCode::Ok;
}

} // namespace

ExitCode runTraces(const CommandLine& commandLine)
{
    const Result<std::unique_ptr<ApiClient>> api = cliApi(commandLine);
    if (!api)
        return fail(api.error());
    switch (commandLine.command) {
    case Command::Diff:
        return compare(api->get(), commandLine);
    case Command::TracesShow:
        return show(api->get(), commandLine);
    case Command::TracesExport:
        return exportTraces(api->get(), commandLine);
    case Command::TracesRemove:
        return remove(api->get(), commandLine);
    default:
        return list(api->get(), commandLine);
    }
}
