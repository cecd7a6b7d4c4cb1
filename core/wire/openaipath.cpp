// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/openaipath.h"

namespace {

constexpr QByteArrayView deployments = "/openai/deployments/";

/// What follows the prefix; empty when the path does not begin with it.
QByteArrayView behind(QByteArrayView prefix, QByteArrayView path)
{
    return path.startsWith(prefix) ? path.sliced(prefix.size()) : QByteArrayView();
}

} // namespace

QByteArrayView openAiEndpoint(QByteArrayView provider, QByteArrayView path)
{
    if (provider == "gemini")
        return behind("/v1beta/openai/", path);
    if (provider != "openai")
        return {};
    if (const QByteArrayView name = azureDeployment(path); !name.isEmpty())
        return path.sliced(deployments.size() + name.size() + 1);
    for (const QByteArrayView prefix :
        {QByteArrayView("/v1/"), QByteArrayView("/openai/v1/"), QByteArrayView("/openai/")}) {
        if (path.startsWith(prefix))
            return path.sliced(prefix.size());
    }
    return {};
}

QByteArrayView azureDeployment(QByteArrayView path)
{
    const QByteArrayView rest = behind(deployments, path);
    const qsizetype slash = rest.indexOf('/');
    return slash > 0 ? rest.first(slash) : QByteArrayView();
}

QByteArray openAiModel(JsonValue request, QByteArrayView path)
{
    const QByteArray model = request["model"].text();
    return model.isEmpty() ? QByteArray::fromPercentEncoding(azureDeployment(path).toByteArray()) : model;
}
