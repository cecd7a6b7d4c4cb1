// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/requestdiff.h"

#include "cli/messagetext.h"
#include "cli/terminaltext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace {

using Item = RequestDiff::Item;
using DiffKind = RequestDiff::Kind;

constexpr qsizetype shownAround = 60; // bytes before the first difference of a long text
constexpr qsizetype maxShown = 400;

QJsonArray arrayOf(const QJsonObject& call, const char* name)
{
    return call.value(QLatin1String("input")).toObject().value(QLatin1String(name)).toArray();
}

QByteArray roleOf(const QJsonValue& message)
{
    return message.toObject().value(QLatin1String("role")).toString().toUtf8();
}

bool isSystem(const QJsonValue& message)
{
    return roleOf(message) == "system" || roleOf(message) == "developer";
}

void addIfDifferent(
    QList<Item>* items, const QByteArray& name, const QJsonValue& before, const QJsonValue& after)
{
    if (before == after)
        return;
    const DiffKind kind = before.isUndefined() ? DiffKind::Added
        : after.isUndefined()                  ? DiffKind::Removed
                                               : DiffKind::Changed;
    items->append({kind, name, before.isUndefined() ? QByteArray() : jsonText(before),
        after.isUndefined() ? QByteArray() : jsonText(after)});
}

QList<Item> parameterChanges(const QJsonObject& first, const QJsonObject& second)
{
    QList<Item> items;
    addIfDifferent(&items, "model", first.value(QLatin1String("requestModel")),
        second.value(QLatin1String("requestModel")));
    const QJsonObject before = first.value(QLatin1String("parameters")).toObject();
    const QJsonObject after = second.value(QLatin1String("parameters")).toObject();
    QStringList names = before.keys() + after.keys();
    names.removeDuplicates();
    names.sort();
    for (const QString& name : std::as_const(names))
        addIfDifferent(&items, "parameter " + name.toUtf8(), before.value(name), after.value(name));
    return items;
}

QByteArray toolName(const QJsonValue& tool)
{
    return tool.toObject().value(QLatin1String("name")).toString().toUtf8();
}

QList<Item> toolChanges(const QJsonArray& before, const QJsonArray& after)
{
    QList<Item> items;
    const auto find = [](const QJsonArray& tools, const QByteArray& name) -> QJsonValue {
        for (const QJsonValue& tool : tools) {
            if (toolName(tool) == name)
                return tool;
        }
        return QJsonValue(QJsonValue::Undefined);
    };
    for (const QJsonValue& tool : before)
        addIfDifferent(&items, "tool " + toolName(tool), tool, find(after, toolName(tool)));
    for (const QJsonValue& tool : after) {
        if (find(before, toolName(tool)).isUndefined())
            addIfDifferent(&items, "tool " + toolName(tool), QJsonValue(QJsonValue::Undefined), tool);
    }
    if (items.isEmpty() && before != after)
        items.append({DiffKind::Changed, "order of the tools", {}, {}});
    return items;
}

Item messageItem(DiffKind kind, qsizetype place, const QJsonValue& before, const QJsonValue& after)
{
    const QJsonValue& named = kind == DiffKind::Removed ? before : after;
    return {kind, "message " + QByteArray::number(place + 1) + " (" + roleOf(named) + ')',
        kind == DiffKind::Added ? QByteArray() : messageText(before),
        kind == DiffKind::Removed ? QByteArray() : messageText(after)};
}

/// From the first difference on, with a little before it.
QByteArray excerpt(const QByteArray& text, qsizetype from)
{
    const qsizetype start = std::max<qsizetype>(0, from - shownAround);
    QByteArray shown = (start > 0 ? QByteArray("...") : QByteArray()) + text.mid(start, maxShown);
    return shown + (start + maxShown < text.size() ? "..." : "");
}

const char* kindName(DiffKind kind)
{
    return kind == DiffKind::Added ? "added" : kind == DiffKind::Removed ? "removed" : "changed";
}

} // namespace

