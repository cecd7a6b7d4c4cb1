// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ApiCall: one request to Langfuse in flight, until its answer or its deadline. A child of LangfuseClient,
// telemetry thread; deletes itself after it has told the answer.

#include "langfuse/deliveryanswer.h"

#include <QNetworkReply>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <functional>

class ApiCall final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ApiCall)

public:
    using Done = std::function<void(const DeliveryAnswer&)>;

    struct Limits
    {
        std::chrono::milliseconds timeout{20000}; // of the head, and of the body after the head
        std::chrono::milliseconds uploadTime{0}; // in addition, for a large request to leave
        qsizetype answerBytes = 64 * 1024; // of the body that is kept; more is not waited for
    };

    /// `done` is called exactly once, from the event loop, unless this dies first. Takes the reply.
    ApiCall(QNetworkReply* reply, const Limits& limits, Done done, QObject* parent);
    ~ApiCall() override;

private:
    void keepBody();
    void giveUp();
    void finish();

    QPointer<QNetworkReply> m_reply; // gone when its manager is
    Limits m_limits;
    Done m_done;
    QTimer m_deadline;
    QByteArray m_body;
    bool m_timedOut = false;
};
