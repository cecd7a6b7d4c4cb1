// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/requestscanner.h"

namespace {

// RFC 9112 2.2 asks to tolerate "at least one" empty line before a request line (old clients send one after
// a POST); more than a few is noise.
constexpr int maxEmptyLines = 4;

bool isHexDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool isDecimalDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// RFC 9110 7.2: uri-host [ ":" port ], by characters (RFC 3986 3.2.2: reg-name, IPv4 or a bracketed
/// literal). An empty value is allowed: a target without an authority has none.
bool isHostValue(QByteArrayView host)
{
    static constexpr QByteArrayView allowed = "-._~!$&'()*+,;=%";
    const qsizetype colon = host.lastIndexOf(':');
    const qsizetype bracket = host.lastIndexOf(']');
    if (colon > bracket) {
        for (char c : host.sliced(colon + 1)) {
            if (!isDecimalDigit(c))
                return false;
        }
        host = host.first(colon);
    }
    if (host.startsWith('[')) {
        if (!host.endsWith(']') || host.size() < 4)
            return false;
        for (char c : host.sliced(1, host.size() - 2)) {
            if (!isHexDigit(c) && c != ':' && c != '.')
                return false;
        }
        return true;
    }
    for (char c : host) {
        const bool isAlphaNumeric = isDecimalDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!isAlphaNumeric && !allowed.contains(c))
            return false;
    }
    return true;
}

} // namespace

RequestScanner::RequestScanner(const HttpLimits& limits)
    : m_limits(limits)
{
}

void RequestScanner::feed(const QByteArray& bytes)
{
    if (m_position == m_buffer.size()) {
        m_buffer = bytes;
        m_position = 0;
        return;
    }
    if (m_position > 0) {
        m_buffer.remove(0, m_position);
        m_position = 0;
    }
    m_buffer.append(bytes);
}

RequestScanner::Event RequestScanner::next()
{
    switch (m_state) {
    case State::Head:
        return scanHead();
    case State::LengthBody:
        return scanLengthBody();
    case State::ChunkedBody:
        return scanChunkedBody();
    case State::End:
        m_state = State::Complete;
        return Event::BodyEnd;
    case State::Complete:
        return Event::NeedMore;
    case State::Refused:
        return Event::Refused;
    }
    Q_UNREACHABLE();
}

void RequestScanner::startNext()
{
    Q_ASSERT(m_state == State::Complete);
    m_state = State::Head;
    m_scanned = m_lineStart = m_requestLineBytes = 0;
    m_emptyLines = 0;
    m_bodyBytes = 0;
    m_chunks = ChunkedDecoder();
}

qint64 RequestScanner::bodyRemaining() const
{
    if (m_state == State::ChunkedBody)
        return -1;
    return m_state == State::LengthBody ? m_bodyBytes : 0;
}

RequestScanner::Event RequestScanner::scanHead()
{
    while (m_scanned == 0 && m_emptyLines < maxEmptyLines
        && QByteArrayView(m_buffer).sliced(m_position).startsWith("\r\n")) {
        consume(2);
        ++m_emptyLines;
    }
    const QByteArrayView input = QByteArrayView(m_buffer).sliced(m_position);
    if (input.isEmpty() || (m_scanned == 0 && input.size() == 1 && input[0] == '\r'))
        return Event::NeedMore;
    // A first byte that begins no method is another protocol (TLS, say): no need to wait for its line to end.
    if (!HttpSyntax::isTokenChar(input[0]))
        return refuse(400, "bad_request", "Not an HTTP request");

    while (true) {
        const qsizetype newline = input.indexOf('\n', m_scanned);
        const qsizetype reached = newline < 0 ? input.size() : newline + 1;
        if (m_requestLineBytes == 0 && reached > m_limits.maxRequestLineBytes)
            return refuse(414, "uri_too_long", "Request line too long");
        if (reached > m_limits.maxHeaderBytes)
            return refuse(431, "header_too_large", "Request header too large");
        m_scanned = reached;
        if (newline < 0)
            return Event::NeedMore;
        if (newline == m_lineStart || input[newline - 1] != '\r')
            return refuse(400, "bad_request", "Line does not end in CRLF");

        const QByteArrayView line = input.sliced(m_lineStart, newline - 1 - m_lineStart);
        if (m_requestLineBytes == 0) {
            if (!takeRequestLine(line))
                return Event::Refused;
            m_requestLineBytes = reached;
        } else if (line.isEmpty()) {
            return finishHead(input.sliced(m_requestLineBytes, m_lineStart - m_requestLineBytes), reached);
        }
        m_lineStart = reached;
    }
}

bool RequestScanner::takeRequestLine(QByteArrayView line)
{
    const auto bad = [this] {
        refuse(400, "bad_request", "Malformed request line");
        return false;
    };
    const qsizetype first = line.indexOf(' ');
    const qsizetype last = line.lastIndexOf(' ');
    if (first < 1 || last == first)
        return bad();
    const QByteArrayView method = line.first(first);
    const QByteArrayView target = line.sliced(first + 1, last - first - 1);
    const QByteArrayView version = line.sliced(last + 1);
    if (!HttpSyntax::isToken(method))
        return bad();
    if (version.size() != 8 || !version.startsWith("HTTP/") || !isDecimalDigit(version[5])
        || version[6] != '.' || !isDecimalDigit(version[7]))
        return bad();
    if (version[5] != '1' || version[7] > '1') {
        refuse(505, "http_version_not_supported", "Only HTTP/1.0 and HTTP/1.1 are supported");
        return false;
    }
    if (method == QByteArrayView("CONNECT")) {
        refuse(501, "not_implemented", "CONNECT is not supported");
        return false;
    }
    m_head = {};
    m_head.method = method.toByteArray();
    m_head.minorVersion = version[7] - '0';
    return takeTarget(target) || bad();
}

