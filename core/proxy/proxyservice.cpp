// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "proxy/proxyservice.h"

#include "http/clientcall.h"

#include <QTimerEvent>

#include <algorithm>

namespace {

constexpr int pauseTickMs = 100;

/// Fine enough that a timeout is at most a tenth late, coarse enough to cost nothing.
std::chrono::milliseconds timeoutTick(std::chrono::milliseconds timeout)
{
    return std::clamp(timeout / 10, std::chrono::milliseconds(10), std::chrono::milliseconds(1000));
}

} // namespace

ProxyService::ProxyService(const ExchangeContext& context, QObject* parent)
    : QObject(parent)
    , m_context(context)
{
    m_context.traffic = &m_traffic;
}

ProxyService::~ProxyService() = default;

void ProxyService::setTestRoute(const QByteArray& token, const Config& config)
{
    Q_ASSERT(!m_test && !token.isEmpty()); // once: exchanges point into it
    m_test = std::make_unique<TestRoute>(TestRoute{token, config});
}

ExchangeContext ProxyService::contextOf(const RequestHead& head) const
{
    ExchangeContext context = m_context;
    if (m_test && head.headers.value("x-langfuse-proxy-test") == m_test->token)
        context.config = &m_test->config;
    return context;
}

void ProxyService::handle(ClientCall* call)
{
    auto* exchange = new Exchange(contextOf(call->head()), providerFor(call->head()), call, this);
    m_exchanges.insert(exchange);
    connect(exchange, &Exchange::ended, this, [this, exchange] { remove(exchange); });
    if (!m_tick.isActive())
        m_tick.start(int(timeoutTick(m_context.config->proxyTimeout).count()), this);
    exchange->start();
}

void ProxyService::setWatched(bool isWatched)
{
    if (!isWatched) {
        m_pauseTick.stop();
        return;
    }
    m_pauseTick.start(pauseTickMs, this);
    for (Exchange* exchange : std::as_const(m_exchanges))
        exchange->share();
}

void ProxyService::timerEvent(QTimerEvent* event)
{
    const std::chrono::nanoseconds now = m_context.clock->monotonic();
    if (event->timerId() == m_pauseTick.timerId()) {
        for (Exchange* exchange : std::as_const(m_exchanges))
            exchange->shareIfPaused(now);
        return;
    }
    if (event->timerId() != m_tick.timerId())
        return;
    const QSet<Exchange*> exchanges = m_exchanges; // a timeout changes the set
    for (Exchange* exchange : exchanges)
        exchange->checkTimeout(now);
}

void ProxyService::remove(Exchange* exchange)
{
    m_exchanges.remove(exchange);
    exchange->deleteLater();
    if (m_exchanges.isEmpty()) {
        m_tick.stop();
        Q_EMIT idle();
    }
}
