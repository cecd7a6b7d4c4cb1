// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// EngineSource: a proxy of our own, in this process. It runs on threads of its own, so that whatever the
// window does keeps no client waiting. Questions go to the API's own code without a connection. Main thread.

#include "base/result.h"
#include "config/config.h"
#include "gui/source/tracesource.h"
#include "live/liveevent.h"

#include <memory>
#include <optional>

class Engine;
class TestCall;

class EngineSource final : public TraceSource
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EngineSource)

public:
    /// `strictPort`: a taken port is Refused; otherwise the next nine are tried.
    EngineSource(const Config& config, bool strictPort, QObject* parent = nullptr);
    /// A proxy whose settings are wrong in that way: Refused, until restart() brings others.
    explicit EngineSource(const Error& problem, QObject* parent = nullptr);
    /// Waits for running answers as stop() does when that was not called before: not at all.
    ~EngineSource() override;

    void start() override;
    /// Open answers may end until SHUTDOWN_TIMEOUT_MS, as in the daemon.
    void stop() override;
    /// Runs with these settings from now on: stops as stop() does and starts again. Connecting, then Attached
    /// or Refused follow, and gapNoticed(). May be called again meanwhile, and after Refused.
    void restart(const Config& config);
    [[nodiscard]] bool hasKeyOf(const QString& provider) const override;
    [[nodiscard]] Secret proxyKey() const override { return m_config.proxyApiKey; }
    [[nodiscard]] bool canTest() const override { return status().state == SourceStatus::State::Attached; }
    void sendTestCall() override;

private:
    void send(quint64 ticket, const QByteArray& method, const QByteArray& target) override;
    void cancel(quint64 ticket) override;
    void begin();
    [[nodiscard]] Result<quint16> startEngine();
    void takeStop();
    void takeEvents(const QList<LiveEvent>& events);

    Config m_config;
    bool m_isPortStrict;
    std::optional<Error> m_problem; // of the settings
    bool m_isRestarting = false;
    bool m_isStoreOther = false; // after the restart
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<TestCall> m_testCall; // made when it is wanted
};
