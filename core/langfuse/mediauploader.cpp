// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/mediauploader.h"

#include "base/logging.h"

#include <utility>

MediaUploader::MediaUploader(
    LangfuseClient* client, const Clock* clock, const Options& options, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_clock(clock)
    , m_options(options)
{
}

void MediaUploader::upload(const QList<MediaJob>& jobs, Done done)
{
    Q_ASSERT(!m_done && m_running == 0);
    m_uploads = {};
    m_done = std::move(done);
    if (m_clock->monotonic() >= m_storeRestsUntil)
        m_waiting = jobs;
    startNext();
    if (m_running == 0)
        QMetaObject::invokeMethod(this, &MediaUploader::finishIfDone, Qt::QueuedConnection);
}

void MediaUploader::startNext()
{
    while (m_running < m_options.atOnce && !m_waiting.isEmpty()) {
        const MediaJob job = m_waiting.takeFirst();
        ++m_running;
        new MediaUpload(
            m_client, job, m_options.retryDelay,
            [this, job](const MediaOutcome& outcome) { takeOutcome(job, outcome); }, this);
    }
}

void MediaUploader::takeOutcome(const MediaJob& job, const MediaOutcome& outcome)
{
    --m_running;
    switch (outcome.kind) {
    case MediaOutcome::Kind::Stored:
        m_uploads.stored.insert(job.media.sha256, outcome.mediaId);
        break;
    case MediaOutcome::Kind::Refused:
        qCWarning(logTelemetry, "Media of trace %s is left out of Langfuse: %s", job.traceId.constData(),
            outcome.reason.constData());
        break;
    case MediaOutcome::Kind::NoStore:
        if (m_clock->monotonic() >= m_storeRestsUntil)
            qCWarning(logTelemetry, "Langfuse stores no media now: %s; traces say what was there instead",
                outcome.reason.constData());
        m_storeRestsUntil = m_clock->monotonic() + m_options.storeRestTime;
        m_waiting.clear();
        break;
    case MediaOutcome::Kind::Trouble:
        m_uploads.trouble = outcome.answer;
        m_waiting.clear();
        break;
    }
    startNext();
    finishIfDone();
}

void MediaUploader::finishIfDone()
{
    if (m_running == 0 && m_waiting.isEmpty() && m_done)
        std::exchange(m_done, nullptr)(std::exchange(m_uploads, {}));
}