RequestDiff RequestDiff::between(const QJsonObject& first, const QJsonObject& second)
{
    RequestDiff diff;
    diff.items = parameterChanges(first, second);
    const auto breakAt = [&diff](const Item& item) {
        if (diff.breaksAt.isEmpty())
            diff.breaksAt = item.name;
    };
    if (!diff.items.isEmpty() && diff.items.first().name == "model")
        breakAt(diff.items.first()); // each model has a cache of its own
    const QList<Item> tools = toolChanges(arrayOf(first, "tools"), arrayOf(second, "tools"));
    if (!tools.isEmpty())
        breakAt(tools.first());
    diff.items += tools;

    const QJsonArray before = arrayOf(first, "messages");
    const QJsonArray after = arrayOf(second, "messages");
    const qsizetype common = std::min(before.size(), after.size());
    while (diff.sharedMessages < common && before.at(diff.sharedMessages) == after.at(diff.sharedMessages))
        ++diff.sharedMessages;
    for (qsizetype i = diff.sharedMessages; i < std::max(before.size(), after.size()); ++i) {
        const bool wasThere = i < before.size();
        const bool isThere = i < after.size();
        if (wasThere && isThere && before.at(i) == after.at(i))
            continue;
        const DiffKind kind = !wasThere ? DiffKind::Added : !isThere ? DiffKind::Removed : DiffKind::Changed;
        const Item item = messageItem(
            kind, i, wasThere ? before.at(i) : QJsonValue(), isThere ? after.at(i) : QJsonValue());
        if (kind == DiffKind::Changed || (kind == DiffKind::Added && isSystem(after.at(i)) && i == 0))
            breakAt(item);
        diff.items.append(item);
    }
    diff.isCacheWhole = diff.breaksAt.isEmpty();
    return diff;
}

QByteArray RequestDiff::text(bool hasColours) const
{
    const auto coloured = [hasColours](const char* escape, const QByteArray& line) {
        return hasColours ? escape + line + "\x1b[0m" : line;
    };
    QByteArray out;
    for (const Item& item : items) {
        out += terminalSafe(item.name) + ": " + kindName(item.kind) + '\n';
        const auto [left, right]
            = std::mismatch(item.before.begin(), item.before.end(), item.after.begin(), item.after.end());
        const qsizetype from = item.kind == Kind::Changed ? left - item.before.begin() : 0;
        Q_UNUSED(right)
        for (const QByteArray& line : terminalSafeLines(excerpt(item.before, from)).split('\n')) {
            if (!item.before.isEmpty())
                out += coloured("\x1b[31m", "  - " + line) + '\n';
        }
        for (const QByteArray& line : terminalSafeLines(excerpt(item.after, from)).split('\n')) {
            if (!item.after.isEmpty())
                out += coloured("\x1b[32m", "  + " + line) + '\n';
        }
    }
    out += QByteArray::number(sharedMessages) + (sharedMessages == 1 ? " message" : " messages")
        + " at the front are the same. ";
    return out
        + (isCacheWhole ? "The prompt cache serves the whole first request.\n"
                        : "The prompt cache serves the front up to " + terminalSafe(breaksAt) + ".\n");
}

QByteArray RequestDiff::json() const
{
    QJsonArray changes;
    for (const Item& item : items) {
        changes.append(QJsonObject{{QStringLiteral("kind"), QLatin1String(kindName(item.kind))},
            {QStringLiteral("what"), QString::fromUtf8(item.name)},
            {QStringLiteral("before"), QString::fromUtf8(item.before)},
            {QStringLiteral("after"), QString::fromUtf8(item.after)}});
    }
    return QJsonDocument(
        QJsonObject{{QStringLiteral("same"), items.isEmpty()},
            {QStringLiteral("sharedMessages"), sharedMessages},
            {QStringLiteral("cache"), isCacheWhole ? QStringLiteral("whole") : QStringLiteral("breaks")},
            {QStringLiteral("breaksAt"),
                isCacheWhole ? QJsonValue() : QJsonValue(QString::fromUtf8(breaksAt))},
            {QStringLiteral("changes"), changes}})
        .toJson();
}
