// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CallLoader: fetches one call from a TraceSource, then the calls before and after it in its conversation.
// Main thread, owned by the DetailPane.

#include <QJsonObject>
#include <QList>
#include <QObject>
#include <QPointer>

class TraceSource;
struct SourceAnswer;

class CallLoader final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CallLoader)

public:
    /// `source` outlives this.
    explicit CallLoader(TraceSource* source, QObject* parent = nullptr);
    ~CallLoader() override;

    /// What was asked for before is dropped. The same id again asks again.
    void load(const QByteArray& id);
    void stop();

Q_SIGNALS:
    /// As GET /api/traces/{id} has it.
    void loaded(const QJsonObject& call);
    /// It has not ended: there is nothing but its events.
    void foundOpen();
    void failed(const QString& why);
    /// The call whose conversation it goes on: the latest before it that begins with the same message, of at
    /// most five; of the same session. Not emitted when there is none.
    void previousFound(const QJsonObject& call);
    /// The first call after it in the session whose request has the answer's tool results.
    void nextFound(const QJsonObject& call);

private:
    enum class Side { Before, After };

    void takeCall(const SourceAnswer& answer);
    void askForNeighbours(Side side);
    void takeNeighbours(Side side, const SourceAnswer& answer);
    void tryNext(Side side);
    [[nodiscard]] bool isNeighbour(Side side, const QJsonObject& candidate) const;
    void ask(const QByteArray& target, void (CallLoader::*take)(const SourceAnswer& answer));
    void ask(Side side, const QByteArray& target, void (CallLoader::*take)(Side, const SourceAnswer&));
    void takeCandidate(Side side, const SourceAnswer& answer);

    QPointer<TraceSource> m_source; // may be gone first when all ends
    QJsonObject m_call;
    QList<quint64> m_tickets;
    QList<QByteArray> m_candidates[2]; // ids, nearest first, by side
};
