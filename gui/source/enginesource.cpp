// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/source/enginesource.h"

#include "app/engine.h"
#include "app/proxyaddress.h"
#include "app/testcall.h"
#include "base/logging.h"

EngineSource::EngineSource(const Config& config, bool strictPort, QObject* parent)
    : TraceSource(parent)
    , m_config(config)
    , m_isPortStrict(strictPort)
{
}

EngineSource::EngineSource(const Error& problem, QObject* parent)
    : TraceSource(parent)
    , m_isPortStrict(false)
    , m_problem(problem)
{
}

EngineSource::~EngineSource() = default;

void EngineSource::start()
{
    begin();
}

Result<quint16> EngineSource::startEngine()
{
    if (m_problem)
        return *m_problem;
    m_engine = std::make_unique<Engine>(m_config);
    connect(m_engine.get(), &Engine::answered, this, [this](quint64 ticket, const ApiAnswer& answer) {
        answerTicket(ticket, {answer.status, answer.contentType, answer.body});
    });
    connect(m_engine.get(), &Engine::published, this, &EngineSource::takeEvents);
    connect(m_engine.get(), &Engine::stopped, this, &EngineSource::takeStop, Qt::QueuedConnection);
    return m_engine->start(m_isPortStrict);
}

void EngineSource::begin()
{
    SourceStatus status;
    const Result<quint16> port = startEngine();
    if (port) {
        m_engine->watch();
        status.state = SourceStatus::State::Attached;
        status.url = QUrl::fromEncoded(proxyUrl(m_config.host, *port));
        status.wantsKey = !m_config.proxyApiKey.isEmpty();
        Logging::write(Logging::Level::Info, "viewer", "listening", {{"url", status.url.toEncoded()}});
    } else {
        m_engine.reset();
        status.state = SourceStatus::State::Refused;
        status.detail = port.error().message;
        if (!port.error().subject.isEmpty() && !status.detail.contains(port.error().subject))
            status.detail += QStringLiteral(" (%1)").arg(port.error().subject);
    }
    setStatus(status);
}

void EngineSource::restart(const Config& config)
{
    m_isStoreOther = m_isStoreOther || config.storePath != m_config.storePath;
    m_config = config;
    m_problem.reset();
    if (std::exchange(m_isRestarting, true))
        return;
    failAllLater(tr("The proxy starts again"));
    SourceStatus connecting;
    connecting.url = status().url;
    connecting.detail = tr("The proxy starts again with other settings");
    setStatus(connecting);
    if (m_engine)
        m_engine->stop();
    else
        takeStop();
}

/// Not while the engine speaks: it is deleted here.
void EngineSource::takeStop()
{
    if (!std::exchange(m_isRestarting, false)) {
        setState(SourceStatus::State::Stopped);
        return;
    }
    m_testCall.reset();
    m_engine.reset();
    begin();
    if (std::exchange(m_isStoreOther, false))
        Q_EMIT storeReplaced();
    else
        Q_EMIT gapNoticed();
}

void EngineSource::stop()
{
    m_isRestarting = false;
    if (m_engine)
        m_engine->stop();
    else
        setState(SourceStatus::State::Stopped);
}

bool EngineSource::hasKeyOf(const QString& provider) const
{
    const Secret& key = provider == QLatin1String("anthropic") ? m_config.anthropicApiKey
        : provider == QLatin1String("gemini")                  ? m_config.geminiApiKey
                                                               : m_config.openaiApiKey;
    return !key.isEmpty();
}

void EngineSource::sendTestCall()
{
    if (!canTest())
        return;
    if (!m_testCall) {
        m_testCall = std::make_unique<TestCall>(m_engine.get(), status().url.toEncoded());
        connect(m_testCall.get(), &TestCall::ended, this, &TraceSource::testCallEnded);
    }
    m_testCall->send();
}

void EngineSource::send(quint64 ticket, const QByteArray& method, const QByteArray& target)
{
    if (!m_engine || !m_engine->ask(ticket, method, target))
        failTicketLater(ticket, tr("The proxy is not running"));
}

void EngineSource::cancel(quint64 ticket)
{
    if (m_engine)
        m_engine->dropQuestion(ticket);
}

void EngineSource::takeEvents(const QList<LiveEvent>& events)
{
    QList<SourceEvent> taken;
    taken.reserve(events.size());
    for (const LiveEvent& event : events)
        taken.append({event.type, '{' + event.json + '}'});
    Q_EMIT eventsArrived(taken);
}
