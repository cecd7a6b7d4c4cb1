// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/textredaction.h"

#include "trace/numberdetectors.h"
#include "trace/patternsearch.h"
#include "trace/plaintext.h"
#include "trace/textboundary.h"
#include "wire/jsonscanner.h"
#include "wire/jsonstring.h"

#include <QUtf8StringView>

#include <algorithm>
#include <cstring>

namespace {

constexpr char redactedLabel[] = "[REDACTED]";
constexpr char withheldNote[] = "[REDACTED: could not be searched]";
constexpr int maxNestedJson = 4; // JSON in a string of JSON in a string ...
constexpr qsizetype minEncodedBytes = 512;
constexpr qsizetype minRemovedBytes = 4; // a shorter text would be found everywhere
constexpr qsizetype cutEndBytes = 64; // longer than a card number, a telephone number, most addresses

/// An image, an audio clip: only base64, of which nothing is personal that can be read here.
bool isEncodedData(QByteArrayView text)
{
    if (text.size() < minEncodedBytes)
        return false;
    if (text.startsWith("data:")) {
        const qsizetype comma = text.first(256).indexOf(',');
        text = text.sliced(comma + 1);
    }
    return std::all_of(text.begin(), text.end(),
        [](char c) { return TextBoundary::isWord(c) || c == '+' || c == '/' || c == '=' || c == '-'; });
}

/// An object, or an array of what JSON has: `[1] says` and `{{name}}` are not.
bool looksLikeJson(QByteArrayView text)
{
    const qsizetype start = JsonScanner::skipSpace(text, 0);
    if (start == text.size() || (text[start] != '{' && text[start] != '['))
        return false;
    const char next = TextBoundary::charAt(text, JsonScanner::skipSpace(text, start + 1));
    const bool isArray = text[start] == '[';
    return next == '"' || next == (isArray ? ']' : '}') || (isArray && (next == '{' || next == '['));
}

} // namespace

TextRedaction::TextRedaction(const RedactionRules& rules)
    : m_rules(rules)
    , m_deadline(rules.budget)
{
}

QByteArray TextRedaction::withheld()
{
    ++m_withheld;
    return withheldNote;
}

bool TextRedaction::redactText(QByteArray* text)
{
    if (text->isEmpty() || isEncodedData(*text))
        return false;
    return looksLikeJson(*text) ? redactDocument(text, false, maxNestedJson) : redactPlain(text);
}

bool TextRedaction::redactJson(QByteArray* json)
{
    return !json->isEmpty() && redactDocument(json, true, maxNestedJson);
}

bool TextRedaction::redactDocument(QByteArray* json, bool isSurelyJson, int depth)
{
    const JsonValue root = m_parser.parse(*json);
    if (root.exists()) {
        const bool hasPaths = redactPaths(json, root);
        return redactTokens(json, true, depth) || hasPaths;
    }
    if (isSurelyJson && !m_rules.paths.isEmpty() && looksLikeJson(*json)) {
        *json = quoteJson(withheld());
        return true;
    }
    return redactTokens(json, false, depth);
}

bool TextRedaction::redactPlain(QByteArray* text)
{
    const QList<SensitiveText::Find> finds = SensitiveText::findIn(*text, m_rules.detectors);
    if (!finds.isEmpty()) {
        QByteArray redacted;
        redacted.reserve(text->size());
        qsizetype copied = 0;
        for (const SensitiveText::Find& find : finds) {
            redacted.append(QByteArrayView(*text).sliced(copied, find.start - copied));
            redacted.append(SensitiveText::labelOf(find.detector));
            copied = find.start + find.length;
        }
        *text = redacted.append(QByteArrayView(*text).sliced(copied));
    }
    return redactPatterns(text) || !finds.isEmpty();
}

bool TextRedaction::redactPatterns(QByteArray* text)
{
    if (m_rules.patterns.isEmpty())
        return false;
    const bool isUtf8 = QUtf8StringView(*text).isValidUtf8();
    QString decoded = isUtf8 ? QString::fromUtf8(*text) : QString::fromLatin1(*text);
    bool isChanged = false;
    for (const QRegularExpression& pattern : m_rules.patterns) {
        const auto replaced
            = PatternSearch::replaceAll(decoded, pattern, QLatin1String(redactedLabel), m_deadline);
        if (!replaced) {
            *text = withheld();
            return true;
        }
        if (replaced->isNull())
            continue;
        decoded = *replaced;
        isChanged = true;
    }
    if (isChanged)
        *text = isUtf8 ? decoded.toUtf8() : decoded.toLatin1();
    return isChanged;
}

