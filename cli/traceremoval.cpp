// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/traceremoval.h"

#include "cli/apiaccess.h"
#include "cli/output.h"
#include "cli/progress.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace {

constexpr qsizetype idsAtOnce = 200; // 8 KiB of a request line

struct Removed
{
    qint64 deleted = 0;
    qint64 delivering = 0; // right now, and spared
};

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

/// `filters`: what a named call has to fit as well.
Result<void> removeIds(ApiClient* api, const QByteArrayList& ids, const QByteArray& filters, Removed* removed)
{
    Progress progress("deleting", ids.size());
    for (qsizetype at = 0; at < ids.size(); at += idsAtOnce) {
        const QByteArrayList some = ids.mid(at, idsAtOnce);
        QByteArray query = filters;
        for (const QByteArray& id : some)
            query += queryPart("id", id);
        const Result<QByteArray> answer = api->send("DELETE", "/api/traces?" + query.sliced(1));
        if (!answer)
            return answer.error();
        const QJsonObject done = QJsonDocument::fromJson(*answer).object();
        removed->deleted += done.value(QLatin1String("deleted")).toInteger();
        removed->delivering += done.value(QLatin1String("delivering")).toInteger();
        progress.advance(some.size());
    }
    return {};
}

void tell(const Removed& removed, bool isJson)
{
    const QByteArray deleted = QByteArray::number(removed.deleted);
    print(isJson
            ? "{\"deleted\":" + deleted + ",\"delivering\":" + QByteArray::number(removed.delivering) + "}\n"
            : deleted + " deleted\n");
    if (removed.delivering > 0)
        std::fprintf(stderr,
            "%lld are being delivered right now and were spared; delete them a little later\n",
            static_cast<long long>(removed.delivering));
}

} // namespace

ExitCode removeTraces(ApiClient* api, const CommandLine& commandLine)
{
    const QByteArray filters = commandLine.filterQuery();
    const bool isNamed = !commandLine.ids.isEmpty();
    if (!isNamed && filters.isEmpty() && !commandLine.isAll) {
        std::fputs("langfuse-proxy: name the calls by id or by a filter, or say --all\n", stderr);
        return ExitCode::Usage;
    }
    const QByteArray what = isNamed ? QByteArray::number(commandLine.ids.size()) + " named"
        : filters.isEmpty()         ? QByteArray("every call")
                                    : QByteArray("the calls that fit the filters");
    if (!isConfirmed(commandLine, what))
        return ExitCode::Usage;
    if (!isNamed)
        waitUntilStored();
    const Result<QByteArrayList> ids = isNamed ? wholeIds(api, commandLine.ids) : matchingIds(api, filters);
    if (!ids)
        return fail(ids.error());
    Removed removed;
    const Result<void> done = removeIds(api, *ids, isNamed ? filters : QByteArray(), &removed);
    tell(removed, commandLine.json);
    return done ? ExitCode::Ok : fail(done.error());
}
