// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/geminipath.h"

std::optional<GeminiCall> geminiCall(QByteArrayView path)
{
    QByteArrayView rest;
    for (const QByteArrayView version :
        {QByteArrayView("/v1beta/"), QByteArrayView("/v1alpha/"), QByteArrayView("/v1/")}) {
        if (path.startsWith(version))
            rest = path.sliced(version.size());
    }
    constexpr QByteArrayView models = "models/";
    if (rest.startsWith(models))
        rest = rest.sliced(models.size());
    else if (!rest.startsWith("tunedModels/"))
        return std::nullopt;
    const qsizetype colon = rest.lastIndexOf(':');
    if (colon <= 0)
        return std::nullopt;
    return GeminiCall{QByteArray::fromPercentEncoding(rest.first(colon).toByteArray()),
        rest.sliced(colon + 1).toByteArray()};
}
