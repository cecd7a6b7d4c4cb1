// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/source/remotesource.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkProxy>
#include <QNetworkReply>

#include <algorithm>

namespace {

constexpr int knownApiVersion = 1;

int httpStatusOf(const QNetworkReply* reply)
{
    return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

} // namespace

RemoteSource::RemoteSource(const QUrl& url, Secret token, const Timing& timing, QObject* parent)
    : TraceSource(parent)
    , m_url(url)
    , m_token(std::move(token))
    , m_timing(timing)
{
    m_network.setProxy(QNetworkProxy::NoProxy); // HTTP_PROXY is for the way to providers
    m_pause.setSingleShot(true);
    m_silence.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &RemoteSource::openStream);
    connect(&m_silence, &QTimer::timeout, this, [this] {
        endStream();
        comeAgain(tr("nothing was heard for %1 s").arg(m_timing.silence.count() / 1000));
    });
}

RemoteSource::~RemoteSource()
{
    endStream();
    for (QNetworkReply* reply : std::as_const(m_replies)) {
        reply->disconnect(this);
        reply->abort();
    }
}

void RemoteSource::setReadOnly()
{
    SourceStatus now = status();
    now.isReadOnly = true;
    setStatus(now);
}

void RemoteSource::start()
{
    openStream();
}

void RemoteSource::stop()
{
    fail(SourceStatus::State::Stopped, {});
}

void RemoteSource::retryNow()
{
    if (m_pause.isActive()) {
        m_pause.stop();
        openStream();
    }
}

QNetworkRequest RemoteSource::request(const QByteArray& target) const
{
    QByteArray base = m_url.toEncoded(QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::StripTrailingSlash);
    while (base.endsWith('/'))
        base.chop(1);
    QNetworkRequest request(QUrl::fromEncoded(base + target));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    if (!m_token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + m_token.reveal());
    return request;
}

void RemoteSource::send(quint64 ticket, const QByteArray& method, const QByteArray& target)
{
    if (status().isReadOnly && method != "GET") {
        failTicketLater(ticket, tr("This viewer is attached read only"));
        return;
    }
    QNetworkRequest question = request(target);
    question.setTransferTimeout(int(m_timing.answer.count()));
    QNetworkReply* reply = m_network.sendCustomRequest(question, method);
    m_replies.insert(ticket, reply);
    connect(reply, &QNetworkReply::finished, this, [this, ticket, reply] {
        m_replies.remove(ticket);
        reply->deleteLater();
        const int status = httpStatusOf(reply);
        const bool isCut = reply->error() != QNetworkReply::NoError && status < 400;
        if (status == 0 || isCut)
            answerTicket(ticket, failure(reply->errorString()));
        else
            answerTicket(ticket, {status, reply->rawHeader("Content-Type"), reply->readAll()});
    });
}

void RemoteSource::cancel(quint64 ticket)
{
    if (QNetworkReply* reply = m_replies.take(ticket)) {
        reply->disconnect(this);
        reply->abort();
        reply->deleteLater();
    }
}

void RemoteSource::openStream()
{
    SourceStatus now = status();
    now.url = m_url;
    if (!m_wasAttached)
        now.state = SourceStatus::State::Connecting;
    now.retryIn = {};
    now.attempt = m_attempt;
    setStatus(now);
    m_decoder = std::make_unique<SseDecoder>([this](const SseEvent& event) { takeEvent(event); });
    QNetworkRequest stream = request("/api/events");
    if (!m_lastEventId.isEmpty())
        stream.setRawHeader("Last-Event-ID", m_lastEventId);
    m_stream = m_network.get(stream);
    m_silence.start(m_timing.silence);
    connect(m_stream, &QNetworkReply::readyRead, this, &RemoteSource::readStream);
    connect(m_stream, &QNetworkReply::finished, this, [this] {
        const int status = httpStatusOf(m_stream);
        const QString words = errorText(m_stream->readAll());
        const QString why = words.isEmpty() ? m_stream->errorString() : words;
        endStream();
        if (status == 401 || status == 403)
            fail(SourceStatus::State::Refused, why);
        else if (status == 404 || status == 405 || (status >= 300 && status < 400))
            fail(SourceStatus::State::Incompatible, tr("what answers there is no langfuse-proxy"));
        else
            comeAgain(status == 200 ? tr("the connection has ended") : why);
    });
}

void RemoteSource::readStream()
{
    if (httpStatusOf(m_stream) != 200)
        return;
    m_silence.start(m_timing.silence);
    if (m_stream->rawHeader("X-Api-Version").toInt() != knownApiVersion) {
        endStream();
        fail(SourceStatus::State::Incompatible,
            tr("it speaks another version of the API than this viewer (%1)").arg(knownApiVersion));
        return;
    }
    if (status().state != SourceStatus::State::Attached) {
        m_attempt = 0;
        m_wasAttached = true;
        SourceStatus now = status();
        now.state = SourceStatus::State::Attached;
        now.detail.clear();
        now.retryIn = {};
        now.attempt = 0;
        setStatus(now);
    }
    m_decoder->feed(m_stream->readAll());
    if (const QList<SourceEvent> events = std::exchange(m_arrived, {}); !events.isEmpty())
        Q_EMIT eventsArrived(events);
}

void RemoteSource::endStream()
{
    m_silence.stop();
    QNetworkReply* stream = std::exchange(m_stream, nullptr);
    if (!stream)
        return;
    stream->disconnect(this);
    stream->abort();
    stream->deleteLater();
}

void RemoteSource::takeEvent(const SseEvent& event)
{
    if (!event.id.isEmpty())
        m_lastEventId = event.id.toByteArray();
    const QByteArray json = event.data.toByteArray();
    if (event.type == "hello")
        takeHello(json);
    else if (event.type == "gap")
        Q_EMIT gapNoticed();
    else
        m_arrived.append({event.type.toByteArray(), json});
}

void RemoteSource::takeHello(const QByteArray& json)
{
    const QJsonObject hello = QJsonDocument::fromJson(json).object();
    SourceStatus now = status();
    now.version = hello.value(QLatin1String("version")).toString();
    setStatus(now);
    for (const QJsonValue& call : hello.value(QLatin1String("openCalls")).toArray())
        m_arrived.append({"call.started", QJsonDocument(call.toObject()).toJson(QJsonDocument::Compact)});
}

void RemoteSource::comeAgain(const QString& why)
{
    ++m_attempt;
    const auto pause
        = std::min(m_timing.longestPause, m_timing.firstPause * (1 << std::min(m_attempt - 1, 8)));
    SourceStatus now = status();
    now.state = m_wasAttached ? SourceStatus::State::Lost : SourceStatus::State::Connecting;
    now.detail = why;
    now.retryIn = pause;
    now.attempt = m_attempt;
    setStatus(now);
    m_pause.start(pause);
}

void RemoteSource::fail(SourceStatus::State state, const QString& why)
{
    m_pause.stop();
    endStream();
    SourceStatus now = status();
    now.state = state;
    now.detail = why;
    now.retryIn = {};
    setStatus(now);
}
