// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ProxyService: makes an Exchange for every proxied call, watches their timeouts with one clock tick for all,
// and waits for them at shutdown. Lives on the engine thread, owned by the Engine.

#include "proxy/exchange.h"

#include <QBasicTimer>
#include <QObject>
#include <QSet>

#include <memory>

class ProxyService final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ProxyService)

public:
    /// What the context points to must outlive this.
    explicit ProxyService(const ExchangeContext& context, QObject* parent = nullptr);
    ~ProxyService() override;

    void handle(ClientCall* call);
    /// Calls whose `x-langfuse-proxy-test` is that token are made as this configuration says, wherever the
    /// others go. No other consumer can know the token.
    void setTestRoute(const QByteArray& token, const Config& config);
    [[nodiscard]] qsizetype openExchanges() const { return m_exchanges.size(); }
    [[nodiscard]] const Traffic& traffic() const { return m_traffic; }
    /// Somebody has begun to watch, after the queue knows: the open calls are handed over as far as they have
    /// come, and from then on what came before each pause of a stream, within 200 ms. Or nobody does any
    /// more.
    void setWatched(bool isWatched);

Q_SIGNALS:
    /// The last open exchange has ended.
    void idle();

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    struct TestRoute
    {
        QByteArray token;
        Config config;
    };

    [[nodiscard]] ExchangeContext contextOf(const RequestHead& head) const;
    void remove(Exchange* exchange);

    ExchangeContext m_context;
    std::unique_ptr<TestRoute> m_test;
    Traffic m_traffic;
    QSet<Exchange*> m_exchanges; // children of this
    QBasicTimer m_tick;
    QBasicTimer m_pauseTick; // while somebody watches
};
