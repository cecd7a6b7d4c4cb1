// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// RequestBody: takes the body of a request from its device and puts the framing around it. Owned by one
// UpstreamReply, on the engine thread; the device belongs to the caller and may die first.

#include "base/httpsyntax.h"
#include "base/result.h"

#include <QByteArray>
#include <QPointer>

class BytePipe;
class QIODevice;

class RequestBody final
{
public:
    RequestBody(QIODevice* device, const HttpSyntax::Framing& framing);

    /// The next bytes for the wire, framed, about `maxBytes` of them (a chunk of a pipe is never split); the
    /// chunked framing's end is included. Empty when nothing is waiting. BadRequest when the device holds
    /// more or fewer bytes than the Content-Length says.
    [[nodiscard]] Result<QByteArray> take(qsizetype maxBytes);

    /// Everything, with the end of the framing, has been taken.
    [[nodiscard]] bool isComplete() const { return m_complete; }
    /// The device will signal readyRead() and readChannelFinished(); another one has everything at hand.
    [[nodiscard]] bool isSequential() const;
    /// Bytes were taken that cannot be read again.
    [[nodiscard]] bool isConsumed() const { return m_consumed; }
    /// Call on the device's readChannelFinished().
    void setChannelFinished() { m_channelFinished = true; }
    [[nodiscard]] QIODevice* device() const;

private:
    [[nodiscard]] QByteArray takeRaw(qsizetype maxBytes);
    [[nodiscard]] bool isAtEnd() const;
    [[nodiscard]] Result<QByteArray> takeWithLength(qsizetype maxBytes);
    [[nodiscard]] Result<QByteArray> takeChunked(qsizetype maxBytes);

    QPointer<QIODevice> m_device;
    BytePipe* m_pipe; // the device, when it is a pipe
    HttpSyntax::Framing m_framing;
    qint64 m_remaining = 0; // of the Content-Length
    bool m_complete;
    bool m_consumed = false;
    bool m_channelFinished = false;
};
