// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/fakelangfusestate.h"

#include <QMutexLocker>

#include <utility>

FakeLangfuseState::FakeLangfuseState(const FakeLangfuseOptions& options)
    : m_options(options)
{
}

void FakeLangfuseState::script(const LangfuseAnswer& answer, int times)
{
    const QMutexLocker lock(&m_mutex);
    m_script.append(QList<LangfuseAnswer>(times, answer));
}

std::optional<LangfuseAnswer> FakeLangfuseState::takeScripted()
{
    const QMutexLocker lock(&m_mutex);
    if (m_script.isEmpty())
        return {};
    return m_script.takeFirst();
}

void FakeLangfuseState::refuseSpansWhen(std::function<bool(const LangfuseSpan&)> predicate)
{
    const QMutexLocker lock(&m_mutex);
    m_refuses = std::move(predicate);
}

bool FakeLangfuseState::isRefused(const LangfuseSpan& span) const
{
    const QMutexLocker lock(&m_mutex);
    return m_refuses && m_refuses(span);
}

void FakeLangfuseState::setMaxBodyBytes(qsizetype bytes)
{
    const QMutexLocker lock(&m_mutex);
    m_maxBodyBytes = bytes;
}

qsizetype FakeLangfuseState::maxBodyBytes() const
{
    const QMutexLocker lock(&m_mutex);
    return m_maxBodyBytes;
}

void FakeLangfuseState::setSecretKey(const QByteArray& secretKey)
{
    const QMutexLocker lock(&m_mutex);
    m_options.secretKey = secretKey;
}

QByteArray FakeLangfuseState::authorization() const
{
    const QMutexLocker lock(&m_mutex);
    const QByteArray credentials = m_options.publicKey + ':' + m_options.secretKey;
    return "Basic " + credentials.toBase64();
}

void FakeLangfuseState::addSpans(const QList<LangfuseSpan>& spans)
{
    if (m_options.onSpan) {
        for (const LangfuseSpan& span : spans)
            m_options.onSpan(span);
    }
    const QMutexLocker lock(&m_mutex);
    m_spans.append(spans);
}

void FakeLangfuseState::addRequest(const LangfuseRequest& request)
{
    const QMutexLocker lock(&m_mutex);
    m_requests.append(request);
}

QList<LangfuseSpan> FakeLangfuseState::spans() const
{
    const QMutexLocker lock(&m_mutex);
    return m_spans;
}

QList<LangfuseRequest> FakeLangfuseState::requests() const
{
    const QMutexLocker lock(&m_mutex);
    return m_requests;
}
