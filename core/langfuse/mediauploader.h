// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// MediaUploader: the media of one batch -> Langfuse's media store, before the batch itself is sent, because a
// span cannot be changed afterwards. Nothing of it is kept: as long as the batch's rows are pending the media
// are in their records, and uploading again what is there already costs one request. Owned by the
// DeliveryLoop, telemetry thread.

#include "base/clock.h"
#include "langfuse/mediaupload.h"

struct MediaUploads
{
    StoredMedia stored; // what may be referred to
    std::optional<DeliveryAnswer> trouble; // Langfuse is not there: nothing of the batch can be sent
};

class MediaUploader final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MediaUploader)

public:
    using Done = std::function<void(const MediaUploads&)>;

    struct Options
    {
        std::chrono::milliseconds retryDelay{1000}; // then twice that
        std::chrono::milliseconds storeRestTime{
            600000}; // a store that is not there is not asked for that long
        int atOnce = 4;
    };

    /// Both must outlive this.
    MediaUploader(
        LangfuseClient* client, const Clock* clock, const Options& options, QObject* parent = nullptr);

    /// `done` is called exactly once, from the event loop, with what is stored then; what is not becomes a
    /// placeholder. One batch at a time.
    void upload(const QList<MediaJob>& jobs, Done done);

private:
    void startNext();
    void takeOutcome(const MediaJob& job, const MediaOutcome& outcome);
    void finishIfDone();

    LangfuseClient* m_client;
    const Clock* m_clock;
    Options m_options;
    QList<MediaJob> m_waiting;
    MediaUploads m_uploads;
    Done m_done;
    int m_running = 0;
    std::chrono::nanoseconds m_storeRestsUntil{0}; // monotonic
};
