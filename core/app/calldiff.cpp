// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/calldiff.h"

#include "app/messagetext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace {

using Item = CallDiff::Item;
using DiffKind = CallDiff::Kind;

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

} // namespace

const char* CallDiff::kindWord(Kind kind)
{
    return kind == Kind::Added ? "added" : kind == Kind::Removed ? "removed" : "changed";
}

CallDiff CallDiff::between(const QJsonObject& first, const QJsonObject& second)
{
    CallDiff diff;
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

QByteArray CallDiff::json() const
{
    QJsonArray changes;
    for (const Item& item : items) {
        changes.append(QJsonObject{{QStringLiteral("kind"), QLatin1String(kindWord(item.kind))},
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
