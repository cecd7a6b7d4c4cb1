// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/modelparameters.h"

QList<ModelParameter> readParameters(JsonValue object, std::initializer_list<QByteArrayView> names)
{
    QList<ModelParameter> parameters;
    for (const QByteArrayView name : names) {
        const JsonValue value = object[name];
        if (value.exists() && !value.isNull())
            parameters.append({name.toByteArray(), value.json()});
    }
    return parameters;
}
