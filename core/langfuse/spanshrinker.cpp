// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/spanshrinker.h"

#include "langfuse/otlpencoder.h"
#include "langfuse/otlpmapping.h"

#include <algorithm>

namespace SpanShrinker {

namespace {

bool isInsideCharacter(char c)
{
    return (static_cast<uchar>(c) & 0xc0) == 0x80;
}

qsizetype textSize(const OtlpSpan& span, QByteArrayView key)
{
    const SpanAttribute* attribute = span.find(key);
    return attribute ? attribute->text.size() : 0;
}

void cutAttribute(OtlpSpan* span, const char* key, qsizetype maxBytes)
{
    if (textSize(*span, key) > maxBytes)
        span->setText(key, cutMiddle(span->find(key)->text, maxBytes));
}

// For a span that is too large even without input and output: metadata, parameters, tags.
void cutOthers(OtlpSpan* span)
{
    constexpr qsizetype maxOtherBytes = 1024;
    constexpr qsizetype maxCount = 64;
    for (SpanAttribute& attribute : span->attributes) {
        if (attribute.key != OtlpMapping::inputKey && attribute.key != OtlpMapping::outputKey)
            attribute.text = cutMiddle(attribute.text, maxOtherBytes);
        if (attribute.list.size() > maxCount)
            attribute.list.resize(maxCount);
    }
    span->attributes.removeIf(
        [](const SpanAttribute& attribute) { return attribute.key.size() > maxOtherBytes; });
    span->statusMessage = cutMiddle(span->statusMessage, maxOtherBytes);
}

} // namespace

QByteArray cutMiddle(const QByteArray& text, qsizetype maxBytes)
{
    if (text.size() <= maxBytes)
        return text;
    constexpr qsizetype markBytes = 48; // more than the mark ever needs
    const qsizetype kept = std::max<qsizetype>(0, maxBytes - markBytes);
    qsizetype headEnd = kept / 2;
    while (headEnd > 0 && isInsideCharacter(text[headEnd]))
        --headEnd;
    qsizetype tailBegin = text.size() - (kept - kept / 2);
    while (tailBegin < text.size() && isInsideCharacter(text[tailBegin]))
        ++tailBegin;
    return text.first(headEnd) + "...[truncated " + QByteArray::number(tailBegin - headEnd) + " bytes]..."
        + text.sliced(tailBegin);
}

OtlpSpan shrink(const OtlpSpan& span, qsizetype maxBytes)
{
    constexpr qsizetype slackBytes = 512; // the mark in the metadata, longer length prefixes
    OtlpSpan shrunk = span;
    shrunk.setText(OtlpMapping::truncatedKey, "true");
    const auto rest = [&shrunk] {
        return OtlpEncoder::encodeSpan(shrunk).size() - textSize(shrunk, OtlpMapping::inputKey)
            - textSize(shrunk, OtlpMapping::outputKey);
    };
    qsizetype budget = maxBytes - slackBytes - rest();
    if (budget < maxBytes / 2) {
        cutOthers(&shrunk);
        budget = maxBytes - slackBytes - rest();
    }
    budget = std::max<qsizetype>(0, budget);
    // The smaller of the two keeps all it can: an answer is worth more whole than a long history.
    const qsizetype input = textSize(shrunk, OtlpMapping::inputKey);
    const qsizetype output = textSize(shrunk, OtlpMapping::outputKey);
    const qsizetype half = budget / 2;
    cutAttribute(&shrunk, OtlpMapping::inputKey, std::max(half, budget - output));
    cutAttribute(&shrunk, OtlpMapping::outputKey, std::max(half, budget - input));
    const bool isCut = textSize(shrunk, OtlpMapping::inputKey) < input
        || textSize(shrunk, OtlpMapping::outputKey) < output;
    if (isCut && !shrunk.find(OtlpMapping::usageKey))
        OtlpMapping::withholdModel(&shrunk);
    return shrunk;
}

} // namespace SpanShrinker
