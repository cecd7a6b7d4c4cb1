// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// RequestHead and ResponseHead: the start line and field lines of one HTTP message, as bytes. Values that
// travel from the client connection through the forwarding rules to the upstream call, and back.

#include "base/headerlist.h"
#include "base/httpsyntax.h"

#include <QMetaType>

struct RequestHead
{
    QByteArray method; // token, case kept
    QByteArray target; // origin-form: path and query exactly as received; "*" for OPTIONS *
    int minorVersion = 1; // HTTP/1.x
    HeaderList headers; // as received
    HttpSyntax::Framing framing; // of the body that follows

    /// The target up to the first '?'.
    [[nodiscard]] QByteArray path() const;
    /// The target after the first '?', empty when there is none.
    [[nodiscard]] QByteArray query() const;
};

struct ResponseHead
{
    int status = 0; // 100..599
    QByteArray reason; // may be empty
    HeaderList headers; // as received, framing headers included
};

Q_DECLARE_METATYPE(RequestHead)
Q_DECLARE_METATYPE(ResponseHead)
