// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/modalitytags.h"

namespace {

bool hasPart(const Conversation& conversation, Part::Kind kind)
{
    for (const Message& message : conversation.messages) {
        for (const Part& part : message.parts) {
            if (part.kind == kind)
                return true;
        }
    }
    return false;
}

} // namespace

QList<QByteArray> modalityTags(QByteArrayView path, const Conversation& input, const Conversation& output)
{
    const auto says = [&](Part::Kind kind) { return hasPart(input, kind) || hasPart(output, kind); };
    const auto goesTo = [&](QByteArrayView piece) { return path.indexOf(piece) >= 0; };
    QList<QByteArray> tags;
    if (goesTo("/audio/") || says(Part::Kind::Audio))
        tags.append("audio");
    if (goesTo("/images/") || says(Part::Kind::Image))
        tags.append("vision");
    if (goesTo("/embeddings") || goesTo(":embedContent") || goesTo(":batchEmbedContents"))
        tags.append("embedding");
    if (says(Part::Kind::Document))
        tags.append("document");
    return tags;
}
