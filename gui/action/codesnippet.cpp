// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/action/codesnippet.h"

#include "app/curlcommand.h"
#include "app/sentrequest.h"
#include "gui/action/indentedjson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QList>

namespace {

/// A string as JSON writes it, which Python and TypeScript read as JSON does: no character is left that
/// either could take for something else.
QByteArray quotedText(const QByteArray& text)
{
    const QByteArray array
        = QJsonDocument(QJsonArray{QString::fromUtf8(text)}).toJson(QJsonDocument::Compact);
    QByteArray quoted;
    for (const QChar c : QString::fromUtf8(array.sliced(1, array.size() - 2))) {
        // JSON lets these stand; a line of a program may not hold them.
        if (c == QChar::LineSeparator || c == QChar::ParagraphSeparator || c == QChar(0x85)
            || (c.unicode() >= 0x202a && c.unicode() <= 0x202e)
            || (c.unicode() >= 0x2066 && c.unicode() <= 0x2069))
            quoted += "\\u" + QByteArray::number(c.unicode(), 16).rightJustified(4, '0');
        else
            quoted += QString(c).toUtf8();
    }
    return quoted;
}

QByteArray joinedParts(const QByteArrayList& parts)
{
    return parts.isEmpty() ? QByteArray("\"\"") : parts.join(" + ");
}

/// A text with a variable between: `"Bearer " + VARIABLE + "rest"`.
QByteArray withVariable(const QByteArray& before, const QByteArray& variable, const QByteArray& after)
{
    QByteArrayList parts;
    if (!before.isEmpty())
        parts.append(quotedText(before));
    if (!variable.isEmpty())
        parts.append(variable);
    if (!after.isEmpty())
        parts.append(quotedText(after));
    return joinedParts(parts);
}

QByteArray python(const SentRequest& request)
{
    const auto variable
        = [](const QByteArray& name) { return name.isEmpty() ? name : "os.environ[\"" + name + "\"]"; };
    QByteArray out = "import os\nimport requests\n\n";
    if (!request.isWhole)
        out += "# the body below is not whole: it was cut, or is not text\n";
    out += "response = requests.request(\n    " + quotedText(request.method) + ",\n    "
        + withVariable(request.url, variable(request.urlVariable), request.urlRest) + ",\n    headers={\n";
    for (const SentHeader& header : request.headers)
        out += "        " + quotedText(header.name) + ": "
            + withVariable(header.value, variable(header.variable), {}) + ",\n";
    out += "    },\n";
    if (!request.body.isEmpty())
        out += "    data=" + quotedText(request.body) + ".encode(),\n";
    return out + "    stream=True,\n)\nfor line in response.iter_lines():\n    print(line.decode())\n";
}

QByteArray typeScript(const SentRequest& request)
{
    const auto variable
        = [](const QByteArray& name) { return name.isEmpty() ? name : "process.env." + name; };
    QByteArray out;
    if (!request.isWhole)
        out += "// the body below is not whole: it was cut, or is not text\n";
    out += "const response = await fetch("
        + withVariable(request.url, variable(request.urlVariable), request.urlRest)
        + ", {\n  method: " + quotedText(request.method) + ",\n  headers: {\n";
    for (const SentHeader& header : request.headers)
        out += "    " + quotedText(header.name) + ": "
            + withVariable(header.value, variable(header.variable), {}) + ",\n";
    out += "  },\n";
    // JSON is TypeScript: as an object it can be read and changed. Other bytes stay as they are.
    if (!QJsonDocument::fromJson(request.body).isNull())
        out += "  body: JSON.stringify(" + indentedJson(request.body).replace("\n", "\n  ") + "),\n";
    else if (!request.body.isEmpty())
        out += "  body: " + quotedText(request.body) + ",\n";
    return out
        + "});\nfor await (const chunk of response.body!.pipeThrough(new TextDecoderStream()))\n"
          "  process.stdout.write(chunk);\n";
}

} // namespace

QString codeSnippet(const QJsonObject& call, SnippetLanguage language)
{
    switch (language) {
    case SnippetLanguage::Python:
        return QString::fromUtf8(python(SentRequest::of(call)));
    case SnippetLanguage::TypeScript:
        return QString::fromUtf8(typeScript(SentRequest::of(call)));
    case SnippetLanguage::Curl:
        break;
    }
    return QString::fromUtf8(curlCommand(call));
}