bool TextRedaction::redactPaths(QByteArray* json, JsonValue root)
{
    const QList<JsonValue> found = JsonPath::select(m_rules.paths, root);
    if (found.isEmpty())
        return false;
    const qsizetype rootStart = JsonScanner::skipSpace(*json, 0);
    QByteArray redacted;
    qsizetype copied = 0;
    for (const JsonValue value : found) {
        keepRemoved(value);
        const qsizetype start = rootStart + (value.raw().data() - root.raw().data());
        redacted.append(QByteArrayView(*json).sliced(copied, start - copied));
        redacted.append(quoteJson(redactedLabel));
        copied = start + value.raw().size();
    }
    *json = redacted.append(QByteArrayView(*json).sliced(copied));
    return true;
}

void TextRedaction::keepRemoved(JsonValue value)
{
    for (const JsonValue child : value)
        keepRemoved(child);
    const QByteArray text = value.isString() || value.isNumber() ? value.scalar() : QByteArray();
    if (text.size() >= minRemovedBytes && text != redactedLabel && !m_removed.contains(text))
        m_removed.append(text);
}

/// Goes from string to string and number to number. What stands between them in a text that is no valid JSON
/// is text.
bool TextRedaction::redactTokens(QByteArray* json, bool isValid, int depth)
{
    const QByteArray text = *json;
    QByteArray redacted;
    qsizetype copied = 0;
    qsizetype at = 0;
    while (at < text.size()) {
        qsizetype end = at + 1;
        QByteArray replacement;
        if (text[at] == '"') {
            end = JsonScanner::skipString(text, at);
            end = end < 0 ? text.size() : end;
            replacement = redactedString(QByteArrayView(text).sliced(at, end - at), depth);
        } else if (!isValid) {
            end = text.indexOf('"', at);
            end = end < 0 ? text.size() : end;
            replacement = text.sliced(at, end - at);
            if (!redactPlain(&replacement))
                replacement.clear();
        } else if (TextBoundary::isDigit(text[at]) || text[at] == '-') {
            while (end < text.size() && (TextBoundary::isWord(text[end]) || std::strchr(".+-", text[end])))
                ++end;
            if (isCardNumber(QByteArrayView(text).sliced(at, end - at)))
                replacement = quoteJson(SensitiveText::labelOf(SensitiveText::Detector::Card));
        }
        if (!replacement.isNull()) {
            redacted.append(QByteArrayView(text).sliced(copied, at - copied));
            redacted.append(replacement);
            copied = end;
        }
        at = end;
    }
    if (copied == 0)
        return false;
    *json = redacted.append(QByteArrayView(text).sliced(copied));
    return true;
}

bool TextRedaction::isCardNumber(QByteArrayView number) const
{
    const QByteArrayView digits = number.startsWith('-') ? number.sliced(1) : number;
    return m_rules.detectors.testFlag(SensitiveText::Detector::Card) && NumberDetectors::isCard(digits);
}

/// The string to put in its place; null when nothing is in it. `quoted` begins with its quote; a cut one has
/// no quote at its end, and gets one.
QByteArray TextRedaction::redactedString(QByteArrayView quoted, int depth)
{
    const bool isWhole = quoted.size() > 1 && JsonScanner::skipString(quoted, 0) == quoted.size();
    const QByteArrayView inside = quoted.sliced(1, quoted.size() - (isWhole ? 2 : 1));
    if (inside.isEmpty() || isEncodedData(inside))
        return {};
    QByteArray text = unescapeJson(inside);
    const bool isNested = depth > 0 && looksLikeJson(text);
    const bool isChanged = isNested ? redactDocument(&text, false, depth - 1) : redactPlain(&text);
    return isChanged ? quoteJson(text) : QByteArray();
}

bool TextRedaction::redactUrlEncoded(QByteArray* text)
{
    const auto isDelimiter = [](char c) { return c != '\0' && std::strchr("/?&=#;", c); };
    QByteArray redacted;
    bool isChanged = false;
    qsizetype at = 0;
    while (at <= text->size()) {
        const auto begin = text->cbegin() + at;
        const qsizetype end = std::find_if(begin, text->cend(), isDelimiter) - text->cbegin();
        const QByteArray piece = text->sliced(at, end - at);
        QByteArray decoded = QByteArray::fromPercentEncoding(piece);
        if (redactText(&decoded)) {
            isChanged = true;
            redacted.append(decoded.toPercentEncoding("[] "));
        } else {
            redacted.append(piece);
        }
        if (end < text->size())
            redacted.append(text->at(end));
        at = end + 1;
    }
    if (isChanged)
        *text = redacted;
    return isChanged;
}

void TextRedaction::dropCutEnd(QByteArray* text)
{
    *text = PlainText::cutAtCharacter(*text, text->size() - qMin(text->size(), cutEndBytes));
}
