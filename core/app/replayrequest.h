// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ReplayRequest: a stored call made ready to be sent again. Unchanged it has the stored body's bytes; a
// change rewrites the JSON. Pure.

#include "base/headerlist.h"
#include "base/result.h"

#include <QByteArrayList>

class QJsonObject;

struct ReplayChanges
{
    QByteArray model; // empty: as it was
    QByteArrayList sets; // `temperature=0.2`, `messages.0.content=Hi`: a path, and JSON or else a text
};

struct ReplayRequest
{
    QByteArray method;
    QByteArray target; // without a key
    HeaderList headers;
    QByteArray body;

    /// `call`: the answer of GET /api/traces/{id}; `body`: the stored bytes. `key`: the credential to send,
    /// empty for a proxy that has one of its own. BadRequest when the body was cut when it was stored, is
    /// compressed and to be changed, or a path leads nowhere.
    [[nodiscard]] static Result<ReplayRequest> of(
        const QJsonObject& call, const QByteArray& body, const ReplayChanges& changes, const QByteArray& key);
};
