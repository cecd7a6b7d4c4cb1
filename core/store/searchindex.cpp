// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/searchindex.h"

#include "store/contentcodec.h"
#include "store/storeconnection.h"
#include "store/storestatements.h"

#include <QVariant>

namespace {

// Between the two sides as they are packed; no text has it that goes through QString and SQLite as text.
constexpr char sideBorder = '\0';

QVariant indexedText(const QByteArray& utf8)
{
    return QString::fromUtf8(utf8);
}

} // namespace

Result<void> SearchIndex::add(qint64 row, const SearchText& text)
{
    if (text.isEmpty())
        return {};
    SearchText indexed = text;
    indexed.input.replace(sideBorder, ' ');
    indexed.output.replace(sideBorder, ' ');
    const QByteArray packed = ContentCodec::pack(indexed.input + sideBorder + indexed.output);
    if (auto stored = m_connection->execute(&m_statements->insertSearchText, {row, packed}); !stored)
        return stored;
    return m_connection->execute(
        &m_statements->addWords, {row, indexedText(indexed.input), indexedText(indexed.output)});
}

Result<void> SearchIndex::remove(qint64 row)
{
    QSqlQuery& select = m_statements->selectSearchText;
    if (auto done = m_connection->execute(&select, {row}); !done)
        return done;
    const QByteArray packed = select.next() ? select.value(0).toByteArray() : QByteArray();
    select.finish();
    if (packed.isEmpty())
        return {};
    const auto text = ContentCodec::unpack(packed);
    if (!text)
        return {}; // damaged: the words stay, and lead nowhere
    const qsizetype border = text->indexOf(sideBorder);
    return m_connection->execute(&m_statements->removeWords,
        {row, indexedText(text->left(border)), indexedText(text->mid(border + 1))});
}
