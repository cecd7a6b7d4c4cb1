// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ReplayCall: makes one call through the proxy of a source, and follows it there: its answer as it comes,
// then its trace. Main thread, owned by the ReplayDialog; for one call.

#include "app/replayrequest.h"

#include <QJsonObject>
#include <QMap>
#include <QNetworkAccessManager>
#include <QObject>
#include <QPointer>
#include <QTimer>

class QNetworkReply;
class TraceSource;
struct SourceEvent;

class ReplayCall final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ReplayCall)

public:
    /// The source is attached to a proxy, not to a file.
    ReplayCall(TraceSource* source, ReplayRequest request, QObject* parent = nullptr);
    /// The call is cancelled when it is still open.
    ~ReplayCall() override;

    void start();

Q_SIGNALS:
    /// What the answer says so far.
    void progressed(const QString& text);
    /// Terminal. `call`: the answer of GET /api/traces/{id}.
    void ended(const QJsonObject& call);
    /// Terminal. For people.
    void failed(const QString& problem);

private:
    void takeEvents(const QList<SourceEvent>& events);
    void takeProgress(const QJsonObject& progress);
    void takeReply();
    void askForTrace();
    void fail(const QString& problem);

    QPointer<TraceSource> m_source;
    ReplayRequest m_request;
    QByteArray m_requestId;
    QByteArray m_id; // of the call, once it is known
    QNetworkAccessManager m_network;
    QPointer<QNetworkReply> m_reply;
    QMap<std::pair<int, int>, QString> m_texts; // by message and part
    QTimer m_patience; // for the trace, once the answer is over
    bool m_isOver = false;
};
