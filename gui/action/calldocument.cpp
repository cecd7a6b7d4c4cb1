// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/action/calldocument.h"

#include "gui/model/callfacts.h"
#include "gui/model/calltext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace CallDocument {

namespace {

struct DocumentBlock
{
    QString title;
    QString text;
    bool isCode = false;
};

QString prettyJson(const QJsonValue& value)
{
    if (value.isObject())
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson());
    if (value.isArray())
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson());
    return value.toVariant().toString();
}

QString tr(const char* text)
{
    return QCoreApplication::translate("CallDocument", text);
}

QString partTitle(const QString& role, const QJsonObject& part)
{
    const QString kind = part.value(QLatin1String("kind")).toString();
    const QString name = part.value(QLatin1String("name")).toString();
    if (kind == QLatin1String("tool_call"))
        return tr("Tool call: %1").arg(name);
    if (kind == QLatin1String("tool_result"))
        return part.value(QLatin1String("isError")).toBool() ? tr("Tool result, an error")
                                                             : tr("Tool result");
    if (kind == QLatin1String("thinking"))
        return tr("Thinking");
    if (kind == QLatin1String("redacted_thinking"))
        return tr("Thinking, not shown by the provider");
    if (kind == QLatin1String("refusal"))
        return tr("Refusal");
    if (kind == QLatin1String("text"))
        return role == QLatin1String("user")                                        ? tr("User")
            : role == QLatin1String("system") || role == QLatin1String("developer") ? tr("System")
            : role == QLatin1String("assistant")                                    ? tr("Assistant")
                                                                                    : role;
    return kind;
}

/// A picture or a document is named, not put in: it is megabytes of letters.
DocumentBlock blockOf(const QString& role, const QJsonObject& part)
{
    DocumentBlock block{partTitle(role, part), part.value(QLatin1String("text")).toString(), false};
    const QString mediaType = part.value(QLatin1String("mediaType")).toString();
    if (!mediaType.isEmpty()) {
        block.text = mediaType;
        return block;
    }
    if (part.contains(QLatin1String("json"))) {
        const QString json = prettyJson(part.value(QLatin1String("json"))).trimmed();
        block.text = block.text.isEmpty() ? json : block.text + u'\n' + json;
        block.isCode = true;
    }
    const QString kind = part.value(QLatin1String("kind")).toString();
    block.isCode |= kind == QLatin1String("tool_result") || kind == QLatin1String("tool_call");
    return block;
}

QList<DocumentBlock> blocksOf(const QJsonObject& call)
{
    QList<DocumentBlock> blocks;
    for (const char* side : {"input", "output"}) {
        const QJsonObject conversation = call.value(QLatin1String(side)).toObject();
        for (const QJsonValue& message : conversation.value(QLatin1String("messages")).toArray()) {
            const QString role = message[QLatin1String("role")].toString();
            for (const QJsonValue& part : message[QLatin1String("parts")].toArray())
                blocks.append(blockOf(role, part.toObject()));
        }
    }
    const QString error = call.value(QLatin1String("errorMessage")).toString();
    if (!error.isEmpty())
        blocks.append({tr("Error"), error, false});
    return blocks;
}

QString headingOf(const QJsonObject& call)
{
    const CallFacts facts = CallFacts::fromSummary(call);
    return facts.model.isEmpty() ? facts.method + u' ' + facts.path : facts.model;
}

/// What it was, in one line.
QString factsLine(const QJsonObject& call)
{
    const CallFacts facts = CallFacts::fromSummary(call);
    QStringList words{CallText::moment(facts.startedAtUs), CallText::outcome(facts)};
    if (facts.durationUs)
        words.append(CallText::duration(*facts.durationUs));
    if (facts.inputTokens)
        words.append(tr("%1 tokens in").arg(CallText::count(*facts.inputTokens)));
    if (facts.outputTokens)
        words.append(tr("%1 tokens out").arg(CallText::count(*facts.outputTokens)));
    if (facts.costUsd)
        words.append(CallText::cost(*facts.costUsd));
    return words.join(QStringLiteral(" · "));
}

/// Longer than any run of back quotes inside.
QString fenceFor(const QString& text)
{
    qsizetype longest = 2;
    qsizetype run = 0;
    for (const QChar c : text) {
        run = c == u'`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return QString(longest + 1, u'`');
}

QString oneLine(QString text)
{
    return text.replace(u'\n', u' ').replace(u'\r', u' ');
}

} // namespace

QByteArray markdown(const QJsonObject& call)
{
    QString out = QStringLiteral("# %1\n\n%2\n").arg(oneLine(headingOf(call)), oneLine(factsLine(call)));
    for (const DocumentBlock& block : blocksOf(call)) {
        out += QStringLiteral("\n## %1\n\n").arg(oneLine(block.title));
        const QString fence = fenceFor(block.text);
        out += block.isCode ? fence + u'\n' + block.text + u'\n' + fence + u'\n' : block.text + u'\n';
    }
    return out.toUtf8();
}

QByteArray htmlHead()
{
    return R"(<!DOCTYPE html>
<html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>langfuse-proxy</title>
<style>
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.4em; margin: 2em 0 0; }
h2 { font-size: .8em; text-transform: uppercase; letter-spacing: .05em; margin: 0 0 .3em; opacity: .75; }
section { border-left: 3px solid #888; padding: .1em 1em; margin: 1em 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; font: inherit; }
pre.code { font: 13px/1.4 ui-monospace, monospace; }
</style></head><body>
)";
}

QByteArray html(const QJsonObject& call)
{
    QString out = QStringLiteral("<article><h1>%1</h1>\n<p>%2</p>\n")
                      .arg(headingOf(call).toHtmlEscaped(), factsLine(call).toHtmlEscaped());
    for (const DocumentBlock& block : blocksOf(call)) {
        out += QStringLiteral("<section><h2>") + block.title.toHtmlEscaped()
            + (block.isCode ? QStringLiteral("</h2>\n<pre class=\"code\">") : QStringLiteral("</h2>\n<pre>"))
            + block.text.toHtmlEscaped() + QStringLiteral("</pre></section>\n");
    }
    return (out + QStringLiteral("</article>\n")).toUtf8();
}

QByteArray htmlTail()
{
    return "</body></html>\n";
}

} // namespace CallDocument
