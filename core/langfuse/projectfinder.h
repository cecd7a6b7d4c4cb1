// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ProjectFinder: which project the keys belong to, and so where people find its pages. Owned by
// LangfuseDelivery; telemetry thread.

#include "langfuse/langfuseclient.h"

#include <QObject>

class ProjectFinder final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ProjectFinder)

public:
    ProjectFinder(const LangfuseOptions& options, const QByteArray& version, QObject* parent = nullptr);
    ~ProjectFinder() override;

    /// Asks, unless it knows, is asking, or has asked in vain three times. found() may follow; a failure is
    /// silent: keys need not be allowed to see it.
    void find();
    /// https://cloud.langfuse.com/project/ID; empty: not known.
    [[nodiscard]] const QByteArray& url() const { return m_url; }

Q_SIGNALS:
    void found();

private:
    void take(const DeliveryAnswer& answer);

    QUrl m_baseUrl;
    LangfuseClient m_client;
    QByteArray m_url;
    int m_attempts = 0;
    bool m_isAsking = false;
};
