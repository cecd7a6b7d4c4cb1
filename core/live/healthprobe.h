// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// HealthProbe: whether the upstreams can be reached, asked in parallel with HEAD, at most 3 s, and remembered
// for a few seconds. Any answer below 500 counts as reachable: without a key 401 is the healthy one. Lives on
// the engine thread, owned by the Engine.

#include "config/config.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>

#include <functional>

class QNetworkAccessManager;
struct Provider;

enum class UpstreamHealth { Ok, Unreachable, NotConfigured };

/// By provider id.
using UpstreamHealths = QHash<QByteArray, UpstreamHealth>;

class HealthProbe final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HealthProbe)

public:
    /// Both must outlive this.
    HealthProbe(const Config* config, QNetworkAccessManager* upstream, QObject* parent = nullptr);
    ~HealthProbe() override;

    /// Calls back once, at once when the last answer is fresh. Callers that come while a probe runs share it.
    void ask(std::function<void(const UpstreamHealths&)> callback);

private:
    void probe(const Provider& provider);
    void finish(const QByteArray& provider, UpstreamHealth health);

    const Config* m_config;
    QNetworkAccessManager* m_upstream;
    UpstreamHealths m_healths;
    QElapsedTimer m_age; // since the last complete answer
    int m_running = 0;
    QList<std::function<void(const UpstreamHealths&)>> m_waiting;
};
