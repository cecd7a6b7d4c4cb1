// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/upstreamscript.h"

#include <zlib.h>

UpstreamScript& UpstreamScript::send(const QByteArray& bytes, int repeats)
{
    ScriptStep step;
    step.kind = ScriptStep::Kind::Send;
    step.bytes = bytes;
    step.repeats = repeats;
    m_steps.append(step);
    return *this;
}

UpstreamScript& UpstreamScript::waitForRelease(const QByteArray& name)
{
    ScriptStep step;
    step.kind = ScriptStep::Kind::WaitForRelease;
    step.name = name;
    m_steps.append(step);
    return *this;
}

UpstreamScript& UpstreamScript::delay(std::chrono::milliseconds duration)
{
    ScriptStep step;
    step.kind = ScriptStep::Kind::Delay;
    step.duration = duration;
    m_steps.append(step);
    return *this;
}

UpstreamScript& UpstreamScript::reset()
{
    m_steps.append(ScriptStep{ScriptStep::Kind::Reset, {}, 1, {}, {}});
    return *this;
}

UpstreamScript& UpstreamScript::close()
{
    m_steps.append(ScriptStep{ScriptStep::Kind::Close, {}, 1, {}, {}});
    return *this;
}

UpstreamScript& UpstreamScript::halfClose()
{
    m_steps.append(ScriptStep{ScriptStep::Kind::HalfClose, {}, 1, {}, {}});
    return *this;
}

UpstreamScript& UpstreamScript::hang()
{
    m_steps.append(ScriptStep{ScriptStep::Kind::Hang, {}, 1, {}, {}});
    return *this;
}

UpstreamScript& UpstreamScript::then(const UpstreamScript& other)
{
    m_steps.append(other.m_steps);
    return *this;
}

namespace Answer {

static QByteArray reasonOf(int status)
{
    switch (status) {
    case 100:
        return "Continue";
    case 103:
        return "Early Hints";
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 204:
        return "No Content";
    case 304:
        return "Not Modified";
    case 308:
        return "Resume Incomplete"; // Google's resumable uploads
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 404:
        return "Not Found";
    case 413:
        return "Payload Too Large";
    case 429:
        return "Too Many Requests";
    case 500:
        return "Internal Server Error";
    case 503:
        return "Service Unavailable";
    default:
        return "Status";
    }
}

QByteArray head(int status, const HeaderList& headers)
{
    QByteArray text = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonOf(status) + "\r\n";
    headers.appendTo(&text);
    return text + "\r\n";
}

QByteArray chunk(const QByteArray& bytes)
{
    if (bytes.isEmpty())
        return "0\r\n\r\n";
    return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
}

QByteArray gzipped(const QByteArray& bytes)
{
    z_stream stream = {};
    const int gzipWindow = 15 + 16; // zlib.h: 16 more than the window bits asks for a gzip header
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzipWindow, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        return {};
    QByteArray packed(qsizetype(deflateBound(&stream, uLong(bytes.size()))) + 32, Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = uInt(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = uInt(packed.size());
    const int result = deflate(&stream, Z_FINISH);
    packed.truncate(result == Z_STREAM_END ? qsizetype(stream.total_out) : 0);
    deflateEnd(&stream);
    return packed;
}

UpstreamScript contentLength(int status, const HeaderList& headers, const QByteArray& body)
{
    HeaderList all = headers;
    all.append("Content-Length", QByteArray::number(body.size()));
    return UpstreamScript().send(head(status, all) + body);
}

static HeaderList typed(const QByteArray& contentType, const HeaderList& headers)
{
    HeaderList all{{"Content-Type", contentType}};
    for (const Header& header : headers)
        all.append(header.name, header.value);
    return all;
}

UpstreamScript json(int status, const QByteArray& body, const HeaderList& headers)
{
    return contentLength(status, typed("application/json", headers), body);
}

UpstreamScript gzipJson(int status, const QByteArray& body, const HeaderList& headers)
{
    HeaderList all = typed("application/json", headers);
    all.append("Content-Encoding", "gzip");
    return contentLength(status, all, gzipped(body));
}

UpstreamScript chunked(
    int status, const HeaderList& headers, const QList<QByteArray>& chunks, const StreamPace& pace)
{
    HeaderList all = headers;
    all.append("Transfer-Encoding", "chunked");
    UpstreamScript script;
    script.send(head(status, all));
    for (qsizetype i = 0; i < chunks.size(); ++i) {
        if (!pace.releasePrefix.isEmpty())
            script.waitForRelease(pace.releasePrefix + QByteArray::number(i));
        if (pace.delay.count() > 0)
            script.delay(pace.delay);
        script.send(chunk(chunks.at(i)));
    }
    return script.send(chunk({}));
}

UpstreamScript sse(const QList<QByteArray>& events, const HeaderList& headers, const StreamPace& pace)
{
    return chunked(200, typed("text/event-stream", headers), events, pace);
}

UpstreamScript closeDelimited(int status, const HeaderList& headers, const QByteArray& body)
{
    return UpstreamScript().send(head(status, headers) + body).close();
}

} // namespace Answer
