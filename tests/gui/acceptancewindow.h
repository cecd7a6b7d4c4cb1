// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// AcceptanceWindow: the viewer whole, as main() puts it together, for the tests of this folder: its own proxy
// in front of a scripted provider, its pages, and settings that are the test's. Used on the test's thread.

#include "config/configloader.h"
#include "gui/detail/detailpane.h"
#include "gui/list/calltable.h"
#include "gui/source/enginesource.h"
#include "gui/window/mainwindow.h"
#include "gui/window/windowpages.h"

#include <QTextBrowser>

#include <memory>

class AcceptanceWindow final
{
    Q_DISABLE_COPY_MOVE(AcceptanceWindow)

public:
    /// PORT is 0 and the store in memory unless the environment says otherwise. Not shown yet.
    /// `savedFile`: where the dialog of settings writes.
    explicit AcceptanceWindow(const QHash<QByteArray, QByteArray>& environment, const QString& savedFile = {})
    {
        SettingInputs inputs;
        inputs.environment = {{"PORT", "0"}, {"STORE_PATH", ":memory:"}};
        inputs.environment.insert(environment);
        const Result<LoadedConfig> loaded = loadConfig(inputs);
        if (!loaded)
            qFatal("%s", qPrintable(loaded.error().message));
        m_window = std::make_unique<MainWindow>();
        m_pages = std::make_unique<WindowPages>(m_window.get(), inputs, savedFile);
        m_window->setSource(std::make_unique<EngineSource>(loaded->config, true));
    }
    ~AcceptanceWindow() { m_pages.reset(); }

    [[nodiscard]] MainWindow* window() const { return m_window.get(); }
    [[nodiscard]] WindowPages* pages() const { return m_pages.get(); }
    [[nodiscard]] RequestListModel* model() const { return m_window->model(); }
    [[nodiscard]] DetailPane* detail() const { return m_window->findChild<DetailPane*>(); }
    [[nodiscard]] quint16 port() const { return quint16(m_window->sources()->own()->status().url.port()); }
    [[nodiscard]] QString conversation() const
    {
        return m_window->findChild<QTextBrowser*>(QStringLiteral("conversationText"))->toPlainText();
    }
    /// Of the list, as it is painted.
    [[nodiscard]] QString cell(int row, int column) const
    {
        return model()->index(row, column).data().toString();
    }

private:
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<WindowPages> m_pages;
};
