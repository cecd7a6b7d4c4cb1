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
constexpr qsizetype minRememberedBytes = 256; // to search a shorter one again costs less than to know it
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

/// Punctuation and white space of JSON (RFC 8259 2).
bool isJsonSign(char c)
{
    return c != '\0' && std::strchr("{}[]:, \t\r\n", c);
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
    , m_budget(rules.budget)
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
    bool isChanged = false;
    if (!m_rules.paths.isEmpty()) { // else the structure does not matter
        const JsonValue root = m_parser.parse(*json);
        if (!root.exists() && isSurelyJson && looksLikeJson(*json)) {
            *json = quoteJson(withheld());
            return true;
        }
        isChanged = root.exists() && redactPaths(json, root);
    }
    return redactTokens(json, depth) || isChanged;
}

bool TextRedaction::redactPlain(QByteArray* text)
{
    const bool isLong = text->size() >= minRememberedBytes;
    if (isLong && m_cleanTexts.contains(*text))
        return false;
    const bool isDetected = redactDetected(text);
    const bool isChanged = redactPatterns(text) || isDetected;
    if (isLong && !isChanged)
        m_cleanTexts.insert(QByteArray(text->constData(), text->size())); // a copy: it may be a mere view
    return isChanged;
}

bool TextRedaction::redactDetected(QByteArray* text)
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
    return !finds.isEmpty();
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
            = PatternSearch::replaceAll(decoded, pattern, QLatin1String(redactedLabel), m_budget);
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

/// Goes from string to string. What stands between two is JSON's, or in a text that is none, text.
bool TextRedaction::redactTokens(QByteArray* json, int depth)
{
    const QByteArray text = *json;
    QByteArray redacted;
    qsizetype copied = 0;
    const auto replace = [&](qsizetype at, qsizetype end, const QByteArray& replacement) {
        if (replacement.isNull())
            return;
        redacted.append(QByteArrayView(text).sliced(copied, at - copied));
        redacted.append(replacement);
        copied = end;
    };
    qsizetype at = 0;
    while (at < text.size()) {
        qsizetype end = text.indexOf('"', at);
        end = end < 0 ? text.size() : end;
        replace(at, end, redactedGap(QByteArrayView(text).sliced(at, end - at)));
        if (end == text.size())
            break;
        at = end;
        end = JsonScanner::skipString(text, at);
        const bool isWhole = end >= 0;
        end = isWhole ? end : text.size();
        replace(at, end,
            redactedString(QByteArrayView(text).sliced(at + 1, end - at - (isWhole ? 2 : 1)), depth));
        at = end;
    }
    if (copied == 0)
        return false;
    *json = redacted.append(QByteArrayView(text).sliced(copied));
    return true;
}

/// What to put in the place of what stands outside of strings; null: it may stay. In JSON that is signs,
/// words and numbers, of which a card's is replaced; everything else is text.
QByteArray TextRedaction::redactedGap(QByteArrayView gap)
{
    QByteArray redacted;
    qsizetype copied = 0;
    bool isBehindScalar = false;
    for (qsizetype at = 0; at < gap.size();) {
        const char c = gap[at];
        if (isJsonSign(c)) {
            isBehindScalar = isBehindScalar && c != ',' && c != ':';
            ++at;
            continue;
        }
        qsizetype end = at + 1;
        while (end < gap.size() && !isJsonSign(gap[end]))
            ++end;
        const QByteArrayView token = gap.sliced(at, end - at);
        const bool isScalar
            = token == "true" || token == "false" || token == "null" || JsonScanner::isNumber(token);
        if (!isScalar || isBehindScalar) {
            redacted = gap.toByteArray();
            return redactPlain(&redacted) ? redacted : QByteArray();
        }
        if (isCardNumber(token)) {
            redacted.append(gap.sliced(copied, at - copied));
            redacted.append(quoteJson(SensitiveText::labelOf(SensitiveText::Detector::Card)));
            copied = end;
        }
        isBehindScalar = true;
        at = end;
    }
    return copied == 0 ? QByteArray() : redacted.append(gap.sliced(copied));
}

bool TextRedaction::isCardNumber(QByteArrayView number) const
{
    const QByteArrayView digits = number.startsWith('-') ? number.sliced(1) : number;
    return m_rules.detectors.testFlag(SensitiveText::Detector::Card) && NumberDetectors::isCard(digits);
}

/// The string to put in its place; null when nothing is in it. `inside` stands between the quotes; behind one
/// that was cut off there is none, and it gets one.
QByteArray TextRedaction::redactedString(QByteArrayView inside, int depth)
{
    if (inside.isEmpty() || isEncodedData(inside))
        return {};
    QByteArray text = inside.contains('\\') ? unescapeJson(inside)
                                            : QByteArray::fromRawData(inside.data(), inside.size());
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
