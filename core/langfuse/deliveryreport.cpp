// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/deliveryreport.h"

#include "base/logging.h"

DeliveryReport::DeliveryReport(bool isEnabled)
{
    m_status.isEnabled = isEnabled;
}

void DeliveryReport::noteSuccess(qint64 nowUs)
{
    DeliveryStatus status = m_status;
    if (status.consecutiveFailures > 0)
        qCInfo(logTelemetry, "Langfuse accepts traces again");
    status.lastError.clear();
    status.consecutiveFailures = 0;
    status.nextAttemptAtUs = 0;
    status.lastSuccessAtUs = nowUs;
    set(status);
}

void DeliveryReport::noteFailure(const QByteArray& message)
{
    DeliveryStatus status = m_status;
    if (status.lastError != message)
        qCWarning(logTelemetry, "%s; the traces wait in the store", message.constData());
    status.lastError = message;
    ++status.consecutiveFailures;
    set(status);
}

void DeliveryReport::noteRejection(const QByteArray& traceId, const QByteArray& reason)
{
    qCWarning(
        logTelemetry, "Langfuse refused trace %s for good: %s", traceId.constData(), reason.constData());
    DeliveryStatus status = m_status;
    status.lastError = reason;
    set(status);
}

void DeliveryReport::noteStoreError(const Error& error)
{
    const QByteArray message = "The trace store failed: " + error.message.toUtf8();
    DeliveryStatus status = m_status;
    if (status.lastError != message)
        qCWarning(logTelemetry, "%s", message.constData());
    status.lastError = message;
    set(status);
}

void DeliveryReport::noteNextAttempt(qint64 atUs)
{
    DeliveryStatus status = m_status;
    status.nextAttemptAtUs = atUs;
    set(status);
}

void DeliveryReport::set(const DeliveryStatus& status)
{
    if (status == m_status)
        return;
    m_status = status;
    Q_EMIT changed(m_status);
}
