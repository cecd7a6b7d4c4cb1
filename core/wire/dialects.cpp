// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/dialects.h"

#include "wire/anthropicmessages.h"
#include "wire/geminigenerate.h"
#include "wire/openaichat.h"
#include "wire/openairesponses.h"

const Dialect* findDialect(QByteArrayView provider, QByteArrayView method, QByteArrayView path)
{
    static const OpenAiChat openAiChat;
    static const OpenAiResponses openAiResponses;
    static const AnthropicMessages anthropicMessages;
    static const GeminiGenerate geminiGenerate;

    for (const Dialect* const dialect : std::initializer_list<const Dialect*>{
             &openAiChat, &openAiResponses, &anthropicMessages, &geminiGenerate}) {
        if (dialect->handles(provider, method, path))
            return dialect;
    }
    return nullptr;
}
