// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "proxy/errorbody.h"

#include <QJsonArray>
#include <QJsonDocument>

QByteArray errorBody(QByteArrayView message, QByteArrayView type, QByteArrayView code)
{
    const auto quoted = [](QByteArrayView text) {
        // QJsonDocument escapes and replaces invalid UTF-8; the array's brackets come off again.
        const QByteArray array
            = QJsonDocument(QJsonArray{QString::fromUtf8(text)}).toJson(QJsonDocument::Compact);
        return array.mid(1, array.size() - 2);
    };
    return "{\"error\":{\"message\":" + quoted(message) + ",\"type\":" + quoted(type)
        + ",\"code\":" + quoted(code) + "}}";
}
