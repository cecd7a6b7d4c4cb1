// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// listCsv: a table as it is shown, as CSV. Pure but for the model that it reads; main thread.

#include <QByteArray>
#include <QList>

class QAbstractItemModel;
class QString;

/// UTF-8, RFC 4180, with a line of titles: these columns of these rows, in that order, with the texts that
/// people see.
[[nodiscard]] QByteArray listCsv(
    const QAbstractItemModel& model, const QList<int>& rows, const QList<int>& columns);
/// Into a file that only its owner can read; gives the problem, for people, and then there is no file.
[[nodiscard]] QString writeListCsv(const QString& fileName, const QByteArray& csv);
