// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/httpsyntax.h"

#include <algorithm>
#include <array>
#include <limits>

namespace HttpSyntax {

namespace {

constexpr std::array<bool, 256> makeTokenTable()
{
    std::array<bool, 256> table{};
    for (int c = '0'; c <= '9'; ++c)
        table[size_t(c)] = true;
    for (int c = 'a'; c <= 'z'; ++c)
        table[size_t(c)] = table[size_t(c - 'a' + 'A')] = true;
    for (char c : {'!', '#', '$', '%', '&', '\'', '*', '+', '-', '.', '^', '_', '`', '|', '~'})
        table[size_t(c)] = true;
    return table;
}

constexpr std::array<bool, 256> tokenTable = makeTokenTable();

Error badRequest(const char* message, QByteArrayView subject)
{
    return {ErrorCode::BadRequest, QString::fromLatin1(message),
        QString::fromLatin1(subject.first(qMin<qsizetype>(subject.size(), 40)))};
}

/// The token at the front: what may be told of a malformed name. The rest of the line can be a credential.
QByteArrayView leadingToken(QByteArrayView text)
{
    return text.first(std::find_if_not(text.begin(), text.end(), isTokenChar) - text.begin());
}

bool isFieldValue(QByteArrayView value)
{
    for (char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && byte != '\t') || byte == 0x7f)
            return false;
    }
    return true;
}

} // namespace

bool isTokenChar(char c)
{
    return tokenTable[static_cast<unsigned char>(c)];
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenChar);
}

QByteArrayView trimmed(QByteArrayView text)
{
    const auto isSpace = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.isEmpty() && isSpace(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isSpace(text.back()))
        text.chop(1);
    return text;
}

std::optional<qint64> parseDecimal(QByteArrayView text)
{
    constexpr qint64 max = std::numeric_limits<qint64>::max();
    if (text.isEmpty())
        return std::nullopt;
    qint64 number = 0;
    for (char c : text) {
        if (c < '0' || c > '9')
            return std::nullopt;
        const int digit = c - '0';
        if (number > (max - digit) / 10)
            return std::nullopt;
        number = number * 10 + digit;
    }
    return number;
}

Result<HeaderList> parseFields(QByteArrayView block)
{
    HeaderList headers;
    while (!block.isEmpty()) {
        const qsizetype end = block.indexOf('\n');
        if (end < 1 || block[end - 1] != '\r')
            return badRequest("header line does not end in CRLF", {});
        const QByteArrayView line = block.first(end - 1);
        block = block.sliced(end + 1);

        if (line.isEmpty() || line.front() == ' ' || line.front() == '\t')
            return badRequest("folded or empty header line", {});
        const qsizetype colon = line.indexOf(':');
        if (colon < 0)
            return badRequest("header line without a colon", {});
        const QByteArrayView name = line.first(colon);
        if (!isToken(name))
            return badRequest("invalid header name", leadingToken(name));
        const QByteArrayView value = trimmed(line.sliced(colon + 1));
        if (!isFieldValue(value))
            return badRequest("control character in header value", name);
        headers.append(name.toByteArray(), value.toByteArray());
    }
    return headers;
}

Result<Framing> parseFraming(const HeaderList& headers)
{
    Framing framing;
    bool hasTransferEncoding = false;
    for (const Header& header : headers) {
        if (isSameHeaderName(header.name, "transfer-encoding")) {
            if (hasTransferEncoding || !isSameHeaderName(header.value, "chunked"))
                return badRequest("unsupported transfer encoding", header.value);
            hasTransferEncoding = true;
        } else if (isSameHeaderName(header.name, "content-length")) {
            const std::optional<qint64> length = parseDecimal(header.value);
            if (!length)
                return badRequest("invalid content length", header.value);
            if (framing.kind == Framing::Kind::Length && framing.contentLength != *length)
                return badRequest("conflicting content lengths", header.value);
            framing = {Framing::Kind::Length, *length};
        }
    }
    if (hasTransferEncoding) {
        if (framing.kind == Framing::Kind::Length)
            return badRequest("both content length and transfer encoding", {});
        framing.kind = Framing::Kind::Chunked;
    }
    return framing;
}

} // namespace HttpSyntax
