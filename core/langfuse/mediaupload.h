// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// MediaUpload: one piece of media of one observation on its way to Langfuse's media store (langfuse.md 6):
// announce (POST /api/public/media), upload to the signed URL (PUT), report (PATCH). Each step is tried a
// bounded number of times. A child of MediaUploader, telemetry thread; deletes itself when it is done.

#include "langfuse/eventmedia.h"
#include "langfuse/langfuseclient.h"

#include <chrono>
#include <functional>
#include <optional>

/// What is uploaded, and for what.
struct MediaJob
{
    QByteArray traceId;
    QByteArray observationId;
    FoundMedia media;
};

struct MediaOutcome
{
    enum class Kind {
        Stored, // under mediaId
        Refused, // this piece is not taken
        NoStore, // the server has no media store, or none that works
        Trouble, // Langfuse itself cannot be reached or refuses the keys; `answer` says how
    };

    Kind kind = Kind::NoStore;
    QByteArray mediaId = {};
    QByteArray reason = {}; // in words, unless stored
    DeliveryAnswer answer = {};
};

class MediaUpload final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MediaUpload)

public:
    using Done = std::function<void(const MediaOutcome&)>;

    /// Begins at once. `done` is called exactly once, from the event loop, unless this dies first. The client
    /// must outlive this. A step that failed is tried again after `retryDelay`, then twice that.
    MediaUpload(LangfuseClient* client, const MediaJob& job, std::chrono::milliseconds retryDelay, Done done,
        QObject* parent);

private:
    void announce();
    void takeAnnounced(const DeliveryAnswer& answer);
    void upload();
    void takeUploaded(const DeliveryAnswer& answer);
    void report();
    void takeReported(const DeliveryAnswer& answer);
    [[nodiscard]] bool tryAgain(void (MediaUpload::*step)());
    void send(const ApiRequest& request, void (MediaUpload::*take)(const DeliveryAnswer&));
    void finish(const MediaOutcome& outcome);

    LangfuseClient* m_client;
    MediaJob m_job;
    std::chrono::milliseconds m_retryDelay;
    Done m_done;
    int m_failures = 0; // of the step under way
    QByteArray m_mediaId; // as announced
    QByteArray m_uploadUrl;
    int m_uploadStatus = 0;
    qint64 m_uploadBeganMs = 0;
    qint64 m_uploadMs = 0;
    MediaOutcome m_outcome; // of the upload; told after the report
};
