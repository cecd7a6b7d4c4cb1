// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// SourceChooser: the box of the tool bar that names the source and offers the others: our own proxy, proxies
// and files of before, Attach… and Open…. Remembers what was looked at; never a token. Main thread, owned by
// the window.

#include "gui/window/sourceswitch.h"

#include <QComboBox>

class SourceChooser final : public QComboBox
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SourceChooser)

public:
    explicit SourceChooser(QWidget* parent = nullptr);
    ~SourceChooser() override;

    /// Selects that entry, which goes to the front of the recent ones. `ownUrl`: where our own proxy listens;
    /// empty: it does not. `hasOwn`: there is one.
    void setShown(const SourceEntry& entry, const QUrl& ownUrl, bool hasOwn);
    [[nodiscard]] const QList<SourceEntry>& recent() const { return m_recent; }

Q_SIGNALS:
    void chosen(const SourceEntry& entry);
    void attachRequested();
    void openRequested();

private:
    void fill();
    void take(int index);
    void write() const;

    QList<SourceEntry> m_recent; // the last first
    SourceEntry m_shown;
    QUrl m_ownUrl;
    bool m_hasOwn = false;
};
