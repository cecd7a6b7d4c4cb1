// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/textbudget.h"

#include "base/medianote.h"

void TextBudget::append(QByteArray* target, QByteArrayView text)
{
    if (text.size() <= m_remaining) {
        target->append(text);
        m_remaining -= text.size();
        return;
    }
    qsizetype kept = m_remaining;
    while (kept > 0 && (uchar(text[kept]) & 0xC0) == 0x80) // inside a UTF-8 sequence
        --kept;
    target->append(text.first(kept));
    m_remaining = 0;
    m_omittedBytes += text.size() - kept;
}

QByteArray TextBudget::whole(const QByteArray& text)
{
    if (text.size() > m_remaining) {
        m_omittedBytes += text.size();
        return {};
    }
    m_remaining -= text.size();
    return text;
}

void TextBudget::giveBack(qsizetype bytes, qint64 omittedBytes)
{
    m_remaining += bytes;
    m_omittedBytes -= omittedBytes;
}

QByteArray TextBudget::wholeMedia(const Part& part)
{
    if (part.text.size() > m_remainingMedia) {
        m_omittedBytes += part.text.size();
        return mediaNoteOf(part.text, part.mediaType);
    }
    m_remainingMedia -= part.text.size();
    return part.text;
}

void TextBudget::charge(Part* part)
{
    const bool isProse = part->kind == Part::Kind::Text || part->kind == Part::Kind::Thinking
        || part->kind == Part::Kind::Refusal || part->kind == Part::Kind::ToolResult;
    if (isProse) {
        const QByteArray text = std::exchange(part->text, QByteArray());
        append(&part->text, text);
    } else {
        part->text = part->text.startsWith("data:") ? wholeMedia(*part) : whole(part->text);
    }
    if (part->kind == Part::Kind::ToolCall) {
        const QByteArray arguments = std::exchange(part->json, QByteArray());
        append(&part->json, arguments);
    } else {
        part->json = whole(part->json);
    }
    if (part->kind == Part::Kind::Audio) { // the transcript
        const QByteArray transcript = std::exchange(part->name, QByteArray());
        append(&part->name, transcript);
    }
    part->signature = whole(part->signature);
}
