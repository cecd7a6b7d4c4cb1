// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// DeliveryReport: what the outside is told of the delivery: the DeliveryStatus, and a log line whenever
// something new is to be said. Owned by the DeliveryLoop, telemetry thread.

#include "base/result.h"
#include "langfuse/langfusedelivery.h"

#include <QObject>

class DeliveryReport final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeliveryReport)

public:
    explicit DeliveryReport(bool isEnabled);

    [[nodiscard]] const DeliveryStatus& status() const { return m_status; }

    /// Langfuse has taken traces.
    void noteSuccess(qint64 nowUs);
    /// Langfuse has not taken traces now, in words.
    void noteFailure(const QByteArray& message);
    /// A trace was refused for good.
    void noteRejection(const QByteArray& traceId, const QByteArray& reason);
    void noteStoreError(const Error& error);
    /// Nothing happens before that time.
    void noteNextAttempt(qint64 atUs);

Q_SIGNALS:
    void changed(const DeliveryStatus& status);

private:
    void set(const DeliveryStatus& status);

    DeliveryStatus m_status;
};
