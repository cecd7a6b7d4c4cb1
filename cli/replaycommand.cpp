// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/replaycommand.h"

#include "app/messagetext.h"
#include "app/replayrequest.h"
#include "base/ids.h"
#include "cli/apiaccess.h"
#include "cli/callrow.h"
#include "cli/output.h"
#include "cli/sidebyside.h"
#include "cli/terminaltext.h"

#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QTimer>

namespace {

constexpr int lookEveryMs = 100;
constexpr int looks = 50; // a call that has ended is in the store after 250 ms

Result<QJsonObject> detail(ApiClient* api, const QByteArray& id)
{
    const Result<QByteArray> answer = traceDetail(api, id);
    return answer ? Result<QJsonObject>(QJsonDocument::fromJson(*answer).object()) : answer.error();
}

QByteArray keyFor(const QByteArray& provider)
{
    for (const char* name : {"ANTHROPIC_API_KEY", "GEMINI_API_KEY", "GOOGLE_API_KEY", "OPENAI_API_KEY"}) {
        const QByteArray of = QByteArray(name).startsWith("GOOGLE") ? QByteArray("gemini")
                                                                    : QByteArray(name).toLower().chopped(8);
        if (of == provider && qEnvironmentVariableIsSet(name))
            return qgetenv(name);
    }
    return {};
}

/// Sends it and waits for its end. Its answer is looked up in the store; here only whether it was taken.
Result<void> send(const ReplayRequest& request, const QByteArray& baseUrl, const QByteArray& requestId)
{
    QNetworkAccessManager network;
    network.setProxy(QNetworkProxy::NoProxy);
    QNetworkRequest message(QUrl::fromEncoded(baseUrl + request.target));
    for (const Header& header : request.headers)
        message.setRawHeader(header.name, header.value);
    message.setRawHeader("X-Request-Id", requestId);
    const std::unique_ptr<QNetworkReply> reply(
        network.sendCustomRequest(message, request.method, request.body));
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    if (reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() == 0)
        return Error{ErrorCode::ConnectionFailed, reply->errorString(), QString::fromUtf8(baseUrl)};
    return {};
}

/// The call with that request id, once it is stored.
Result<QJsonObject> find(ApiClient* api, const QByteArray& requestId)
{
    for (int i = 0; i < looks; ++i) {
        const Result<QByteArray> answer = api->get("/api/traces?limit=100");
        if (!answer)
            return answer.error();
        for (const QJsonValue& call :
            QJsonDocument::fromJson(*answer).object().value(QLatin1String("traces")).toArray()) {
            if (call[QLatin1String("requestId")].toString().toUtf8() == requestId)
                return detail(api, call[QLatin1String("id")].toString().toUtf8());
        }
        QEventLoop loop;
        QTimer::singleShot(lookEveryMs, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return Error{ErrorCode::Timeout, QStringLiteral("the proxy has no trace of the new call"), {}};
}

/// What the answer says, then what it took.
QByteArray answerText(const QJsonObject& call)
{
    QByteArray text;
    for (const QJsonValue& message :
        call.value(QLatin1String("output")).toObject().value(QLatin1String("messages")).toArray())
        text += messageText(message) + '\n';
    if (text.isEmpty())
        text = call.value(QLatin1String("errorMessage")).toString().toUtf8() + '\n';
    const CallRow row = callRow(call);
    text += '\n' + row.status + ", " + row.duration;
    if (!row.output.isEmpty())
        text += ", " + row.input + " in, " + row.cached + " cached, " + row.output + " out";
    return text + (row.cost.isEmpty() ? QByteArray() : ", " + row.cost);
}

} // namespace

ExitCode runReplay(const CommandLine& commandLine)
{
    const Result<std::unique_ptr<ApiClient>> api = cliApi(commandLine);
    if (!api)
        return fail(api.error());
    ApiClient* client = api->get();
    const Result<QByteArray> id = wholeId(client, commandLine.ids.value(0));
    if (!id)
        return fail(id.error());
    const Result<QJsonObject> before = detail(client, *id);
    if (!before)
        return fail(before.error());
    const Result<QByteArray> body = client->get("/api/traces/" + id->toPercentEncoding() + "/request");
    const QByteArray provider = before->value(QLatin1String("provider")).toString().toUtf8();
    const Result<ReplayRequest> request = ReplayRequest::of(
        *before, body ? *body : QByteArray(), {commandLine.model, commandLine.sets}, keyFor(provider));
    if (!request)
        return fail(request.error());
    const QByteArray requestId = Ids::newUuid();
    CommandLine there = commandLine; // the proxy that it goes through has the new trace
    if (!there.baseUrl.isEmpty())
        there.url = there.baseUrl;
    const Result<std::unique_ptr<ApiClient>> target = cliApi(there);
    if (!target)
        return fail(target.error());
    if (const Result<void> sent = send(*request, target->get()->url(), requestId); !sent)
        return fail(sent.error());
    const Result<QJsonObject> after = find(target->get(), requestId);
    if (!after)
        return fail(after.error());
    if (commandLine.json)
        printJson(
            QJsonDocument(QJsonObject{{QStringLiteral("before"), *before}, {QStringLiteral("after"), *after}})
                .toJson());
    else
        print(sideBySide("then, " + callRow(*before).model, answerText(*before),
            "now, " + callRow(*after).model, answerText(*after), terminalColumns()));
    return ExitCode::Ok;
}
