// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/headerlist.h"

#include "base/httpsyntax.h"

#include <algorithm>

bool isSameHeaderName(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && qstrnicmp(a.data(), a.size(), b.data(), b.size()) == 0;
}

void HeaderList::set(QByteArrayView name, const QByteArray& value)
{
    const auto isNamed = [&](const Header& header) { return isSameHeaderName(header.name, name); };
    const auto first = std::find_if(m_headers.begin(), m_headers.end(), isNamed);
    if (first == m_headers.end()) {
        append(name.toByteArray(), value);
        return;
    }
    first->value = value;
    m_headers.erase(std::remove_if(std::next(first), m_headers.end(), isNamed), m_headers.end());
}

qsizetype HeaderList::remove(QByteArrayView name)
{
    return m_headers.removeIf([&](const Header& header) { return isSameHeaderName(header.name, name); });
}

QByteArray HeaderList::value(QByteArrayView name) const
{
    const Header* header = find(name);
    return header ? header->value : QByteArray();
}

QList<QByteArray> HeaderList::values(QByteArrayView name) const
{
    QList<QByteArray> found;
    for (const Header& header : m_headers) {
        if (isSameHeaderName(header.name, name))
            found.append(header.value);
    }
    return found;
}

bool HeaderList::hasToken(QByteArrayView name, QByteArrayView token) const
{
    for (const Header& header : m_headers) {
        if (!isSameHeaderName(header.name, name))
            continue;
        for (const QByteArray& part : header.value.split(',')) {
            if (isSameHeaderName(HttpSyntax::trimmed(part), token))
                return true;
        }
    }
    return false;
}

void HeaderList::appendTo(QByteArray* out) const
{
    for (const Header& header : m_headers)
        out->append(header.name).append(": ").append(header.value).append("\r\n");
}

const Header* HeaderList::find(QByteArrayView name) const
{
    for (const Header& header : m_headers) {
        if (isSameHeaderName(header.name, name))
            return &header;
    }
    return nullptr;
}
