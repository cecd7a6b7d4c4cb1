// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/action/listcsv.h"

#include "base/csv.h"

#include <QAbstractItemModel>
#include <QSaveFile>

namespace {

/// Painted cells have no text to show, but one to be read out.
QString cellText(const QModelIndex& index)
{
    const QString text = index.data(Qt::DisplayRole).toString();
    return text.isEmpty() ? index.data(Qt::AccessibleTextRole).toString() : text;
}

} // namespace

QByteArray listCsv(const QAbstractItemModel& model, const QList<int>& rows, const QList<int>& columns)
{
    QByteArrayList titles;
    for (const int column : columns)
        titles.append(Csv::field(model.headerData(column, Qt::Horizontal).toString()));
    QByteArray out = titles.join(',') + "\r\n";
    for (const int row : rows) {
        QByteArrayList cells;
        for (const int column : columns)
            cells.append(Csv::field(cellText(model.index(row, column))));
        out += cells.join(',') + "\r\n";
    }
    return out;
}

QString writeListCsv(const QString& fileName, const QByteArray& csv)
{
    QSaveFile file(fileName);
    // What was asked: nobody else's business.
    const bool isWritten = file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) && file.write(csv) >= 0
        && file.commit();
    return isWritten ? QString() : file.errorString();
}
