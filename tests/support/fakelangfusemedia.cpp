// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The media endpoints of FakeLangfuse (langfuse.md 6).

#include "support/fakelangfuserules.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QJsonDocument>
#include <QRegularExpression>

namespace FakeLangfuseRules {

namespace {

// Some of packages/shared/src/domain/media.ts, and nothing that is not there.
bool isKnownType(const QString& type)
{
    static const QStringList types{QStringLiteral("image/png"), QStringLiteral("image/jpeg"),
        QStringLiteral("image/webp"), QStringLiteral("image/gif"), QStringLiteral("audio/mpeg"),
        QStringLiteral("audio/mp3"), QStringLiteral("audio/wav"), QStringLiteral("audio/ogg"),
        QStringLiteral("video/mp4"), QStringLiteral("text/plain"), QStringLiteral("application/pdf")};
    return types.contains(type);
}

QByteArray textOf(const QJsonObject& object, const char* name)
{
    return object[QLatin1String(name)].toString().toUtf8();
}

bool isWellFormed(const QJsonObject& request)
{
    static const QRegularExpression hash(QStringLiteral("^[A-Za-z0-9+/=]{44}$"));
    static const QStringList fields{
        QStringLiteral("input"), QStringLiteral("output"), QStringLiteral("metadata")};
    const QJsonValue observation = request[QLatin1String("observationId")];
    return isKnownType(request[QLatin1String("contentType")].toString())
        && request[QLatin1String("contentLength")].toInteger() > 0
        && hash.match(request[QLatin1String("sha256Hash")].toString()).hasMatch()
        && request[QLatin1String("traceId")].isString()
        && (observation.isUndefined() || observation.isNull() || observation.isString())
        && fields.contains(request[QLatin1String("field")].toString());
}

QByteArray mediaIdOf(QByteArray base64)
{
    return base64.replace('+', '-').replace('/', '_').first(22);
}

QByteArray uploadTarget(const QByteArray& mediaId)
{
    return "/media-bucket/p%2F" + mediaId + "?X-Amz-Credential=a%2Fb&X-Amz-Signature=" + mediaId.toHex();
}

} // namespace

Answer createMedia(FakeLangfuseState* state, const LangfuseRequest& request, const QByteArray& body,
    const QByteArray& origin)
{
    if (request.headers.value("Authorization") != state->authorization())
        return {.status = 401, .body = message("Invalid credentials")};
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    if (!isWellFormed(object))
        return {.status = 400, .body = message("Invalid request data")};
    const QByteArray sha256 = textOf(object, "sha256Hash");
    const QByteArray mediaId = mediaIdOf(sha256);
    const bool isStored = state->media().value(mediaId).reportedStatus == 200;
    if (!isStored && !state->hasMediaBucket())
        return {.status = 500, .body = message("Failed to get media upload URL")};
    state->changeMedia(mediaId, [&](LangfuseMedia* media) {
        media->contentType = textOf(object, "contentType");
        media->sha256 = sha256;
        media->contentLength = object[QLatin1String("contentLength")].toInteger();
        media->places.append(textOf(object, "traceId") + '/' + textOf(object, "observationId") + '/'
            + textOf(object, "field"));
    });
    const QByteArray uploadUrl = isStored ? QByteArray("null") : '"' + origin + uploadTarget(mediaId) + '"';
    return {.status = 201, .body = "{\"mediaId\":\"" + mediaId + "\",\"uploadUrl\":" + uploadUrl + "}"};
}

// As a bucket that checks its signature, which covers these headers.
Answer uploadMedia(FakeLangfuseState* state, const LangfuseRequest& request, const QByteArray& body)
{
    const QMap<QByteArray, LangfuseMedia> all = state->media();
    for (auto it = all.begin(); it != all.end(); ++it) {
        if (request.target != uploadTarget(it.key()))
            continue;
        const QByteArray hash = QCryptographicHash::hash(body, QCryptographicHash::Sha256).toBase64();
        const HeaderList& headers = request.headers;
        const bool isSigned = !headers.contains("Authorization")
            && headers.value("Content-Type") == it->contentType
            && headers.value("x-amz-checksum-sha256") == it->sha256
            && headers.value("x-ms-blob-type") == "BlockBlob" && headers.contains("Content-Length");
        if (!isSigned)
            return {.status = 403, .headers = {{"Content-Type", "application/xml"}}, .body = "<Error/>"};
        if (hash != it->sha256 || body.size() != it->contentLength)
            return {.status = 400, .headers = {{"Content-Type", "application/xml"}}, .body = "<BadDigest/>"};
        state->changeMedia(it.key(), [&](LangfuseMedia* media) { media->bytes = body; });
        return {.status = 200, .headers = {{"Content-Type", "application/xml"}}};
    }
    return {
        .status = 403, .headers = {{"Content-Type", "application/xml"}}, .body = "<SignatureDoesNotMatch/>"};
}

Answer patchMedia(FakeLangfuseState* state, const LangfuseRequest& request, const QByteArray& body)
{
    if (request.headers.value("Authorization") != state->authorization())
        return {.status = 401, .body = message("Invalid credentials")};
    const QByteArray mediaId = request.target.sliced(request.target.lastIndexOf('/') + 1);
    if (!state->media().contains(mediaId))
        return {.status = 404, .body = message("Media asset not found")};
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    const QDateTime at
        = QDateTime::fromString(object[QLatin1String("uploadedAt")].toString(), Qt::ISODateWithMs);
    const qint64 status = object[QLatin1String("uploadHttpStatus")].toInteger();
    if (!at.isValid() || status <= 0)
        return {.status = 400, .body = message("Invalid request data")};
    state->changeMedia(mediaId, [&](LangfuseMedia* media) { media->reportedStatus = int(status); });
    return {.status = 200, .body = "{}"};
}

} // namespace FakeLangfuseRules
