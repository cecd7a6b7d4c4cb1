// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ApiAnswer: what the API says to one request, made on whatever thread knows it, sent on the engine thread.
// A value.

#include "base/headerlist.h"

#include <QMetaType>

class ClientCall;

/// Of the shapes below `/api`; in the JSON of each answer and in the header X-Api-Version.
inline constexpr int apiVersion = 1;

struct ApiAnswer
{
    int status = 200;
    QByteArray body; // JSON unless contentType says otherwise
    QByteArray contentType = "application/json";
    HeaderList headers{}; // besides the ones that every answer has

    /// {"apiVersion":1,"error":{"message":...,"type":...,"code":...}}. `message` names what is wrong; UTF-8.
    [[nodiscard]] static ApiAnswer error(
        int status, const QByteArray& code, const QByteArray& message, const HeaderList& headers = {});
    bool operator==(const ApiAnswer&) const = default;
};

/// With the headers that keep an answer from being stored, taken for a page, or read by another site's.
void sendAnswer(ClientCall* call, const ApiAnswer& answer);

Q_DECLARE_METATYPE(ApiAnswer)
