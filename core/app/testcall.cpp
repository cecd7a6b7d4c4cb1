// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/testcall.h"

#include "app/engine.h"
#include "base/ids.h"

#include <QNetworkProxy>
#include <QNetworkReply>

TestCall::TestCall(Engine* engine, QByteArray proxy, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
    , m_proxy(std::move(proxy))
{
    m_network.setProxy(QNetworkProxy::NoProxy);
}

TestCall::~TestCall() = default;

void TestCall::send()
{
    if (!openRoute()) {
        QMetaObject::invokeMethod(
            this, [this] { Q_EMIT ended(tr("There is no free port for the test.")); }, Qt::QueuedConnection);
        return;
    }
    const DemoCall& call = demoTestCall();
    QNetworkRequest request(QUrl::fromEncoded(m_proxy + call.path));
    for (const auto& [name, value] : demoHeaders(call))
        request.setRawHeader(name, value);
    request.setRawHeader("X-Langfuse-Proxy-Test", m_token);
    QNetworkReply* reply = m_network.post(request, call.body);
    connect(reply, &QNetworkReply::finished, this, [this, reply] {
        reply->deleteLater();
        const bool isGood
            = reply->error() == QNetworkReply::NoError && reply->readAll().contains("data: [DONE]");
        Q_EMIT ended(isGood ? QString() : tr("The test request failed: %1").arg(reply->errorString()));
    });
}

bool TestCall::openRoute()
{
    if (!m_token.isEmpty())
        return true;
    if (!m_provider.listen())
        return false;
    m_token = Ids::newUuid();
    m_engine->setTestRoute(m_token, m_provider.url());
    return true;
}
