// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// RowEdit: what became of a list of rows that were to be deleted or retried. A value.

#include <QByteArray>
#include <QList>

/// What deleting or retrying a list of rows has come to.
struct RowEdit
{
    qsizetype handled = 0; // from the front of the list; the rest is for the next call
    QList<QByteArray> changed; // ids, of these; the others were gone, or not to be changed
    qsizetype busy = 0; // of these, left alone because they are being delivered

    bool operator==(const RowEdit&) const = default;
};
