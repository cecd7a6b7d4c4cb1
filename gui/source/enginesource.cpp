// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/source/enginesource.h"

#include "app/engine.h"
#include "app/proxyaddress.h"

EngineSource::EngineSource(const Config& config, bool strictPort, QObject* parent)
    : TraceSource(parent)
    , m_config(config)
    , m_isPortStrict(strictPort)
{
}

EngineSource::~EngineSource() = default;

void EngineSource::start()
{
    m_engine = std::make_unique<Engine>(m_config);
    connect(m_engine.get(), &Engine::answered, this, &EngineSource::takeAnswer);
    connect(m_engine.get(), &Engine::published, this, &EngineSource::takeEvents);
    connect(m_engine.get(), &Engine::stopped, this, [this] {
        SourceStatus status = this->status();
        status.state = SourceStatus::State::Stopped;
        setStatus(status);
    });
    SourceStatus status;
    const Result<quint16> port = m_engine->start(m_isPortStrict);
    if (port) {
        m_engine->watch();
        status.state = SourceStatus::State::Attached;
        status.url = QUrl::fromEncoded(proxyUrl(m_config.host, *port));
    } else {
        m_engine.reset();
        status.state = SourceStatus::State::Refused;
        status.detail = port.error().message;
        if (!port.error().subject.isEmpty() && !status.detail.contains(port.error().subject))
            status.detail += QStringLiteral(" (%1)").arg(port.error().subject);
    }
    setStatus(status);
}

void EngineSource::stop()
{
    if (m_engine) {
        m_engine->stop();
        return;
    }
    SourceStatus stopped = status();
    stopped.state = SourceStatus::State::Stopped;
    setStatus(stopped);
}

void EngineSource::send(quint64 ticket, const QByteArray& method, const QByteArray& target)
{
    const quint64 number = m_engine ? m_engine->ask(method, target) : 0;
    if (number == 0) {
        QMetaObject::invokeMethod(
            this, [this, ticket] { answerTicket(ticket, failure(tr("The proxy is not running"))); },
            Qt::QueuedConnection);
        return;
    }
    m_tickets.insert(number, ticket);
    m_numbers.insert(ticket, number);
}

void EngineSource::cancel(quint64 ticket)
{
    const quint64 number = m_numbers.take(ticket);
    if (m_tickets.remove(number) > 0)
        m_engine->dropQuestion(number);
}

void EngineSource::takeAnswer(quint64 number, const ApiAnswer& answer)
{
    const quint64 ticket = m_tickets.take(number);
    m_numbers.remove(ticket);
    answerTicket(ticket, {answer.status, answer.contentType, answer.body});
}

void EngineSource::takeEvents(const QList<LiveEvent>& events)
{
    QList<SourceEvent> taken;
    taken.reserve(events.size());
    for (const LiveEvent& event : events)
        taken.append({event.type, '{' + event.json + '}'});
    Q_EMIT eventsArrived(taken);
}
