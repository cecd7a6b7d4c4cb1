// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// errorBody: the JSON bodies of answers that are ours, in the predecessor's shape. Pure.

#include <QByteArray>

/// {"error":{"message":...,"type":...,"code":...}}; the texts are UTF-8 and are escaped here.
[[nodiscard]] QByteArray errorBody(QByteArrayView message, QByteArrayView type, QByteArrayView code);
