// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/opencall.h"

#include "cli/apiaccess.h"
#include "wire/ssedecoder.h"

#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>
#include <QTimer>

namespace {

/// For the first subscriber the proxy asks its threads what runs; their answers come a little after `hello`.
constexpr int openCallsWithinMs = 1000;

QByteArrayList openIdsOf(const SseEvent& event)
{
    const QJsonObject data = QJsonDocument::fromJson(event.data.toByteArray()).object();
    QJsonArray calls{data};
    if (event.type == "hello")
        calls = data.value(QLatin1String("openCalls")).toArray();
    else if (event.type != "call.started" && event.type != "call.response")
        return {};
    QByteArrayList ids;
    for (const QJsonValue& call : std::as_const(calls))
        ids.append(call[QLatin1String("call")][QLatin1String("id")].toString().toUtf8());
    return ids;
}

} // namespace

Result<QByteArray> openCallId(ApiClient* api, const QByteArray& front)
{
    QByteArray found;
    QEventLoop loop;
    SseDecoder decoder([&](const SseEvent& event) {
        for (const QByteArray& id : openIdsOf(event)) {
            if (found.isEmpty() && id.startsWith(front)) {
                found = id;
                loop.quit();
            }
        }
    });
    const std::unique_ptr<QNetworkReply> reply(api->open("/api/events"));
    QObject::connect(reply.get(), &QNetworkReply::readyRead, &loop, [&] { decoder.feed(reply->readAll()); });
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(openCallsWithinMs, &loop, &QEventLoop::quit);
    loop.exec();
    if (!found.isEmpty())
        return found;
    if (reply->isFinished())
        return api->errorOf(reply.get());
    const QString shown = QString::fromUtf8(front);
    const Result<QByteArray> ended = wholeId(api, front);
    if (ended && traceDetail(api, *ended))
        return Error{ErrorCode::Rejected,
            QStringLiteral("the call %1 has ended; langfuse-proxy traces show %1 shows it").arg(shown),
            shown};
    return Error{ErrorCode::Rejected,
        QStringLiteral("no call that runs has an id that begins with %1").arg(shown), shown};
}
