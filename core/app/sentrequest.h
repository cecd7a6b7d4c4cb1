// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// SentRequest: the request of a stored call as somebody sends it again, with the names of the variables that
// hold the real keys where masked ones stand. Pure.

#include <QByteArray>
#include <QList>

class QJsonObject;

struct SentHeader
{
    QByteArray name;
    QByteArray value; // with a variable only what comes before it: `Bearer `
    QByteArray variable; // OPENAI_API_KEY; empty: the value is whole
};

struct SentRequest
{
    QByteArray method;
    QByteArray url; // with a variable only what comes before it: `https://host/path?key=`
    QByteArray urlVariable; // empty: the url is whole
    QByteArray urlRest; // behind the variable
    QList<SentHeader> headers; // without those of the connection
    QByteArray body; // text; empty when it is none
    bool isWhole = true; // the body is all that was sent

    /// `call`: the answer of GET /api/traces/{id}.
    [[nodiscard]] static SentRequest of(const QJsonObject& call);
};
