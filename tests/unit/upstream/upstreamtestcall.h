// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// UpstreamTestCall: one call through an UpstreamAccessManager, and everything its reply signalled.

#include "upstream/upstreamaccessmanager.h"
#include "upstream/upstreamreply.h"

#include <QTest>

#include <memory>

class UpstreamTestCall final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(UpstreamTestCall)

public:
    UpstreamTestCall(UpstreamAccessManager* manager, const QByteArray& origin, const RequestHead& sent,
        QIODevice* device = nullptr)
    {
        QNetworkRequest request(QUrl::fromEncoded(origin));
        setUpstreamHead(&request, sent);
        reply.reset(manager->sendCustomRequest(request, sent.method, device));
        watch();
    }

    explicit UpstreamTestCall(QNetworkReply* plain)
        : reply(plain)
    {
        watch();
    }

    [[nodiscard]] bool waitForFinished() const
    {
        return QTest::qWaitFor([this] { return finishedCount > 0; }, 20000);
    }
    /// Waits for that much of the body in all.
    [[nodiscard]] bool waitForBody(qsizetype bytes) const
    {
        return QTest::qWaitFor([this, bytes] { return body.size() >= bytes; }, 20000);
    }
    [[nodiscard]] ResponseHead head() const { return responseHeadOf(*reply); }
    [[nodiscard]] Error error() const { return upstreamErrorOf(*reply); }
    [[nodiscard]] bool hasFailed() const { return hasUpstreamFailed(*reply); }

    std::unique_ptr<QNetworkReply> reply;
    QByteArray body; // as it came, unless readsBody is off
    QList<QByteArray> chunks; // one for each readyRead()
    QList<ResponseHead> interims;
    bool readsBody = true;
    int metaDataCount = 0;
    int requestSentCount = 0;
    int errorCount = 0;
    int finishedCount = 0;

private:
    void watch()
    {
        connect(reply.get(), &QNetworkReply::metaDataChanged, this, [this] { ++metaDataCount; });
        connect(reply.get(), &QNetworkReply::readyRead, this, [this] {
            if (!readsBody)
                return;
            chunks.append(takeBodyOf(reply.get()));
            body.append(chunks.constLast());
        });
        connect(reply.get(), &QNetworkReply::errorOccurred, this, [this] { ++errorCount; });
        connect(reply.get(), &QNetworkReply::finished, this, [this] { ++finishedCount; });
        if (auto* own = qobject_cast<UpstreamReply*>(reply.get())) {
            connect(own, &UpstreamReply::interimReceived, this,
                [this](const ResponseHead& interim) { interims.append(interim); });
            connect(own, &UpstreamReply::requestSent, this, [this] { ++requestSentCount; });
        }
    }
};

/// A request without a body.
[[nodiscard]] inline RequestHead requestHead(
    const QByteArray& method, const QByteArray& target = "/", const HeaderList& headers = {})
{
    RequestHead head;
    head.method = method;
    head.target = target;
    head.headers = headers;
    return head;
}

/// A request with a body of known length, or chunked with -1.
[[nodiscard]] inline RequestHead uploadHead(const QByteArray& method, qint64 length)
{
    RequestHead head = requestHead(method, "/upload");
    head.framing.kind = length < 0 ? HttpSyntax::Framing::Kind::Chunked : HttpSyntax::Framing::Kind::Length;
    head.framing.contentLength = length;
    return head;
}
