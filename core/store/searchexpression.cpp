// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/searchexpression.h"

#include <QList>
#include <QString>

#include <algorithm>

namespace {

QByteArray quotedTerm(QByteArray term)
{
    const bool isBeginning = term.endsWith('*');
    if (isBeginning)
        term.chop(1);
    term.replace('"', ' ');
    return '"' + term + '"' + (isBeginning ? "*" : "");
}

/// The next word or "phrase" with its `-` and `*`, taken off the front.
QByteArray takeTerm(QByteArray* rest)
{
    *rest = rest->trimmed();
    const bool isExcluded = rest->startsWith('-');
    const qsizetype start = isExcluded ? 1 : 0;
    qsizetype end;
    if (rest->size() > start && rest->at(start) == '"') {
        end = rest->indexOf('"', start + 1);
        end = end < 0 ? rest->size() : end + 1;
        if (end < rest->size() && rest->at(end) == '*')
            ++end;
    } else {
        for (end = start; end < rest->size() && !QChar::isSpace(uint(uchar(rest->at(end))));)
            ++end;
    }
    QByteArray term = rest->left(end);
    rest->remove(0, end);
    return term;
}

/// A phrase without a word in it would match nothing. What the tokenizer takes for one: L*, N* and Co.
bool hasWord(const QByteArray& term)
{
    const QList<uint> characters = QString::fromUtf8(term).toUcs4();
    return std::any_of(characters.begin(), characters.end(),
        [](uint c) { return QChar::isLetterOrNumber(c) || QChar::category(c) == QChar::Other_PrivateUse; });
}

} // namespace

QByteArray searchExpression(const QByteArray& typed)
{
    QByteArray wanted;
    QByteArray excluded;
    QByteArray rest = typed;
    while (!rest.trimmed().isEmpty()) {
        QByteArray term = takeTerm(&rest);
        const bool isExcluded = term.startsWith('-') && term.size() > 1;
        if (isExcluded)
            term.remove(0, 1);
        if (!hasWord(term))
            continue;
        if (isExcluded)
            excluded += " NOT " + quotedTerm(term);
        else
            wanted += (wanted.isEmpty() ? "" : " AND ") + quotedTerm(term);
    }
    return wanted.isEmpty() ? QByteArray() : '(' + wanted + ')' + excluded;
}
