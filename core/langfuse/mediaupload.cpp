// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/mediaupload.h"

#include "langfuse/isotime.h"
#include "langfuse/jsonwriter.h"

#include <QJsonDocument>
#include <QTimer>

#include <utility>

namespace {

constexpr char mediaPath[] = "/api/public/media";
constexpr int maxTries = 3; // as Langfuse's SDKs

bool isSuccess(const DeliveryAnswer& answer)
{
    return answer.status >= 200 && answer.status < 300;
}

// Not about media at all: spans would fail the same way.
bool isTroubleOfServer(const DeliveryAnswer& answer)
{
    switch (answer.status) {
    case 0:
    case 401:
    case 403:
    case 408:
    case 429:
    case 502:
    case 503:
    case 504:
        return true;
    default:
        return answer.status >= 300 && answer.status < 400;
    }
}

QByteArray inWords(const char* step, const DeliveryAnswer& answer)
{
    return QByteArray(step)
        + (answer.status == 0 ? ": " + answer.networkError
                              : " was answered " + QByteArray::number(answer.status));
}

HeaderList jsonHeaders()
{
    return {{"Content-Type", "application/json"}};
}

// Google's signed URLs cover the content type only, and refuse what they do not cover.
HeaderList uploadHeaders(const QByteArray& url, const FoundMedia& media)
{
    HeaderList headers{{"Content-Type", media.type}};
    const qsizetype host = url.indexOf("://") + 3;
    const QByteArray authority = url.sliced(host, url.indexOf('/', host) - host);
    if (!authority.endsWith("storage.googleapis.com")) {
        headers.append("x-amz-checksum-sha256", media.sha256.toBase64());
        headers.append("x-ms-blob-type", "BlockBlob");
    }
    return headers;
}

} // namespace

MediaUpload::MediaUpload(LangfuseClient* client, const MediaJob& job, std::chrono::milliseconds retryDelay,
    Done done, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_job(job)
    , m_retryDelay(retryDelay)
    , m_done(std::move(done))
{
    announce();
}

void MediaUpload::announce()
{
    JsonWriter out;
    out.beginObject();
    out.key("contentType");
    out.string(m_job.media.type);
    out.key("contentLength");
    out.raw(QByteArray::number(m_job.media.bytes.size()));
    out.key("sha256Hash");
    out.string(m_job.media.sha256.toBase64());
    out.key("traceId");
    out.string(m_job.traceId);
    out.key("observationId");
    out.string(m_job.observationId);
    out.key("field");
    out.string(m_job.media.field);
    out.endObject();
    send({.path = mediaPath, .headers = jsonHeaders(), .body = out.json()}, &MediaUpload::takeAnnounced);
}

// A server without a bucket answers 500, like one that has trouble with it: only repetition tells.
void MediaUpload::takeAnnounced(const DeliveryAnswer& answer)
{
    const QByteArray why = inWords("announcing media", answer);
    if (isTroubleOfServer(answer)) {
        finish({.kind = MediaOutcome::Kind::Trouble, .reason = why, .answer = answer});
        return;
    }
    if (answer.status >= 500) {
        if (!tryAgain(&MediaUpload::announce))
            finish({.kind = MediaOutcome::Kind::NoStore, .reason = why});
        return;
    }
    const QJsonDocument document = QJsonDocument::fromJson(answer.body);
    m_mediaId = document[QLatin1String("mediaId")].toString().toLatin1();
    if (!isSuccess(answer) || m_mediaId.isEmpty()) {
        const bool isRefusal = answer.status == 400 || answer.status == 413 || answer.status == 422;
        finish(
            {.kind = isRefusal ? MediaOutcome::Kind::Refused : MediaOutcome::Kind::NoStore, .reason = why});
        return;
    }
    m_failures = 0;
    m_outcome = {.kind = MediaOutcome::Kind::Stored, .mediaId = m_mediaId};
    m_uploadUrl = document[QLatin1String("uploadUrl")].toString().toUtf8();
    if (m_uploadUrl.isEmpty()) // these bytes are there already
        finish(m_outcome);
    else
        upload();
}

void MediaUpload::upload()
{
    m_uploadBeganMs = QDateTime::currentMSecsSinceEpoch();
    send({.method = "PUT",
             .uploadUrl = m_uploadUrl,
             .headers = uploadHeaders(m_uploadUrl, m_job.media),
             .body = m_job.media.bytes},
        &MediaUpload::takeUploaded);
}

// The URL is a credential: no word of the bucket's answer goes on.
void MediaUpload::takeUploaded(const DeliveryAnswer& answer)
{
    m_uploadMs = QDateTime::currentMSecsSinceEpoch() - m_uploadBeganMs;
    m_uploadStatus = answer.status;
    if (!isSuccess(answer)) {
        const bool isPassing
            = answer.status == 0 || answer.status == 408 || answer.status == 429 || answer.status >= 500;
        if (isPassing && tryAgain(&MediaUpload::upload))
            return;
        m_outcome = {.kind = isPassing ? MediaOutcome::Kind::NoStore : MediaOutcome::Kind::Refused,
            .reason = inWords("the upload of media", answer)};
        if (answer.status == 0) {
            finish(m_outcome);
            return;
        }
    }
    m_failures = 0;
    report();
}

void MediaUpload::report()
{
    JsonWriter out;
    out.beginObject();
    out.key("uploadedAt");
    out.string(isoTime(QDateTime::currentMSecsSinceEpoch() * 1000));
    out.key("uploadHttpStatus");
    out.raw(QByteArray::number(m_uploadStatus));
    if (m_outcome.kind != MediaOutcome::Kind::Stored) {
        out.key("uploadHttpError");
        out.string(m_outcome.reason);
    }
    out.key("uploadTimeMs");
    out.raw(QByteArray::number(m_uploadMs));
    out.endObject();
    send({.method = "PATCH",
             .path = QByteArray(mediaPath) + '/' + m_mediaId,
             .headers = jsonHeaders(),
             .body = out.json()},
        &MediaUpload::takeReported);
}

// Without the report Langfuse shows the media as not uploaded yet.
void MediaUpload::takeReported(const DeliveryAnswer& answer)
{
    if (isSuccess(answer) || m_outcome.kind != MediaOutcome::Kind::Stored) {
        finish(m_outcome);
        return;
    }
    const QByteArray why = inWords("reporting an upload of media", answer);
    if (isTroubleOfServer(answer))
        finish({.kind = MediaOutcome::Kind::Trouble, .reason = why, .answer = answer});
    else if (answer.status < 500 || !tryAgain(&MediaUpload::report))
        finish({.kind = MediaOutcome::Kind::Refused, .reason = why});
}

bool MediaUpload::tryAgain(void (MediaUpload::*step)())
{
    if (++m_failures >= maxTries)
        return false;
    QTimer::singleShot(m_retryDelay * (1 << (m_failures - 1)), this, [this, step] { (this->*step)(); });
    return true;
}

void MediaUpload::send(const ApiRequest& request, void (MediaUpload::*take)(const DeliveryAnswer&))
{
    m_client->send(request, [self = QPointer<MediaUpload>(this), take](const DeliveryAnswer& answer) {
        if (self)
            (self->*take)(answer);
    });
}

void MediaUpload::finish(const MediaOutcome& outcome)
{
    deleteLater();
    std::exchange(m_done, nullptr)(outcome);
}
