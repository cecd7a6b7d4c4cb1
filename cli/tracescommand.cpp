// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/tracescommand.h"

#include "app/calldiff.h"
#include "cli/apiaccess.h"
#include "cli/calltable.h"
#include "cli/difftext.h"
#include "cli/output.h"
#include "cli/terminaltext.h"
#include "cli/traceexport.h"
#include "cli/traceremoval.h"
#include "cli/transcript.h"

#include <QJsonDocument>
#include <QJsonObject>

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
    const CallDiff diff = CallDiff::between(
        QJsonDocument::fromJson(*first).object(), QJsonDocument::fromJson(*second).object());
    if (commandLine.json)
        printJson(diff.json());
    else
        print(diffText(diff, hasTerminalColours()));
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
        return removeTraces(api->get(), commandLine);
    default:
        return list(api->get(), commandLine);
    }
}
