// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// langfuse-proxy-gui: the desktop viewer.

#include "app/processsettings.h"
#include "base/logging.h"
#include "base/version.h"
#include "gui/filter/filterbar.h"
#include "gui/list/calltable.h"
#include "gui/language/language.h"
#include "gui/source/enginesource.h"
#include "gui/style/theme.h"
#include "gui/window/mainwindow.h"
#include "gui/window/singleinstance.h"
#include "gui/window/viewercommandline.h"
#include "gui/window/windowpages.h"

#include <QApplication>
#include <QIcon>
#include <QLocale>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <string_view>

namespace {

constexpr int cannotOpen = 1;
constexpr int wrongArguments = 2;

int endWith(int code, const QString& message)
{
    std::fprintf(stderr, "langfuse-proxy-gui: %s\n", qUtf8Printable(message));
    return code;
}

void bringToFront(MainWindow* window)
{
    window->setWindowState(window->windowState() & ~Qt::WindowMinimized);
    window->show();
    window->raise();
    window->activateWindow();
}

/// Starts what the command line asks for; false: it cannot be had, which the source's status says.
bool startSource(MainWindow* window, const ViewerCommandLine& line, const Config& config)
{
    if (line.startsProxy())
        window->setSource(std::make_unique<EngineSource>(config, !line.listenPort.isEmpty()));
    const bool isRefused = window->sources()->source()
        && window->sources()->source()->status().state == SourceStatus::State::Refused;
    if (isRefused && !line.listenPort.isEmpty())
        return false;
    if (!line.attachTo.isEmpty())
        window->sources()->attach(line.attachTo, line.token);
    if (line.files.isEmpty())
        return true;
    window->sources()->openFile(line.files.first());
    return window->sources()->source()->status().state != SourceStatus::State::Refused;
}

/// The call that was asked for is selected when it is there: once.
void selectWhenLoaded(MainWindow* window, const QByteArray& id)
{
    auto* once = new QObject(window);
    QObject::connect(window->sources(), &SourceSwitch::loaded, once, [window, once, id] {
        (void)window->list()->selectCall(id);
        once->deleteLater();
    });
}

/// What --help and --version say needs no display.
std::optional<int> answerWithoutWindow(int argc, char** argv)
{
    const auto isQuestion = [](std::string_view argument) {
        return argument == "--help" || argument == "-h" || argument == "--version" || argument == "-v";
    };
    if (std::none_of(argv + std::min(argc, 1), argv + argc, isQuestion))
        return std::nullopt;
    const QCoreApplication application(argc, argv);
    installLanguage(QLocale::system());
    const Result<ViewerCommandLine> line = ViewerCommandLine::parse(QCoreApplication::arguments());
    if (!line)
        return endWith(wrongArguments, line.error().message);
    if (line->answer.isEmpty())
        return std::nullopt; // it was another option's value
    std::fputs(qUtf8Printable(line->answer), stdout);
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication::setOrganizationName(QStringLiteral("langfuse-proxy"));
    QCoreApplication::setApplicationName(QStringLiteral("langfuse-proxy-gui"));
    QCoreApplication::setApplicationVersion(QLatin1String(versionText));
    if (const auto code = answerWithoutWindow(argc, argv))
        return *code;
    QApplication application(argc, argv);
    QGuiApplication::setDesktopFileName(QStringLiteral("langfuse-proxy-gui"));
    QGuiApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/app.svg")));
    installLanguage(QLocale::system());
    const Result<ViewerCommandLine> line = ViewerCommandLine::parse(QCoreApplication::arguments());
    if (!line)
        return endWith(wrongArguments, line.error().message);
    if (line->canBeHandedOver() && SingleInstance::handOver(line->files))
        return 0;
    SettingArguments arguments;
    arguments.envFile = line->envFile;
    arguments.savedFile = savedSettingsFile();
    if (!line->listenPort.isEmpty())
        arguments.flags.insert("PORT", line->listenPort);
    if (!line->listenHost.isEmpty())
        arguments.flags.insert("HOST", line->listenHost);
    const Result<ProcessSettings> settings = processSettings(arguments);
    if (!settings)
        return endWith(wrongArguments, settings.error().message);
    const Config& config = settings->loaded.config;
    Logging::install(config.logLevel, config.logFormat);

    MainWindow window;
    const WindowPages pages(&window, settings->inputs, arguments.savedFile);
    if (line->preference)
        window.setTheme(theme::word(*line->preference));
    if (!startSource(&window, *line, config))
        return endWith(cannotOpen, window.sources()->source()->status().detail);
    (void)window.filterBar()->setFilter(line->filter);
    if (!line->highlight.isEmpty())
        (void)window.filterBar()->setHighlight(line->highlight);
    if (!line->selectId.isEmpty())
        selectWhenLoaded(&window, line->selectId);
    SingleInstance instance;
    instance.listen();
    QObject::connect(
        &instance, &SingleInstance::filesHandedOver, &window, [&window](const QStringList& files) {
            if (!files.isEmpty())
                window.sources()->openFile(files.first());
            bringToFront(&window);
        });
    // Answers that are under way may end, as in the daemon.
    QGuiApplication::setQuitOnLastWindowClosed(false);
    QObject::connect(&application, &QGuiApplication::lastWindowClosed, &window, [&window] {
        TraceSource* own = window.sources()->own();
        if (!own || own->status().state != SourceStatus::State::Attached) {
            QCoreApplication::quit();
            return;
        }
        QObject::connect(own, &TraceSource::statusChanged, &window, [](const SourceStatus& status) {
            if (status.state == SourceStatus::State::Stopped)
                QCoreApplication::quit();
        });
        own->stop();
    });
    if (line->isMinimized)
        window.showMinimized();
    else
        window.show();
    return QApplication::exec();
}
