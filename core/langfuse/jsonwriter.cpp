// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/jsonwriter.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QString>
#include <QUtf8StringView>

#include <simdjson.h>

QByteArray toValidUtf8(const QByteArray& text)
{
    if (QUtf8StringView(text).isValidUtf8())
        return text;
    return QString::fromUtf8(text).toUtf8();
}

bool isCompleteJson(const QByteArray& json)
{
    if (json.isEmpty())
        return false;
    simdjson::dom::parser parser;
    simdjson::dom::element element;
    if (parser.parse(json.constData(), static_cast<size_t>(json.size())).get(element) == simdjson::SUCCESS)
        return true;
    // simdjson refuses numbers beyond 64 bits, which are valid JSON; with which error depends on its version.
    const QJsonDocument document = QJsonDocument::fromJson("[" + json + "]");
    return document.isArray() && document.array().size() == 1;
}

void JsonWriter::key(QByteArrayView name)
{
    separate();
    appendQuoted(name);
    m_out += ':';
    m_needsComma = false;
}

void JsonWriter::string(const QByteArray& text)
{
    separate();
    appendQuoted(toValidUtf8(text));
    m_needsComma = true;
}

void JsonWriter::raw(QByteArrayView json)
{
    separate();
    m_out += json;
    m_needsComma = true;
}

void JsonWriter::rawOrString(const QByteArray& json)
{
    if (isCompleteJson(json))
        raw(json);
    else
        string(json);
}

void JsonWriter::open(char bracket)
{
    separate();
    m_out += bracket;
    m_needsComma = false;
}

void JsonWriter::close(char bracket)
{
    m_out += bracket;
    m_needsComma = true;
}

void JsonWriter::separate()
{
    if (m_needsComma)
        m_out += ',';
}

void JsonWriter::appendQuoted(QByteArrayView text)
{
    static constexpr char hex[] = "0123456789abcdef";
    m_out += '"';
    qsizetype start = 0; // of the run that needs no escape
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (static_cast<uchar>(c) >= 0x20 && c != '"' && c != '\\')
            continue;
        m_out += text.sliced(start, i - start);
        start = i + 1;
        if (c == '"' || c == '\\')
            m_out.append('\\').append(c);
        else if (c == '\n')
            m_out += "\\n";
        else if (c == '\r')
            m_out += "\\r";
        else if (c == '\t')
            m_out += "\\t";
        else
            m_out.append("\\u00").append(hex[(c >> 4) & 0xf]).append(hex[c & 0xf]);
    }
    m_out += text.sliced(start);
    m_out += '"';
}
