// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/livetexts.h"

#include "trace/plaintext.h"
#include "trace/redactor.h"

#include <algorithm>

namespace {

const QByteArray* liveTextOf(const Part& part)
{
    switch (part.kind) {
    case Part::Kind::Text:
    case Part::Kind::Thinking:
    case Part::Kind::Refusal:
        return &part.text;
    case Part::Kind::ToolCall:
        return &part.json;
    default:
        return nullptr;
    }
}

} // namespace

LiveTexts::LiveTexts(const QList<Secret>& credentials)
{
    std::copy_if(credentials.begin(), credentials.end(), std::back_inserter(m_credentials),
        [](const Secret& credential) { return Redactor::isMaskable(credential); });
}

QList<LiveText> LiveTexts::take(const Conversation& output, bool isEnd)
{
    QList<LiveText> texts;
    for (qsizetype message = 0; message < output.messages.size(); ++message) {
        const QList<Part>& parts = output.messages[message].parts;
        for (qsizetype part = 0; part < parts.size(); ++part) {
            const QByteArray* text = liveTextOf(parts[part]);
            if (!text || text->isEmpty())
                continue;
            qsizetype& shown = m_shown[{message, part}];
            const qsizetype end = isEnd ? text->size() : safeEnd(*text, shown);
            if (end <= shown)
                continue;
            QByteArray piece = text->sliced(shown, end - shown);
            if (!isEnd)
                piece = PlainText::withoutCutCharacter(piece);
            if (piece.isEmpty())
                continue;
            const QByteArray masked = Redactor::redactText(piece, m_credentials);
            texts.append(
                {message, part, parts[part].kind, Redactor::redactText(parts[part].name, m_credentials),
                    shown, PlainText::cutAtCharacter(masked, maxPieceBytes)});
            shown += piece.size();
        }
    }
    return texts;
}

/// Before what may go on to be a credential.
qsizetype LiveTexts::safeEnd(const QByteArray& text, qsizetype from) const
{
    qsizetype held = 0;
    for (const Secret& credential : m_credentials) {
        const QByteArray& bytes = credential.reveal();
        const qsizetype longest = std::min(bytes.size() - 1, text.size() - std::min(from, text.size()));
        for (qsizetype length = longest; length > held; --length) {
            if (text.endsWith(QByteArrayView(bytes).first(length))) {
                held = length;
                break;
            }
        }
    }
    return text.size() - held;
}
