// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/dialects.h"

#include "wire/anthropiccounttokens.h"
#include "wire/anthropicmessages.h"
#include "wire/geminicounttokens.h"
#include "wire/geminiembeddings.h"
#include "wire/geminigenerate.h"
#include "wire/openaichat.h"
#include "wire/openaicompletions.h"
#include "wire/openaiembeddings.h"
#include "wire/openaiimages.h"
#include "wire/openaimoderations.h"
#include "wire/openairesponses.h"
#include "wire/openaispeech.h"
#include "wire/openaitranscriptions.h"

const QList<const Dialect*>& allDialects()
{
    static const OpenAiChat openAiChat;
    static const OpenAiResponses openAiResponses;
    static const AnthropicMessages anthropicMessages;
    static const GeminiGenerate geminiGenerate;
    static const OpenAiCompletions openAiCompletions;
    static const OpenAiEmbeddings openAiEmbeddings;
    static const OpenAiModerations openAiModerations;
    static const OpenAiImages openAiImages;
    static const OpenAiSpeech openAiSpeech;
    static const OpenAiTranscriptions openAiTranscriptions;
    static const AnthropicCountTokens anthropicCountTokens;
    static const GeminiEmbeddings geminiEmbeddings;
    static const GeminiCountTokens geminiCountTokens;

    static const QList<const Dialect*> all{
        &openAiChat,
        &openAiResponses,
        &anthropicMessages,
        &geminiGenerate,
        &openAiCompletions,
        &openAiEmbeddings,
        &openAiModerations,
        &openAiImages,
        &openAiSpeech,
        &openAiTranscriptions,
        &anthropicCountTokens,
        &geminiEmbeddings,
        &geminiCountTokens,
    };
    return all;
}

const Dialect* findDialect(QByteArrayView provider, QByteArrayView method, QByteArrayView path)
{
    for (const Dialect* const dialect : allDialects()) {
        if (dialect->handles(provider, method, path))
            return dialect;
    }
    return nullptr;
}
