// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// HeaderList: HTTP field lines as they stood on the wire: bytes, in order, with case and repeats kept.
// A value; used on every thread.

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QMetaType>

#include <optional>

/// One field line: name as received (case kept), value without the optional white space around it.
struct Header
{
    QByteArray name;
    QByteArray value;

    bool operator==(const Header&) const = default;
};

/// True when both names are the same field name (ASCII case-insensitive, RFC 9110 5.1).
[[nodiscard]] bool isSameHeaderName(QByteArrayView a, QByteArrayView b);

class HeaderList final
{
public:
    HeaderList() = default;
    HeaderList(std::initializer_list<Header> headers)
        : m_headers(headers)
    {
    }

    void append(QByteArray name, QByteArray value) { m_headers.append({std::move(name), std::move(value)}); }
    /// Replaces the first line of that name where it stands and removes further ones; appends when there is
    /// none.
    void set(QByteArrayView name, const QByteArray& value);
    /// Removes every line of that name; returns how many there were.
    qsizetype remove(QByteArrayView name);
    template <typename Predicate>
    qsizetype removeIf(Predicate predicate)
    {
        return m_headers.removeIf(predicate);
    }

    [[nodiscard]] bool contains(QByteArrayView name) const { return find(name) != nullptr; }
    /// The first value of that name; empty when there is none (use contains() to tell it from an empty
    /// value).
    [[nodiscard]] QByteArray value(QByteArrayView name) const;
    [[nodiscard]] QList<QByteArray> values(QByteArrayView name) const;
    /// True when a comma list under that name has this token (ASCII case-insensitive), e.g. Connection:
    /// close.
    [[nodiscard]] bool hasToken(QByteArrayView name, QByteArrayView token) const;

    [[nodiscard]] qsizetype size() const { return m_headers.size(); }
    [[nodiscard]] bool isEmpty() const { return m_headers.isEmpty(); }
    [[nodiscard]] auto begin() const { return m_headers.cbegin(); }
    [[nodiscard]] auto end() const { return m_headers.cend(); }
    [[nodiscard]] const Header& at(qsizetype index) const { return m_headers.at(index); }

    /// Appends `name: value CRLF` for each line to out, in order.
    void appendTo(QByteArray* out) const;

    bool operator==(const HeaderList&) const = default;

private:
    [[nodiscard]] const Header* find(QByteArrayView name) const;

    QList<Header> m_headers;
};

Q_DECLARE_METATYPE(HeaderList)
