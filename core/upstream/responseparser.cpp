// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "upstream/responseparser.h"

namespace {

constexpr int maxInterims = 32; // a server sends one or two; more is an attack or a loop
constexpr QByteArrayView versionPrefix("HTTP/1.");

Error protocolError(const QString& what)
{
    return {ErrorCode::ProtocolError, QStringLiteral("invalid answer: ") + what, {}};
}

Error protocolError(const char* what)
{
    return protocolError(QString::fromLatin1(what));
}

bool isStatusDigit(char c)
{
    return c >= '0' && c <= '9';
}

} // namespace

ResponseParser::ResponseParser(QByteArrayView method, qsizetype maxHeaderBytes)
    : m_isHeadRequest(method == "HEAD")
    , m_maxHeaderBytes(maxHeaderBytes)
{
}

Result<ResponseParser::Event> ResponseParser::next(QByteArrayView* input, QByteArray* body)
{
    switch (m_state) {
    case State::Head: {
        Result<bool> complete = takeHeadBytes(input);
        if (!complete)
            return complete.error();
        return *complete ? takeHead() : Result<Event>(Event::NeedMore);
    }
    case State::Length: {
        const qsizetype taken = qsizetype(qMin<qint64>(m_remaining, input->size()));
        body->append(input->first(taken));
        *input = input->sliced(taken);
        m_remaining -= taken;
        if (m_remaining == 0)
            m_state = State::Finished;
        break;
    }
    case State::Chunked: {
        const Result<qsizetype> taken = m_decoder.decode(*input, body);
        if (!taken)
            return protocolError(taken.error().message);
        *input = input->sliced(*taken);
        if (m_decoder.isFinished())
            m_state = State::Finished;
        break;
    }
    case State::UntilClose:
        body->append(*input);
        *input = {};
        break;
    case State::Finished:
        break;
    }
    return m_state == State::Finished ? Event::Finished : Event::NeedMore;
}

Result<void> ResponseParser::finish()
{
    if (m_state == State::Finished)
        return {};
    if (m_state == State::UntilClose) {
        m_state = State::Finished;
        return {};
    }
    const char* when = m_state != State::Head ? "the connection was closed in the middle of the answer"
        : m_untouched                         ? "the connection was closed before an answer"
                                              : "the connection was closed in the head of the answer";
    return Error{ErrorCode::ConnectionFailed, QString::fromLatin1(when), {}};
}

bool ResponseParser::isReusable() const
{
    if (m_state != State::Finished || m_closeDelimited || m_head.headers.hasToken("connection", "close"))
        return false;
    return m_minorVersion >= 1 || m_head.headers.hasToken("connection", "keep-alive");
}

std::optional<qint64> ResponseParser::keepAliveSeconds() const
{
    constexpr QByteArrayView key("timeout=");
    for (const QByteArray& value : m_head.headers.values("keep-alive")) {
        for (const QByteArray& part : value.split(',')) {
            const QByteArrayView parameter = HttpSyntax::trimmed(part);
            if (parameter.size() > key.size() && isSameHeaderName(parameter.first(key.size()), key))
                return HttpSyntax::parseDecimal(parameter.sliced(key.size()));
        }
    }
    return std::nullopt;
}

// Moves the bytes of one head into m_block; true when its empty line is there. Line ends are checked as they
// come, so that a peer that never sends CRLF CRLF is refused at its first bad line and not at the size limit.
Result<bool> ResponseParser::takeHeadBytes(QByteArrayView* input)
{
    while (!input->isEmpty()) {
        m_untouched = false;
        const qsizetype end = input->indexOf('\n');
        const QByteArrayView piece = end < 0 ? *input : input->first(end + 1);
        if (m_block.size() + piece.size() > m_maxHeaderBytes)
            return protocolError("its head is too large");
        const bool isStart = m_block.size() < versionPrefix.size();
        m_block.append(piece);
        *input = input->sliced(piece.size());
        if (isStart && !m_block.startsWith(versionPrefix.first(qMin(m_block.size(), versionPrefix.size()))))
            return protocolError("not HTTP/1.x");
        if (end < 0)
            break;
        if (m_block.size() < 2 || m_block[m_block.size() - 2] != '\r')
            return protocolError("header line does not end in CRLF");
        const bool isEmptyLine = m_block.size() - m_lineStart == 2;
        m_lineStart = m_block.size();
        if (isEmptyLine)
            return true;
    }
    return false;
}

Result<ResponseParser::Event> ResponseParser::takeHead()
{
    const QByteArray block = std::exchange(m_block, QByteArray());
    m_lineStart = 0;
    const qsizetype lineEnd = block.indexOf('\n') + 1;
    if (Result<void> taken = takeStatusLine(QByteArrayView(block).first(lineEnd - 2)); !taken)
        return taken.error();
    Result<HeaderList> headers = HttpSyntax::parseFields(QByteArrayView(block).sliced(lineEnd).chopped(2));
    if (!headers)
        return protocolError(headers.error().message);
    m_head.headers = std::move(*headers);

    if (m_head.status == 101)
        return protocolError("101 to a request that asked for no upgrade");
    if (m_head.status < 200) {
        if (++m_interims > maxInterims)
            return protocolError("too many interim responses");
        return Event::Interim;
    }
    if (Result<void> chosen = chooseBody(); !chosen)
        return chosen.error();
    return Event::Head;
}

// status-line = HTTP-version SP status-code SP [ reason-phrase ]; the second SP is missing in the wild when
// there is no reason, and that cannot be misread.
Result<void> ResponseParser::takeStatusLine(QByteArrayView line)
{
    constexpr qsizetype codeAt = versionPrefix.size() + 2;
    constexpr qsizetype codeEnd = codeAt + 3;
    const bool isShaped = line.size() >= codeEnd && isStatusDigit(line[codeAt - 2]) && line[codeAt - 1] == ' '
        && (line.size() == codeEnd || line[codeEnd] == ' ');
    const std::optional<qint64> status
        = isShaped ? HttpSyntax::parseDecimal(line.sliced(codeAt, 3)) : std::nullopt;
    if (!status || *status < 100 || *status > 599)
        return protocolError("bad status line");
    const QByteArrayView reason = line.size() > codeEnd ? line.sliced(codeEnd + 1) : QByteArrayView();
    for (char c : reason) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && byte != '\t') || byte == 0x7f)
            return protocolError("control character in the status line");
    }
    m_minorVersion = line[codeAt - 2] - '0';
    m_head.status = int(*status);
    m_head.reason = reason.toByteArray();
    return {};
}

// RFC 9112 6.3. Framing headers are checked even where there is no body: what contradicts itself is not
// passed on.
Result<void> ResponseParser::chooseBody()
{
    using Kind = HttpSyntax::Framing::Kind;
    const Result<HttpSyntax::Framing> framing = HttpSyntax::parseFraming(m_head.headers);
    if (!framing)
        return protocolError(framing.error().message);
    if (framing->kind == Kind::Chunked && m_minorVersion == 0)
        return protocolError("transfer encoding in HTTP/1.0"); // RFC 9112 6.1: the framing is faulty

    if (m_isHeadRequest || m_head.status == 204 || m_head.status == 304) {
        m_state = State::Finished;
    } else if (framing->kind == Kind::Chunked) {
        m_state = State::Chunked;
    } else if (framing->kind == Kind::Length) {
        m_remaining = framing->contentLength;
        m_state = m_remaining == 0 ? State::Finished : State::Length;
    } else {
        m_closeDelimited = true;
        m_state = State::UntilClose;
    }
    return {};
}
