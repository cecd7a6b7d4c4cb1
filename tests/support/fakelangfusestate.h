// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// FakeLangfuseState: what a FakeLangfuse has been told and what it has seen, shared between the test's thread
// and the server's. Every function locks.

#include "base/headerlist.h"
#include "support/otlpdecoder.h"

#include <QJsonObject>
#include <QMap>
#include <QMutex>

#include <chrono>
#include <functional>
#include <optional>

/// The endpoints of a Langfuse server.
enum class LangfuseRoute {
    Traces, // POST /api/public/otel/v1/traces
    Ingestion, // POST /api/public/ingestion
    Health, // GET /api/public/health
    Projects, // GET /api/public/projects
    MediaCreate, // POST /api/public/media
    MediaUpload, // PUT to the URL that MediaCreate gave
    MediaPatch, // PATCH /api/public/media/{id}
    Unknown,
};

/// How one request is answered instead of the usual way.
struct LangfuseAnswer
{
    enum class Kind {
        Answer, // status, headers, body
        Hang, // never
        Reset, // the connection is cut, nothing was read from the request
        AcceptThenReset, // the request is taken, the answer is lost
        CutAnswer, // status, headers and a part of the body, then the connection is cut
        HangingAnswer, // the same, but the connection stays
    };

    Kind kind = Kind::Answer;
    int status = 500;
    HeaderList headers = {};
    QByteArray body = {};
    std::chrono::milliseconds delay{0}; // before the answer
};

struct LangfuseRequest
{
    LangfuseRoute route = LangfuseRoute::Unknown;
    QByteArray method;
    QByteArray target;
    HeaderList headers;
    QByteArray bodySha256; // hex, of the body as on the wire
    qsizetype bodyBytes = 0;
    qsizetype spans = 0; // decoded spans, or events; 0 when refused before
    int status = 0; // what it was answered with; 0: nothing
};

/// An event that /api/public/ingestion has accepted.
struct LangfuseEvent
{
    QByteArray id;
    QByteArray type;
    QJsonObject body;
};

/// What POST /api/public/media has been told, and what became of it.
struct LangfuseMedia
{
    QByteArray contentType;
    QByteArray sha256; // base64
    qint64 contentLength = 0;
    QList<QByteArray> places; // "traceId/observationId/field" of each time it was announced
    QByteArray bytes; // uploaded
    int reportedStatus = 0; // uploadHttpStatus of the PATCH
};

struct FakeLangfuseOptions
{
    QByteArray publicKey = "pk-lf-test";
    QByteArray secretKey = "sk-lf-test";
    quint16 port = 0; // 0: any
    QByteArray version
        = "4.16.0"; // decides what is there: see FakeLangfuseState::hasOtlp() and isEventsOnly()
    bool hasMediaBucket = true;
    std::function<void(const LangfuseSpan&)> onSpan = {}; // accepted spans, on the server's thread
};

class FakeLangfuseState final
{
    Q_DISABLE_COPY_MOVE(FakeLangfuseState)

public:
    explicit FakeLangfuseState(const FakeLangfuseOptions& options);

    void script(const LangfuseAnswer& answer, int times, LangfuseRoute route);
    void clearScript();
    [[nodiscard]] std::optional<LangfuseAnswer> takeScripted(LangfuseRoute route);
    void refuseSpansWhen(std::function<bool(const LangfuseSpan&)> predicate);
    [[nodiscard]] bool isRefused(const LangfuseSpan& span) const;
    void judgeEventsBy(std::function<int(const LangfuseEvent&)> judge);
    /// The status of an event that is well formed: 201, or what the test's judge says.
    [[nodiscard]] int statusOf(const LangfuseEvent& event) const;
    void setMaxBodyBytes(qsizetype bytes);
    [[nodiscard]] qsizetype maxBodyBytes() const;
    void setSecretKey(const QByteArray& secretKey);
    /// The Authorization header that is accepted.
    [[nodiscard]] QByteArray authorization() const;
    void setVersion(const QByteArray& version);
    [[nodiscard]] QByteArray version() const;
    [[nodiscard]] bool isAtLeast(int major, int minor) const;
    [[nodiscard]] bool hasOtlp() const { return isAtLeast(3, 22); }
    /// /api/public/ingestion takes no traces (v4's default).
    [[nodiscard]] bool isEventsOnly() const { return isAtLeast(4, 0); }
    void setMediaBucket(bool hasBucket);
    [[nodiscard]] bool hasMediaBucket() const;

    void addSpans(const QList<LangfuseSpan>& spans);
    void addEvents(const QList<LangfuseEvent>& events);
    void addRequest(const LangfuseRequest& request);
    [[nodiscard]] QList<LangfuseSpan> spans() const;
    [[nodiscard]] QList<LangfuseEvent> events() const;
    [[nodiscard]] QList<LangfuseRequest> requests(LangfuseRoute route) const;
    [[nodiscard]] QMap<QByteArray, LangfuseMedia> media() const; // by media id
    void changeMedia(const QByteArray& mediaId, const std::function<void(LangfuseMedia*)>& change);

private:
    mutable QMutex m_mutex;
    FakeLangfuseOptions m_options;
    QMap<LangfuseRoute, QList<LangfuseAnswer>> m_script;
    std::function<bool(const LangfuseSpan&)> m_refuses;
    std::function<int(const LangfuseEvent&)> m_judge;
    qsizetype m_maxBodyBytes = 0;
    QList<LangfuseSpan> m_spans;
    QList<LangfuseEvent> m_events;
    QMap<QByteArray, LangfuseMedia> m_media;
    QList<LangfuseRequest> m_requests;
};

Q_DECLARE_METATYPE(LangfuseAnswer)
