// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// DeliveryAnswer: what came back for one request to Langfuse. A value; ApiCall makes it, RetryPolicy judges
// it. Telemetry thread. Holds no credential.

#include <QByteArray>
#include <QMetaType>

struct DeliveryAnswer
{
    int status = 0; // 0: no answer, networkError says why
    QByteArray networkError;
    QByteArray contentType; // lower case
    QByteArray retryAfter; // as sent: seconds or an HTTP date
    QByteArray location; // of a redirect, which is never followed
    QByteArray body; // at most what the request asked for
    bool isBodyWhole = false; // nothing of the body was cut off

    bool operator==(const DeliveryAnswer&) const = default;
};

Q_DECLARE_METATYPE(DeliveryAnswer)
