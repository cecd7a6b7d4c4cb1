// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/refusal.h"

#include <algorithm>

QByteArray Refusal::toJson() const
{
    Q_ASSERT(!message.contains('"') && !message.contains('\\'));
    return R"({"error":{"message":")" + message + R"(","type":"invalid_request_error","code":")" + code
        + R"("}})";
}

Error Refusal::toError() const
{
    return {error, QString::fromLatin1(message), QString::fromLatin1(code)};
}

QByteArray reasonPhrase(int status)
{
    struct Phrase
    {
        int status;
        const char* text;
    };
    static constexpr Phrase phrases[] = {{100, "Continue"}, {200, "OK"}, {201, "Created"}, {202, "Accepted"},
        {204, "No Content"}, {206, "Partial Content"}, {301, "Moved Permanently"}, {302, "Found"},
        {303, "See Other"}, {304, "Not Modified"}, {307, "Temporary Redirect"}, {308, "Permanent Redirect"},
        {400, "Bad Request"}, {401, "Unauthorized"}, {403, "Forbidden"}, {404, "Not Found"},
        {405, "Method Not Allowed"}, {406, "Not Acceptable"}, {408, "Request Timeout"}, {409, "Conflict"},
        {411, "Length Required"}, {413, "Content Too Large"}, {414, "URI Too Long"},
        {415, "Unsupported Media Type"}, {417, "Expectation Failed"}, {421, "Misdirected Request"},
        {422, "Unprocessable Content"}, {426, "Upgrade Required"}, {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"}, {500, "Internal Server Error"}, {501, "Not Implemented"},
        {502, "Bad Gateway"}, {503, "Service Unavailable"}, {504, "Gateway Timeout"},
        {505, "HTTP Version Not Supported"}};
    const auto* found = std::find_if(
        std::begin(phrases), std::end(phrases), [status](const Phrase& p) { return p.status == status; });
    return found == std::end(phrases) ? QByteArray() : QByteArray(found->text);
}
