// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// AccessibleNode: what a screen reader sees of a program, over AT-SPI: its tree of named things with roles,
// texts and cells. Used on the test's thread; each question waits for its answer.
//
//     const AccessibleNode program = AccessibleNode::application(bus, "langfuse-proxy-gui");
//     const AccessibleNode list = program.find("table", "Calls");

#include <QDBusConnection>
#include <QList>
#include <QString>

#include <functional>

class AccessibleNode final
{
public:
    /// Null: what could not be found.
    AccessibleNode() = default;

    /// Of those on that bus, the one of that name.
    [[nodiscard]] static AccessibleNode application(const QDBusConnection& bus, const QString& name);

    [[nodiscard]] bool isNull() const { return m_path.isEmpty(); }
    [[nodiscard]] QString name() const;
    /// In English: "table", "push button", "label".
    [[nodiscard]] QString role() const;
    /// Of a text: all of it.
    [[nodiscard]] QString text() const;
    /// Has it the keyboard?
    [[nodiscard]] bool isFocused() const;
    /// Gives it the keyboard.
    [[nodiscard]] bool grabFocus() const;

    /// The first that is so, breadth first; the inside of tables and lists is left out.
    [[nodiscard]] AccessibleNode find(const std::function<bool(const AccessibleNode&)>& isSo) const;
    [[nodiscard]] AccessibleNode find(const QString& role, const QString& name) const;

    [[nodiscard]] int rows() const;
    /// What is said of each cell of that row, from 0, the empty ones left out.
    [[nodiscard]] QStringList row(int row) const;

private:
    AccessibleNode(const QDBusConnection& bus, QString service, QString path);
    [[nodiscard]] QVariant ask(
        const char* interface, const char* method, const QVariantList& arguments = {}) const;
    [[nodiscard]] QVariant property(const char* interface, const char* name) const;
    [[nodiscard]] QList<AccessibleNode> children() const;

    QDBusConnection m_bus{QString()};
    QString m_service;
    QString m_path;
};