/// Leaves origin-form as it is and strips absolute-form to it (RFC 9112 3.2).
bool RequestScanner::takeTarget(QByteArrayView target)
{
    for (char c : target) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte == 0x7f)
            return false;
    }
    if (target.startsWith('/')) {
        m_head.target = target.toByteArray();
        return true;
    }
    const bool isOptions = m_head.method == QByteArrayView("OPTIONS");
    if (target == QByteArrayView("*")) {
        m_head.target = "*";
        return isOptions;
    }
    for (const QByteArrayView scheme : {QByteArrayView("http://"), QByteArrayView("https://")}) {
        if (target.size() <= scheme.size() || !isSameHeaderName(target.first(scheme.size()), scheme))
            continue;
        const QByteArrayView rest = target.sliced(scheme.size());
        qsizetype end = 0;
        while (end < rest.size() && rest[end] != '/' && rest[end] != '?')
            ++end;
        if (end == 0 || !isHostValue(rest.first(end)))
            return false;
        const QByteArrayView path = rest.sliced(end);
        if (path.isEmpty())
            m_head.target = isOptions ? "*" : "/";
        else
            m_head.target = path.startsWith('/') ? path.toByteArray() : '/' + path.toByteArray();
        return true;
    }
    return false;
}

RequestScanner::Event RequestScanner::finishHead(QByteArrayView fields, qsizetype headBytes)
{
    Result<HeaderList> headers = HttpSyntax::parseFields(fields);
    if (!headers)
        return refuse(400, "bad_request", "Malformed header field");
    m_head.headers = std::move(*headers);
    if (!checkHost())
        return refuse(400, "bad_request", "Missing, repeated or malformed Host header");
    const Result<HttpSyntax::Framing> framing = HttpSyntax::parseFraming(m_head.headers);
    // RFC 9112 6.1: chunked from an HTTP/1.0 client is faulty framing.
    if (!framing || (framing->kind == HttpSyntax::Framing::Kind::Chunked && m_head.minorVersion == 0))
        return refuse(400, "bad_request", "Invalid Content-Length or Transfer-Encoding");
    if (framing->contentLength > m_limits.maxBodyBytes)
        return refuse(413, "payload_too_large", "Request body too large");
    if (m_head.minorVersion == 1 && m_head.headers.contains("expect")
        && !m_head.headers.hasToken("expect", "100-continue"))
        return refuse(417, "expectation_failed", "Unknown expectation");

    m_head.framing = *framing;
    consume(headBytes);
    if (framing->kind == HttpSyntax::Framing::Kind::Chunked) {
        m_state = State::ChunkedBody;
    } else if (framing->contentLength > 0) {
        m_state = State::LengthBody;
        m_bodyBytes = framing->contentLength;
    } else {
        m_state = State::End;
    }
    return Event::Head;
}

/// RFC 9112 3.2: exactly one on HTTP/1.1, at most one on HTTP/1.0, and a valid one.
bool RequestScanner::checkHost()
{
    int hosts = 0;
    for (const Header& header : m_head.headers) {
        if (!isSameHeaderName(header.name, "host"))
            continue;
        if (++hosts > 1 || !isHostValue(header.value))
            return false;
    }
    return hosts == 1 || m_head.minorVersion == 0;
}

RequestScanner::Event RequestScanner::scanLengthBody()
{
    const qsizetype taken = qsizetype(qMin<qint64>(m_bodyBytes, bufferedBytes()));
    if (taken == 0)
        return Event::NeedMore;
    if (m_position == 0 && taken == m_buffer.size())
        m_body = m_buffer; // shared; the buffer lets go of it below
    else
        m_body = m_buffer.mid(m_position, taken);
    consume(taken);
    m_bodyBytes -= taken;
    if (m_bodyBytes == 0)
        m_state = State::End;
    return Event::Body;
}

RequestScanner::Event RequestScanner::scanChunkedBody()
{
    m_body.clear();
    const Result<qsizetype> used = m_chunks.decode(QByteArrayView(m_buffer).sliced(m_position), &m_body);
    if (!used)
        return refuse(400, "bad_request", "Malformed chunked body");
    consume(*used);
    m_bodyBytes += m_body.size();
    if (m_bodyBytes > m_limits.maxBodyBytes)
        return refuse(413, "payload_too_large", "Request body too large");
    if (m_chunks.isFinished())
        m_state = State::End;
    if (!m_body.isEmpty())
        return Event::Body;
    return m_chunks.isFinished() ? next() : Event::NeedMore;
}

void RequestScanner::consume(qsizetype bytes)
{
    m_position += bytes;
    if (m_position == m_buffer.size()) {
        m_buffer = QByteArray(); // an idle connection holds no memory
        m_position = 0;
    }
}

RequestScanner::Event RequestScanner::refuse(int status, const char* code, const char* message)
{
    m_state = State::Refused;
    m_buffer = QByteArray();
    m_position = 0;
    m_body.clear();
    m_refusal = {status,
        status == 413 || status == 414 || status == 431 ? ErrorCode::TooLarge : ErrorCode::BadRequest, code,
        message};
    return Event::Refused;
}
