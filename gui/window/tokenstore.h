// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TokenStore: the tokens of proxies that were attached to, by address, in a file that only its owner may
// read. Never in the settings. Main thread.

#include "base/result.h"
#include "base/secret.h"

#include <QUrl>

class TokenStore final
{
public:
    /// The file need not be there. Empty: tokens.json in the program's folder of configuration.
    explicit TokenStore(const QString& path = {});

    /// Empty: none is kept.
    [[nodiscard]] Secret token(const QUrl& url) const;
    /// An empty token takes away the one that is kept. StoreFailed: it is not kept, the message says why.
    [[nodiscard]] Result<void> setToken(const QUrl& url, const Secret& token);

private:
    QString m_path;
};
