// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/traceexport.h"

#include "app/curlcommand.h"
#include "app/harentry.h"
#include "cli/apiaccess.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/terminaltext.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace {

QByteArray entryOf(const QByteArray& format, const QByteArray& answer, bool isOnTerminal)
{
    const auto shown
        = [isOnTerminal](const QByteArray& json) { return isOnTerminal ? jsonForTerminal(json) : json; };
    if (format == "jsonl" || format == "records")
        return shown(answer) + '\n';
    const QJsonObject call = QJsonDocument::fromJson(answer).object();
    return format == "curl" ? curlCommand(call) + '\n'
                            : shown(QJsonDocument(harEntry(call)).toJson(QJsonDocument::Compact));
}

Error writeError(const QFile& file)
{
    return {
        ErrorCode::StoreFailed, QStringLiteral("cannot write: %1").arg(file.errorString()), file.fileName()};
}

bool open(QFile* file, const QByteArray& name)
{
    if (name.isEmpty() || name == "-")
        return file->open(stdout, QIODevice::WriteOnly);
    file->setFileName(QFile::decodeName(name));
    // Conversations: nobody else's business.
    return file->open(QIODevice::WriteOnly | QIODevice::Truncate, QFile::ReadOwner | QFile::WriteOwner);
}

} // namespace

ExitCode exportTraces(ApiClient* api, const CommandLine& commandLine)
{
    const Result<QByteArrayList> ids = commandLine.ids.isEmpty() ? matchingIds(api, commandLine.filterQuery())
                                                                 : wholeIds(api, commandLine.ids);
    if (!ids)
        return fail(ids.error());
    QFile file;
    if (!open(&file, commandLine.outputFile))
        return fail(writeError(file));
    const bool isHar = commandLine.format == "har";
    const bool isOnTerminal
        = (commandLine.outputFile.isEmpty() || commandLine.outputFile == "-") && terminalColumns() > 0;
    bool isWritten = !isHar || file.write(harHead()) >= 0;
    Progress progress("exporting", ids->size());
    for (qsizetype i = 0; i < ids->size() && isWritten; ++i) {
        const Result<QByteArray> answer
            = commandLine.format == "records" ? traceRecord(api, ids->at(i)) : traceDetail(api, ids->at(i));
        if (!answer)
            return fail(answer.error());
        isWritten = file.write((isHar && i > 0 ? QByteArray(",\n") : QByteArray())
                        + entryOf(commandLine.format, *answer, isOnTerminal))
            >= 0;
        progress.advance();
    }
    isWritten = isWritten && (!isHar || file.write(harTail()) >= 0) && file.flush();
    return isWritten ? ExitCode::Ok : fail(writeError(file));
}
