// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TextRedaction: replaces what the rules name in one text after the other, `[EMAIL]` for an address and so
// on. In JSON it looks at what the strings say, without their escapes, and what comes out is valid JSON
// again. A text that cannot be searched to its end is replaced whole. One a record, for its budget and
// counts; telemetry thread, owned by RecordRedaction.

#include "base/processortime.h"
#include "trace/redactionrules.h"
#include "wire/jsonparser.h"

#include <QSet>

class TextRedaction final
{
public:
    /// The rules must outlive this.
    explicit TextRedaction(const RedactionRules& rules);

    /// Text as people write it; JSON when it looks like that. UTF-8, or any bytes. True: it was changed.
    bool redactText(QByteArray* text);
    /// JSON, whole or cut off anywhere. With paths to search for, what cannot be parsed is withheld.
    bool redactJson(QByteArray* json);
    /// A URL's path and query, or a URL-encoded form.
    bool redactUrlEncoded(QByteArray* text);
    /// The front of a text that was cut off somewhere: its last bytes go, because what they began is not
    /// known.
    static void dropCutEnd(QByteArray* text);

    /// Texts that were withheld so far.
    [[nodiscard]] int withheldTexts() const { return m_withheld; }
    /// What the paths removed so far: the scalars, as text, of four bytes and more.
    [[nodiscard]] const QList<QByteArray>& removedByPaths() const { return m_removed; }

private:
    bool redactPlain(QByteArray* text);
    bool redactDetected(QByteArray* text);
    bool redactPatterns(QByteArray* text);
    bool redactDocument(QByteArray* json, bool isSurelyJson, int depth);
    bool redactPaths(QByteArray* json, JsonValue root);
    bool redactTokens(QByteArray* json, int depth);
    [[nodiscard]] QByteArray redactedGap(QByteArrayView gap);
    [[nodiscard]] QByteArray redactedString(QByteArrayView inside, int depth);
    [[nodiscard]] bool isCardNumber(QByteArrayView number) const;
    void keepRemoved(JsonValue value);
    QByteArray withheld();

    const RedactionRules& m_rules;
    ProcessorTimeBudget m_budget;
    JsonParser m_parser;
    QSet<QByteArray> m_cleanTexts; // a record says most things two or three times: body, conversation
    QList<QByteArray> m_removed;
    int m_withheld = 0;
};
