// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/fakelangfuse.h"

#include "base/threadholder.h"
#include "support/fakelangfuseserver.h"

#include <QHostAddress>
#include <QTest>

#include <utility>

FakeLangfuse::FakeLangfuse()
    : FakeLangfuse(FakeLangfuseOptions())
{
}

FakeLangfuse::FakeLangfuse(const FakeLangfuseOptions& options)
    : m_state(options)
    , m_port(options.port)
    , m_thread(std::make_unique<ThreadHolder>(QStringLiteral("fakelangfuse")))
{
    m_thread->run([this] { m_server = new FakeLangfuseServer(&m_state); });
    comeUp();
}

FakeLangfuse::~FakeLangfuse()
{
    m_thread->run([this] { delete std::exchange(m_server, nullptr); });
}

quint16 FakeLangfuse::port() const
{
    return m_port;
}

QUrl FakeLangfuse::baseUrl() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_port));
}

void FakeLangfuse::script(const LangfuseAnswer& answer, int times, LangfuseRoute route)
{
    m_state.script(answer, times, route);
}

void FakeLangfuse::clearScript()
{
    m_state.clearScript();
}

void FakeLangfuse::judgeEventsBy(std::function<int(const LangfuseEvent&)> judge)
{
    m_state.judgeEventsBy(std::move(judge));
}

void FakeLangfuse::setVersion(const QByteArray& version)
{
    m_state.setVersion(version);
}

void FakeLangfuse::setMediaBucket(bool hasBucket)
{
    m_state.setMediaBucket(hasBucket);
}

void FakeLangfuse::refuseSpansWhen(std::function<bool(const LangfuseSpan&)> predicate)
{
    m_state.refuseSpansWhen(std::move(predicate));
}

void FakeLangfuse::setMaxBodyBytes(qsizetype bytes)
{
    m_state.setMaxBodyBytes(bytes);
}

void FakeLangfuse::setSecretKey(const QByteArray& secretKey)
{
    m_state.setSecretKey(secretKey);
}

void FakeLangfuse::goDown()
{
    m_thread->run([this] { m_server->goDown(); });
}

void FakeLangfuse::comeUp()
{
    m_thread->run([this] {
        if (!m_server->listen(QHostAddress::LocalHost, m_port))
            qFatal("FakeLangfuse cannot listen on port %d", m_port);
        m_port = m_server->serverPort();
    });
}

QList<LangfuseSpan> FakeLangfuse::spans() const
{
    return m_state.spans();
}

QList<LangfuseEvent> FakeLangfuse::events() const
{
    return m_state.events();
}

QMap<QByteArray, LangfuseMedia> FakeLangfuse::media() const
{
    return m_state.media();
}

QList<LangfuseRequest> FakeLangfuse::requests(LangfuseRoute route) const
{
    return m_state.requests(route);
}

bool FakeLangfuse::waitForSpans(qsizetype count, std::chrono::milliseconds timeout) const
{
    return QTest::qWaitFor(
        [this, count] { return m_state.spans().size() >= count; }, static_cast<int>(timeout.count()));
}

bool FakeLangfuse::waitForRequests(qsizetype count, std::chrono::milliseconds timeout) const
{
    return QTest::qWaitFor([this, count] { return m_state.requests(LangfuseRoute::Traces).size() >= count; },
        static_cast<int>(timeout.count()));
}
