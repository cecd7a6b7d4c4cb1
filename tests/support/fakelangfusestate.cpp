// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/fakelangfusestate.h"

#include <QMutexLocker>
#include <QVersionNumber>

#include <utility>

FakeLangfuseState::FakeLangfuseState(const FakeLangfuseOptions& options)
    : m_options(options)
{
}

void FakeLangfuseState::script(const LangfuseAnswer& answer, int times, LangfuseRoute route)
{
    const QMutexLocker lock(&m_mutex);
    m_script[route].append(QList<LangfuseAnswer>(times, answer));
}

void FakeLangfuseState::clearScript()
{
    const QMutexLocker lock(&m_mutex);
    m_script.clear();
}

std::optional<LangfuseAnswer> FakeLangfuseState::takeScripted(LangfuseRoute route)
{
    const QMutexLocker lock(&m_mutex);
    QList<LangfuseAnswer>& script = m_script[route];
    if (script.isEmpty())
        return {};
    return script.takeFirst();
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

void FakeLangfuseState::judgeEventsBy(std::function<int(const LangfuseEvent&)> judge)
{
    const QMutexLocker lock(&m_mutex);
    m_judge = std::move(judge);
}

int FakeLangfuseState::statusOf(const LangfuseEvent& event) const
{
    const QMutexLocker lock(&m_mutex);
    return m_judge ? m_judge(event) : 201;
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

void FakeLangfuseState::setVersion(const QByteArray& version)
{
    const QMutexLocker lock(&m_mutex);
    m_options.version = version;
}

QByteArray FakeLangfuseState::version() const
{
    const QMutexLocker lock(&m_mutex);
    return m_options.version;
}

bool FakeLangfuseState::isAtLeast(int major, int minor) const
{
    return QVersionNumber::fromString(QString::fromLatin1(version())) >= QVersionNumber(major, minor);
}

void FakeLangfuseState::setMediaBucket(bool hasBucket)
{
    const QMutexLocker lock(&m_mutex);
    m_options.hasMediaBucket = hasBucket;
}

bool FakeLangfuseState::hasMediaBucket() const
{
    const QMutexLocker lock(&m_mutex);
    return m_options.hasMediaBucket;
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

void FakeLangfuseState::addEvents(const QList<LangfuseEvent>& events)
{
    const QMutexLocker lock(&m_mutex);
    m_events.append(events);
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

QList<LangfuseEvent> FakeLangfuseState::events() const
{
    const QMutexLocker lock(&m_mutex);
    return m_events;
}

QList<LangfuseRequest> FakeLangfuseState::requests(LangfuseRoute route) const
{
    const QMutexLocker lock(&m_mutex);
    QList<LangfuseRequest> found;
    for (const LangfuseRequest& request : m_requests) {
        if (request.route == route)
            found.append(request);
    }
    return found;
}

QMap<QByteArray, LangfuseMedia> FakeLangfuseState::media() const
{
    const QMutexLocker lock(&m_mutex);
    return m_media;
}

void FakeLangfuseState::changeMedia(
    const QByteArray& mediaId, const std::function<void(LangfuseMedia*)>& change)
{
    const QMutexLocker lock(&m_mutex);
    change(&m_media[mediaId]);
}
