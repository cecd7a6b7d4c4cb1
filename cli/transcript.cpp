// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/transcript.h"

#include "app/messagetext.h"
#include "cli/callrow.h"
#include "cli/terminaltext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace {

constexpr qsizetype maxShownArguments = 2000; // characters of a tool's arguments or result

class Writer final
{
public:
    explicit Writer(bool hasColours)
        : m_hasColours(hasColours)
    {
    }

    void heading(const QByteArray& text) { m_out += '\n' + styled("\x1b[1m", text) + '\n'; }
    void field(const QByteArray& name, const QByteArray& value)
    {
        if (!value.isEmpty())
            m_out += styled("\x1b[2m", fitted(name, 12)) + value + '\n';
    }
    /// Lines of a model, a consumer or a tool.
    void text(const QByteArray& text, bool isQuiet = false)
    {
        const QByteArray safe = terminalSafeLines(text);
        for (const QByteArray& line : safe.split('\n'))
            m_out += "  " + (isQuiet ? styled("\x1b[2m", line) : line) + '\n';
    }
    [[nodiscard]] const QByteArray& out() const { return m_out; }

private:
    [[nodiscard]] QByteArray styled(const char* escape, const QByteArray& text) const
    {
        return m_hasColours ? escape + text + "\x1b[0m" : text;
    }

    QByteArray m_out;
    bool m_hasColours;
};

QByteArray textOf(const QJsonObject& object, const char* name)
{
    return object.value(QLatin1String(name)).toString().toUtf8();
}

QByteArray cut(const QByteArray& text)
{
    if (text.size() <= maxShownArguments)
        return text;
    return text.left(maxShownArguments) + "\n[" + QByteArray::number(text.size() - maxShownArguments)
        + " bytes more; --json shows all]";
}

void writePart(Writer* out, const QJsonObject& part)
{
    const QByteArray kind = textOf(part, "kind");
    const QByteArray text = textOf(part, "text");
    const QByteArray name = terminalSafe(textOf(part, "name"));
    if (kind == "text") {
        out->text(text);
    } else if (kind == "thinking") {
        out->text("(thinking) " + text, true);
    } else if (kind == "tool_call") {
        out->text("-> " + name + ' ' + cut(jsonText(part.value(QLatin1String("json")))));
    } else if (kind == "tool_result") {
        const QByteArray mark = part.value(QLatin1String("isError")).toBool() ? "<- failed: " : "<- ";
        out->text(mark + cut(text.isEmpty() ? jsonText(part.value(QLatin1String("json"))) : text));
    } else if (kind == "refusal") {
        out->text("(refused) " + text);
    } else {
        const QByteArray type = textOf(part, "mediaType");
        const QByteArray content = text.startsWith("data:") ? QByteArray() : cut(text);
        out->text('[' + kind + (type.isEmpty() ? QByteArray() : ' ' + type)
                + (name.isEmpty() ? QByteArray() : ' ' + name) + ']'
                + (content.isEmpty() ? QByteArray() : ' ' + content),
            true);
    }
}

void writeMessages(Writer* out, const QJsonObject& conversation)
{
    for (const QJsonValue& value : conversation.value(QLatin1String("messages")).toArray()) {
        const QJsonObject message = value.toObject();
        QByteArray heading = terminalSafe(textOf(message, "role"));
        const QByteArray reason = terminalSafe(textOf(message, "finishReason"));
        out->heading(heading + (reason.isEmpty() ? QByteArray() : " (" + reason + ')'));
        for (const QJsonValue& part : message.value(QLatin1String("parts")).toArray())
            writePart(out, part.toObject());
    }
}

/// "input 10, cached 4, output 2, total 16": of numbers that are known.
QByteArray counts(const QJsonObject& object)
{
    QByteArrayList words;
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it.value().isDouble())
            words.append(it.key().toUtf8() + ' ' + QByteArray::number(it.value().toInteger()));
    }
    return words.join(", ");
}

void writeBodies(Writer* out, const QJsonObject& call)
{
    for (const char* side : {"request", "response"}) {
        const QJsonObject body
            = call.value(QLatin1String(side)).toObject().value(QLatin1String("body")).toObject();
        const QByteArray text = textOf(body, "text");
        if (text.isEmpty())
            continue;
        out->heading(side);
        out->text(cut(text));
    }
}

} // namespace

QByteArray transcript(const QJsonObject& call, bool hasColours)
{
    Writer out(hasColours);
    const CallRow row = callRow(call);
    const QJsonObject request = call.value(QLatin1String("request")).toObject();
    const QJsonObject delivery = call.value(QLatin1String("delivery")).toObject();
    out.field("id", row.id);
    out.field("call", terminalSafe(textOf(request, "method") + ' ' + textOf(request, "target")));
    out.field("upstream", terminalSafe(textOf(request, "upstream")));
    out.field("model", row.model);
    out.field("started", terminalSafe(textOf(call, "startedAt")));
    out.field("status",
        row.status
            + (textOf(call, "error").isEmpty() ? QByteArray() : ", " + terminalSafe(textOf(call, "error"))));
    out.field("error", terminalSafe(textOf(call, "errorMessage")));
    out.field("session", terminalSafe(textOf(call, "session")));
    out.field("user", terminalSafe(textOf(call, "user")));
    out.field("time",
        row.duration + (row.firstToken.isEmpty() ? QByteArray() : ", first token after " + row.firstToken)
            + (row.tokensPerSecond.isEmpty() ? QByteArray() : ", " + row.tokensPerSecond + " tokens/s"));
    out.field("tokens", counts(call.value(QLatin1String("usage")).toObject()));
    out.field("cost", row.cost);
    out.field("delivery",
        row.delivery
            + (textOf(delivery, "reason").isEmpty() ? QByteArray()
                                                    : ", " + terminalSafe(textOf(delivery, "reason"))));
    const QJsonObject input = call.value(QLatin1String("input")).toObject();
    const QJsonObject output = call.value(QLatin1String("output")).toObject();
    if (const qsizetype tools = input.value(QLatin1String("tools")).toArray().size(); tools > 0)
        out.field("tools", QByteArray::number(tools));
    writeMessages(&out, input);
    writeMessages(&out, output);
    if (input.value(QLatin1String("messages")).toArray().isEmpty()
        && output.value(QLatin1String("messages")).toArray().isEmpty())
        writeBodies(&out, call);
    return out.out();
}
