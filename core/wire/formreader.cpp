// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/formreader.h"

#include "base/httpsyntax.h"
#include "wire/jsonstring.h"

#include <QString>

#include <algorithm>
#include <optional>

namespace {

constexpr qsizetype maxBoundaryBytes = 70; // RFC 2046 5.1.1
constexpr qsizetype maxHeadBytes = 16 * 1024;
constexpr qsizetype maxDelimiterLineBytes = 256; // white space may follow the boundary
constexpr qsizetype maxFields = 256;
constexpr QByteArrayView crlf = "\r\n";

struct Parameter
{
    QByteArray name; // lower case
    QByteArray value;
};

/// The parameter of `form-data; name="a;b"; filename="x"` that begins at `position`, which moves behind it.
Parameter takeParameter(QByteArrayView value, qsizetype* position)
{
    qsizetype at = *position;
    Parameter parameter;
    while (at < value.size() && value[at] != '=' && value[at] != ';')
        parameter.name.append(value[at++]);
    parameter.name = parameter.name.trimmed().toLower();
    if (at < value.size() && value[at] == '=') {
        ++at;
        const bool isQuoted = at < value.size() && value[at] == '"';
        for (at += isQuoted ? 1 : 0; at < value.size() && value[at] != (isQuoted ? '"' : ';'); ++at) {
            // Only the quote itself is escaped: a backslash is also a part of Windows paths.
            if (isQuoted && value[at] == '\\' && at + 1 < value.size() && value[at + 1] == '"')
                ++at;
            parameter.value.append(value[at]);
        }
        if (!isQuoted)
            parameter.value = parameter.value.trimmed();
        while (at < value.size() && value[at] != ';')
            ++at;
    }
    *position = at + 1;
    return parameter;
}

std::optional<QByteArray> parameterOf(QByteArrayView value, QByteArrayView name)
{
    const qsizetype semicolon = value.indexOf(';');
    qsizetype position = semicolon < 0 ? value.size() : semicolon + 1;
    while (position < value.size()) {
        const Parameter parameter = takeParameter(value, &position);
        if (parameter.name == name)
            return parameter.value;
    }
    return std::nullopt;
}

QByteArray partMediaType(QByteArrayView contentType)
{
    const qsizetype end = contentType.indexOf(';');
    return HttpSyntax::trimmed(end < 0 ? contentType : contentType.first(end)).toByteArray().toLower();
}

QByteArray replacedUtf8(const QByteArray& text)
{
    return QString::fromUtf8(text).toUtf8();
}

/// A name as browsers write it: quotes and line ends as %22, %0D and %0A (WHATWG HTML 4.10.21.8).
QByteArray formName(QByteArray text)
{
    text.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
    return replacedUtf8(text);
}

/// `filename*=UTF-8''a%20b.mp3` (RFC 8187), which RFC 7578 4.2 forbids and some clients send.
QByteArray extendedName(const QByteArray& value)
{
    const qsizetype language = value.indexOf('\'');
    const qsizetype text = language < 0 ? -1 : value.indexOf('\'', language + 1);
    return text < 0 ? QByteArray() : replacedUtf8(QByteArray::fromPercentEncoding(value.sliced(text + 1)));
}

/// What is read as a text although it has a media type.
bool isTextType(const QByteArray& mediaType)
{
    return mediaType.isEmpty() || mediaType.startsWith("text/") || mediaType == "application/json"
        || mediaType == "application/x-www-form-urlencoded";
}

FormReader::Field fieldOf(const HeaderList& headers)
{
    const QByteArray disposition = headers.value("content-disposition");
    FormReader::Field field;
    field.name = formName(parameterOf(disposition, "name").value_or(QByteArray()));
    field.mediaType = partMediaType(headers.value("content-type"));
    const std::optional<QByteArray> extended = parameterOf(disposition, "filename*");
    const std::optional<QByteArray> plain = parameterOf(disposition, "filename");
    if (extended)
        field.fileName = extendedName(*extended);
    if (field.fileName.isEmpty() && plain)
        field.fileName = formName(*plain);
    field.isFile = plain || extended || !isTextType(field.mediaType);
    if (!field.isFile)
        field.mediaType.clear();
    return field;
}

QByteArray fieldJson(const FormReader::Field& field)
{
    if (!field.isFile) {
        QByteArray text = replacedUtf8(field.text);
        if (field.bytes > field.text.size())
            text += "…[truncated " + QByteArray::number(field.bytes - field.text.size()) + " bytes]";
        return quoteJson(text);
    }
    QByteArray json = "{\"filename\":" + quoteJson(field.fileName);
    if (!field.mediaType.isEmpty())
        json += ",\"type\":" + quoteJson(replacedUtf8(field.mediaType));
    json += ",\"bytes\":" + QByteArray::number(field.bytes);
    if (field.isCut)
        json += ",\"cut\":true";
    return json + '}';
}

} // namespace

