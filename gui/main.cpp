// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// langfuse-proxy-gui: the desktop viewer.

#include "app/processsettings.h"
#include "base/logging.h"
#include "base/version.h"
#include "gui/language/language.h"
#include "gui/source/enginesource.h"
#include "gui/window/mainwindow.h"
#include "gui/window/windowpages.h"

#include <QApplication>
#include <QLocale>

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("langfuse-proxy-gui"));
    QCoreApplication::setApplicationVersion(QLatin1String(versionText));
    installLanguage(QLocale::system());
    SettingArguments arguments;
    arguments.savedFile = savedSettingsFile();
    const Result<ProcessSettings> settings = processSettings(arguments);
    if (!settings) {
        qCritical("%s", qUtf8Printable(settings.error().message));
        return 2;
    }
    const Config& config = settings->loaded.config;
    Logging::install(config.logLevel, config.logFormat);
    MainWindow window;
    WindowPages pages(&window, settings->inputs, arguments.savedFile);
    window.setSource(std::make_unique<EngineSource>(config, false));
    window.show();
    return QApplication::exec();
}
