// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Redactor: takes credentials out of what is recorded or logged: header values, query parameters, texts.
// Pure; the exchange uses it on the engine thread before anything is captured, the record builder on the
// telemetry thread.

#include "base/headerlist.h"
#include "base/secret.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace Redactor {

/// True for header fields whose value is a credential: authorization, x-api-key, cookie, `*-token`, ...
/// but not for rate limits (`anthropic-ratelimit-tokens-remaining`).
[[nodiscard]] bool isSecretHeader(QByteArrayView name);

/// The same lines with every credential masked: `Bearer sk-...9f2a` becomes `Bearer ***9f2a` (the last four
/// characters only of values of 20 and more, so that people can tell keys apart), a short value or a cookie
/// becomes `***`. Credentials in the query of a URL (`Location: https://h/p?key=...`) are masked too.
[[nodiscard]] HeaderList redactHeaders(const HeaderList& headers);

/// A request target or URL with the values of `key=`, `api_key=`, `access_token=`, `token=` and their like
/// as `***`; names are compared case-insensitively and percent-decoded. All other bytes stay as they are.
[[nodiscard]] QByteArray redactTarget(const QByteArray& target);

/// The credentials that stand in this request, bare: without `Bearer`, percent-decoded, no repeats. What
/// CallStart::credentials and redactText() want; never to be stored.
[[nodiscard]] QList<Secret> credentialsIn(const HeaderList& headers, const QByteArray& target);

/// Long enough to be looked for in texts: shorter than 8 bytes are placeholders ("none", "EMPTY"), which
/// would match ordinary words.
[[nodiscard]] bool isMaskable(const Secret& secret);

/// The text with every occurrence of each maskable credential as `***`.
[[nodiscard]] QByteArray redactText(const QByteArray& text, const QList<Secret>& knownSecrets);

} // namespace Redactor
