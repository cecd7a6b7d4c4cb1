// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/replayrequest.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace {

Error bad(const QString& why)
{
    return {ErrorCode::BadRequest, why, {}};
}

/// End-to-end facts of the request; credentials are masked in the store, framing is the sender's.
bool isKept(const QByteArray& name)
{
    const QByteArray lower = name.toLower();
    return lower == "content-type" || lower == "content-encoding" || lower == "accept"
        || lower.startsWith("anthropic-") || lower.startsWith("openai-") || lower == "x-session-id"
        || lower == "x-user-id";
}

QByteArray withoutKey(const QByteArray& target)
{
    const qsizetype query = target.indexOf('?');
    if (query < 0)
        return target;
    QByteArrayList kept;
    for (const QByteArray& part : target.sliced(query + 1).split('&')) {
        if (!part.startsWith("key="))
            kept.append(part);
    }
    return target.first(query) + (kept.isEmpty() ? QByteArray() : '?' + kept.join('&'));
}

/// Gemini names its model in the path: /v1beta/models/MODEL:generateContent.
QByteArray withModel(const QByteArray& target, const QByteArray& model)
{
    const qsizetype start = target.indexOf("/models/");
    const qsizetype end = target.indexOf(':', start + 8);
    return start < 0 || end < 0 ? target : target.first(start + 8) + model + target.sliced(end);
}

QJsonValue parsedValue(const QByteArray& text)
{
    const QJsonDocument document = QJsonDocument::fromJson('[' + text + ']');
    return document.isArray() && document.array().size() == 1 ? document.array().at(0)
                                                              : QJsonValue(QString::fromUtf8(text));
}

/// The value with `to` in the place that the path names; nothing when it leads nowhere.
std::optional<QJsonValue> withSet(const QJsonValue& value, const QByteArrayList& path, const QJsonValue& to)
{
    if (path.isEmpty())
        return to;
    bool isNumber = false;
    const qsizetype index = path.first().toLongLong(&isNumber);
    if (value.isArray()) {
        QJsonArray array = value.toArray();
        if (!isNumber || index < 0 || index > array.size())
            return std::nullopt;
        const auto inner
            = withSet(index < array.size() ? array.at(index) : QJsonValue(QJsonObject()), path.sliced(1), to);
        if (!inner)
            return std::nullopt;
        index < array.size() ? array.replace(index, *inner) : array.append(*inner);
        return array;
    }
    if (!value.isObject())
        return std::nullopt;
    QJsonObject object = value.toObject();
    const QString name = QString::fromUtf8(path.first());
    const auto inner
        = withSet(object.contains(name) ? object.value(name) : QJsonValue(QJsonObject()), path.sliced(1), to);
    if (!inner)
        return std::nullopt;
    object.insert(name, *inner);
    return object;
}

Result<QByteArray> changed(const QByteArray& body, const ReplayChanges& changes, bool isModelInPath)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (!document.isObject())
        return bad(QStringLiteral("the body is no JSON object that could be changed"));
    QJsonValue value = document.object();
    QByteArrayList sets = changes.sets;
    if (!changes.model.isEmpty() && !isModelInPath)
        sets.prepend("model=\"" + changes.model + '"');
    for (const QByteArray& set : std::as_const(sets)) {
        const qsizetype equals = set.indexOf('=');
        if (equals <= 0)
            return bad(QStringLiteral("--set wants path=value, not %1").arg(QString::fromUtf8(set)));
        const auto next = withSet(value, set.first(equals).split('.'), parsedValue(set.sliced(equals + 1)));
        if (!next)
            return bad(
                QStringLiteral("%1 leads nowhere in the request").arg(QString::fromUtf8(set.first(equals))));
        value = *next;
    }
    return QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
}

void addKey(HeaderList* headers, const QByteArray& provider, const QByteArray& key)
{
    if (key.isEmpty())
        return;
    if (provider == "anthropic")
        headers->append("x-api-key", key);
    else if (provider == "gemini")
        headers->append("x-goog-api-key", key);
    else
        headers->append("Authorization", "Bearer " + key);
}

} // namespace

Result<ReplayRequest> ReplayRequest::of(
    const QJsonObject& call, const QByteArray& body, const ReplayChanges& changes, const QByteArray& key)
{
    const QJsonObject stored = call.value(QLatin1String("request")).toObject();
    if (body.size() < stored.value(QLatin1String("bytes")).toInteger())
        return bad(QStringLiteral("its body was cut or left out when it was stored"));
    ReplayRequest request;
    request.method = stored.value(QLatin1String("method")).toString().toUtf8();
    request.target = withoutKey(stored.value(QLatin1String("target")).toString().toUtf8());
    request.body = body;
    for (const QJsonValue& header : stored.value(QLatin1String("headers")).toArray()) {
        const QByteArray name = header.toArray().at(0).toString().toUtf8();
        if (isKept(name))
            request.headers.append(name, header.toArray().at(1).toString().toUtf8());
    }
    addKey(&request.headers, call.value(QLatin1String("provider")).toString().toUtf8(), key);
    if (changes.model.isEmpty() && changes.sets.isEmpty())
        return request;
    if (request.headers.contains("content-encoding"))
        return bad(QStringLiteral("its body is compressed and cannot be changed"));
    const bool isModelInPath = request.target.contains("/models/");
    if (!changes.model.isEmpty() && isModelInPath)
        request.target = withModel(request.target, changes.model);
    const Result<QByteArray> edited = changed(body, changes, isModelInPath);
    if (!edited)
        return edited.error();
    request.body = *edited;
    return request;
}
