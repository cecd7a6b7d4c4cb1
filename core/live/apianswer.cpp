// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "live/apianswer.h"

#include "http/clientcall.h"
#include "proxy/errorbody.h"

ApiAnswer ApiAnswer::error(
    int status, const QByteArray& code, const QByteArray& message, const HeaderList& headers)
{
    const QByteArray type = status >= 500 ? "server_error"
        : status == 401                   ? "authentication_error"
        : status == 403                   ? "permission_error"
                                          : "invalid_request_error";
    const QByteArray body = "{\"apiVersion\":" + QByteArray::number(apiVersion) + ','
        + errorBody(message, type, code).sliced(1);
    return {status, body, "application/json", headers};
}

void sendAnswer(ClientCall* call, const ApiAnswer& answer)
{
    HeaderList headers{{"X-Api-Version", QByteArray::number(apiVersion)}, {"Cache-Control", "no-store"},
        {"X-Content-Type-Options", "nosniff"}, {"Cross-Origin-Resource-Policy", "same-origin"}};
    for (const Header& header : answer.headers)
        headers.append(header.name, header.value);
    call->respond(answer.status, answer.contentType, answer.body, headers);
}
