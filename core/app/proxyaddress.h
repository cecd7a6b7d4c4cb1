// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// proxyAddress: where the proxy is reached. Stateless.

#include "config/config.h"

/// `http://127.0.0.1:3000`. A proxy that listens on every interface is reached as localhost.
[[nodiscard]] QByteArray proxyUrl(const QString& host, quint16 port);
