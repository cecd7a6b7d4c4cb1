// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TestCall: a call through a running proxy that needs no key: a provider of our own answers it with a stream
// of two seconds. Its trace is kept, and not delivered. Main thread; owned by whoever owns the Engine.

#include "app/demoprovider.h"
#include "base/result.h"

#include <QNetworkAccessManager>
#include <QObject>

class Engine;

class TestCall final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TestCall)

public:
    /// `proxy`: where the engine is reached, http://127.0.0.1:3000. The engine runs and outlives this; one
    /// TestCall for each.
    TestCall(Engine* engine, QByteArray proxy, QObject* parent = nullptr);
    ~TestCall() override;

    /// Makes one, beside those that are still open. ended() follows.
    void send();

Q_SIGNALS:
    /// `problem`: for people; empty: it came through.
    void ended(const QString& problem);

private:
    [[nodiscard]] bool openRoute();

    Engine* m_engine;
    QByteArray m_proxy;
    QByteArray m_token; // empty: no route yet
    DemoProvider m_provider;
    QNetworkAccessManager m_network;
};
