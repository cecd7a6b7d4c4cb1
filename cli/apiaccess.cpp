// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/apiaccess.h"

#include "app/proxyaddress.h"
#include "cli/progress.h"

#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>

#include <algorithm>

namespace {

constexpr qsizetype uuidLength = 36;
constexpr int storedAfterMs = 250; // what ended before is in the store, as the README promises

} // namespace

Result<std::unique_ptr<ApiClient>> cliApi(const CommandLine& commandLine)
{
    const Result<ProcessSettings> settings = processSettings(commandLine.settings);
    if (!settings)
        return settings.error();
    const Config& config = settings->loaded.config;
    const QByteArray url = commandLine.url.isEmpty() ? proxyUrl(config.host, config.port) : commandLine.url;
    return std::make_unique<ApiClient>(url, config.adminToken);
}

Result<QByteArray> wholeId(ApiClient* api, const QByteArray& front)
{
    if (front.size() >= uuidLength)
        return front;
    const Result<QByteArray> answer = api->get("/api/traces?limit=1000");
    if (!answer)
        return answer.error();
    QByteArrayList found;
    for (const QJsonValue& call :
        QJsonDocument::fromJson(*answer).object().value(QLatin1String("traces")).toArray()) {
        const QByteArray id = call.toObject().value(QLatin1String("id")).toString().toUtf8();
        if (id.startsWith(front))
            found.append(id);
    }
    if (found.size() == 1)
        return found.first();
    const QString shown = QString::fromUtf8(front);
    if (found.isEmpty()) {
        return Error{ErrorCode::Rejected,
            QStringLiteral("none of the newest 1,000 calls has an id that begins with %1").arg(shown), shown};
    }
    return Error{ErrorCode::Rejected,
        QStringLiteral("%1 calls have an id that begins with %2; give more of it")
            .arg(found.size())
            .arg(shown),
        shown};
}

Result<QByteArrayList> wholeIds(ApiClient* api, const QByteArrayList& fronts)
{
    QByteArrayList ids;
    for (const QByteArray& front : fronts) {
        const Result<QByteArray> id = wholeId(api, front);
        if (!id)
            return id.error();
        ids.append(*id);
    }
    return ids;
}

Result<QByteArrayList> matchingIds(ApiClient* api, const QByteArray& query)
{
    QByteArrayList ids;
    QByteArray cursor;
    Progress progress("listing", 0);
    do {
        const Result<QByteArray> answer = api->get("/api/traces?limit=1000" + query
            + (cursor.isEmpty() ? QByteArray() : queryPart("cursor", cursor)));
        if (!answer)
            return answer.error();
        const QJsonObject page = QJsonDocument::fromJson(*answer).object();
        const QJsonArray calls = page.value(QLatin1String("traces")).toArray();
        for (const QJsonValue& call : calls)
            ids.append(call.toObject().value(QLatin1String("id")).toString().toUtf8());
        cursor = page.value(QLatin1String("nextCursor")).toString().toUtf8();
        progress.advance(calls.size());
    } while (!cursor.isEmpty());
    std::reverse(ids.begin(), ids.end()); // pages come newest first
    return ids;
}

Result<QByteArray> traceDetail(ApiClient* api, const QByteArray& id)
{
    return api->get("/api/traces/" + id.toPercentEncoding());
}

Result<QByteArray> traceRecord(ApiClient* api, const QByteArray& id)
{
    return api->get("/api/traces/" + id.toPercentEncoding() + "/record");
}

void waitUntilStored()
{
    QEventLoop loop;
    QTimer::singleShot(storedAfterMs, &loop, &QEventLoop::quit);
    loop.exec();
}

Result<QByteArray> callsUpToNow(ApiClient* api, const QByteArray& query)
{
    waitUntilStored();
    return api->get("/api/traces?limit=1000" + query);
}

QByteArray queryPart(const QByteArray& name, const QByteArray& value)
{
    return '&' + name + '=' + value.toPercentEncoding();
}
