// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Record masking: the last gate before a record leaves the builder. Providers repeat keys in error texts, and
// people paste them into prompts; the credentials of the call itself never get into its record. Pure.

#include "trace/tracerecord.h"

#include <QByteArrayView>

/// Replaces the credentials by `***` in every text of the record.
void maskCredentials(TraceRecord* record, const QList<Secret>& credentials);

/// Looks for credentials in a body that passes in pieces, e.g. while it is decoded: the encoded copy cannot
/// be masked and must not be kept then. One a body.
class CredentialWatch final
{
public:
    explicit CredentialWatch(const QList<Secret>& credentials);

    void feed(QByteArrayView bytes);
    [[nodiscard]] bool hasFound() const { return m_hasFound; }

private:
    QList<Secret> m_credentials;
    qsizetype m_longest = 0;
    QByteArray m_window; // the end of what has passed, for matches across pieces
    bool m_hasFound = false;
};
