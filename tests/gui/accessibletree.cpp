// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "accessibletree.h"

#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QSet>

namespace {

// The names of AT-SPI 2: https://gnome.pages.gitlab.gnome.org/at-spi2-core/devel-docs/
const char* const accessibleInterface = "org.a11y.atspi.Accessible";
const char* const tableInterface = "org.a11y.atspi.Table";
const char* const textInterface = "org.a11y.atspi.Text";
const char* const componentInterface = "org.a11y.atspi.Component";
constexpr int answerMs = 5000;
constexpr quint32 focusedBit = 1U << 12U; // ATSPI_STATE_FOCUSED

/// A place in the tree: (so).
std::pair<QString, QString> placeIn(const QDBusArgument& argument)
{
    QString service;
    QDBusObjectPath path;
    argument.beginStructure();
    argument >> service >> path;
    argument.endStructure();
    return {service, path.path()};
}

} // namespace

AccessibleNode::AccessibleNode(const QDBusConnection& bus, QString service, QString path)
    : m_bus(bus)
    , m_service(std::move(service))
    , m_path(std::move(path))
{
}

AccessibleNode AccessibleNode::application(const QDBusConnection& bus, const QString& name)
{
    const AccessibleNode desktop(
        bus, QStringLiteral("org.a11y.atspi.Registry"), QStringLiteral("/org/a11y/atspi/accessible/root"));
    for (const AccessibleNode& program : desktop.children()) {
        if (program.name() == name)
            return program;
    }
    return {};
}

QVariant AccessibleNode::ask(const char* interface, const char* method, const QVariantList& arguments) const
{
    QDBusMessage question
        = QDBusMessage::createMethodCall(m_service, m_path, QLatin1String(interface), QLatin1String(method));
    question.setArguments(arguments);
    const QDBusMessage answer = m_bus.call(question, QDBus::Block, answerMs);
    return answer.type() == QDBusMessage::ReplyMessage ? answer.arguments().value(0) : QVariant();
}

QVariant AccessibleNode::property(const char* interface, const char* name) const
{
    return ask("org.freedesktop.DBus.Properties", "Get", {QLatin1String(interface), QLatin1String(name)})
        .value<QDBusVariant>()
        .variant();
}

QString AccessibleNode::name() const
{
    return property(accessibleInterface, "Name").toString();
}

QString AccessibleNode::role() const
{
    return ask(accessibleInterface, "GetRoleName").toString();
}

QString AccessibleNode::text() const
{
    return ask(textInterface, "GetText", {0, -1}).toString();
}

bool AccessibleNode::isFocused() const
{
    const QVariant states = ask(accessibleInterface, "GetState");
    QList<quint32> words;
    if (states.canConvert<QDBusArgument>())
        states.value<QDBusArgument>() >> words;
    return !words.isEmpty() && (words.first() & focusedBit) != 0;
}

bool AccessibleNode::grabFocus() const
{
    return ask(componentInterface, "GrabFocus").toBool();
}

QList<AccessibleNode> AccessibleNode::children() const
{
    const QVariant answer = ask(accessibleInterface, "GetChildren");
    QList<AccessibleNode> nodes;
    if (!answer.canConvert<QDBusArgument>())
        return nodes;
    const auto argument = answer.value<QDBusArgument>();
    argument.beginArray();
    while (!argument.atEnd()) {
        const auto [service, path] = placeIn(argument);
        nodes.append(AccessibleNode(m_bus, service, path));
    }
    argument.endArray();
    return nodes;
}

AccessibleNode AccessibleNode::find(const std::function<bool(const AccessibleNode&)>& isSo) const
{
    static const QSet<QString> closed{QStringLiteral("table"), QStringLiteral("tree"),
        QStringLiteral("tree table"), QStringLiteral("list"), QStringLiteral("menu")};
    QList<AccessibleNode> waiting{*this};
    while (!waiting.isEmpty()) {
        const AccessibleNode node = waiting.takeFirst();
        if (isSo(node))
            return node;
        if (!closed.contains(node.role()))
            waiting += node.children();
    }
    return {};
}

AccessibleNode AccessibleNode::find(const QString& role, const QString& name) const
{
    return find([&](const AccessibleNode& node) { return node.name() == name && node.role() == role; });
}

int AccessibleNode::rows() const
{
    return property(tableInterface, "NRows").toInt();
}

QStringList AccessibleNode::row(int row) const
{
    QStringList cells;
    const int columns = property(tableInterface, "NColumns").toInt();
    for (int column = 0; column < columns; ++column) {
        const QVariant answer = ask(tableInterface, "GetAccessibleAt", {row, column});
        if (!answer.canConvert<QDBusArgument>())
            continue;
        const auto [service, path] = placeIn(answer.value<QDBusArgument>());
        if (const QString said = AccessibleNode(m_bus, service, path).name(); !said.isEmpty())
            cells.append(said);
    }
    return cells;
}