QByteArray FormReader::boundaryOf(QByteArrayView contentType)
{
    if (partMediaType(contentType) != "multipart/form-data")
        return {};
    const QByteArray boundary = parameterOf(contentType, "boundary").value_or(QByteArray());
    return boundary.size() <= maxBoundaryBytes ? boundary : QByteArray();
}

FormReader::FormReader(const QByteArray& boundary, qsizetype maxTextBytes)
    : m_delimiter("\r\n--" + boundary)
    , m_pending(crlf.toByteArray()) // the first delimiter has no line before it
    , m_remainingBytes(maxTextBytes)
{
    if (boundary.isEmpty())
        m_state = State::Finished;
}

void FormReader::feed(QByteArrayView bytes)
{
    if (m_state == State::Finished)
        return; // an epilogue
    m_pending.append(bytes);
    while (step()) { }
}

void FormReader::noteGap()
{
    if (m_isInField)
        m_fields.last().isCut = true;
}

void FormReader::finish()
{
    if (m_state == State::Content)
        takeContent(std::exchange(m_pending, QByteArray()));
    if (m_state != State::Finished)
        closeField(true);
    m_state = State::Finished;
}

/// One piece of what is pending; false when more bytes are needed, or no more are wanted.
bool FormReader::step()
{
    switch (m_state) {
    case State::Content:
        return passContent();
    case State::DelimiterLine:
        return passDelimiterLine();
    case State::Head:
        return passHead();
    case State::Finished:
        break;
    }
    m_pending.clear();
    return false;
}

bool FormReader::passContent()
{
    const qsizetype end = m_pending.indexOf(m_delimiter);
    // The last bytes may be the begin of a delimiter.
    const qsizetype passed = end >= 0 ? end : m_pending.size() - (m_delimiter.size() - 1);
    if (passed > 0 || end == 0) {
        takeContent(QByteArrayView(m_pending).first(passed));
        m_pending.remove(0, passed);
    }
    if (end < 0)
        return false;
    closeField(false);
    m_pending.remove(0, m_delimiter.size());
    m_state = State::DelimiterLine;
    return true;
}

/// The rest of the delimiter's line: nothing but white space, or two dashes at the end of the form. Its CRLF
/// stays, so that a head without a field is seen as such.
bool FormReader::passDelimiterLine()
{
    if (m_pending.startsWith("--")) {
        m_state = State::Finished;
        return true;
    }
    const qsizetype end = m_pending.indexOf(crlf);
    if (end < 0 && m_pending.size() <= maxDelimiterLineBytes)
        return false;
    const bool isLine = end >= 0 && end <= maxDelimiterLineBytes;
    m_pending.remove(0, isLine ? end : 0);
    m_state = isLine ? State::Head : State::Content;
    return true;
}

bool FormReader::passHead()
{
    const qsizetype end = m_pending.indexOf("\r\n\r\n");
    if (end < 0 && m_pending.size() <= maxHeadBytes)
        return false;
    // What has no readable head is passed over, as the content of no field.
    m_state = State::Content;
    if (end < 0 || end > maxHeadBytes)
        return true;
    if (end > 0 && m_fields.size() < maxFields) {
        const Result<HeaderList> headers
            = HttpSyntax::parseFields(QByteArrayView(m_pending).sliced(crlf.size(), end));
        if (headers) {
            m_fields.append(fieldOf(*headers));
            m_isInField = true;
        }
    }
    m_pending.remove(0, end + 2 * crlf.size());
    return true;
}

void FormReader::takeContent(QByteArrayView bytes)
{
    if (!m_isInField)
        return;
    Field& field = m_fields.last();
    field.bytes += bytes.size();
    if (field.isFile)
        return;
    const bool isWhole = field.text.size() == field.bytes - bytes.size(); // no holes in a text
    const qsizetype kept = isWhole ? std::min(m_remainingBytes, bytes.size()) : 0;
    field.text.append(bytes.first(kept));
    m_remainingBytes -= kept;
    m_omittedBytes += bytes.size() - kept;
}

void FormReader::closeField(bool isCut)
{
    if (m_isInField && isCut)
        m_fields.last().isCut = true;
    m_isInField = false;
}

QByteArray FormReader::json() const
{
    QList<QByteArray> names;
    for (const Field& field : m_fields) {
        const QByteArray name = field.name.endsWith("[]") ? field.name.chopped(2) : field.name;
        if (!names.contains(name))
            names.append(name);
    }
    QByteArray json;
    for (const QByteArray& name : names) {
        QByteArray values;
        qsizetype count = 0;
        bool isList = false;
        for (const Field& field : m_fields) {
            const bool isElement = field.name == name + "[]";
            if (field.name != name && !isElement)
                continue;
            values += (count++ > 0 ? "," : "") + fieldJson(field);
            isList = isList || isElement || count > 1;
        }
        json += (json.isEmpty() ? "{" : ",") + quoteJson(name) + ':' + (isList ? '[' + values + ']' : values);
    }
    return json.isEmpty() ? json : json + '}';
}
