// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// langfuse-proxy-gui: the desktop viewer.

#include "app/processsettings.h"
#include "base/logging.h"
#include "base/version.h"
#include "gui/filter/filterbar.h"
#include "gui/language/language.h"
#include "gui/list/calltable.h"
#include "gui/model/callmarks.h"
#include "gui/source/enginesource.h"
#include "gui/source/filesource.h"
#include "gui/style/theme.h"
#include "gui/window/filecomparison.h"
#include "gui/window/headlessexport.h"
#include "gui/window/mainwindow.h"
#include "gui/window/singleinstance.h"
#include "gui/window/viewercommandline.h"
#include "gui/window/viewerend.h"
#include "gui/window/viewertray.h"
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
constexpr int wrongSetting = 78; // as the daemon, and EX_CONFIG of sysexits.h

/// Its settings, layout and data lie apart.
void useProfile(const QString& profile)
{
    if (!profile.isEmpty())
        QCoreApplication::setApplicationName(QStringLiteral("langfuse-proxy-gui-") + profile);
}

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

/// What the settings lead to, or the setting that is wrong.
struct Settings
{
    SettingInputs inputs;
    QString savedFile;
    Result<LoadedConfig> loaded;
};

Result<Settings> settingsOf(const ViewerCommandLine& line)
{
    SettingArguments arguments;
    arguments.envFile = line.envFile;
    arguments.savedFile = savedSettingsFile(line.profile);
    if (!line.listenPort.isEmpty())
        arguments.flags.insert("PORT", line.listenPort);
    if (!line.listenHost.isEmpty())
        arguments.flags.insert("HOST", line.listenHost);
    QByteArrayList warnings;
    Result<SettingInputs> inputs = settingInputs(arguments, &warnings);
    if (!inputs)
        return inputs.error();
    const Result<LoadedConfig> loaded = loadConfig(*inputs);
    if (loaded)
        Logging::install(loaded->config.logLevel, loaded->config.logFormat);
    for (const QByteArray& warning : std::as_const(warnings))
        Logging::write(Logging::Level::Warn, "viewer", warning);
    return Settings{std::move(*inputs), arguments.savedFile, loaded};
}

/// Shows that source, if nothing is wrong with it.
Result<void> checkedSource(const MainWindow& window)
{
    const SourceStatus& status = window.sources()->source()->status();
    if (status.state == SourceStatus::State::Refused)
        return Error{ErrorCode::StoreFailed, status.detail, {}};
    return {};
}

/// Starts what the command line asks for. A setting that is wrong is no failure: it can be put right.
Result<void> startSource(MainWindow* window, const ViewerCommandLine& line, const Settings& settings)
{
    if (line.startsProxy()) {
        window->setSource(settings.loaded
                ? std::make_unique<EngineSource>(settings.loaded->config, !line.listenPort.isEmpty())
                : std::make_unique<EngineSource>(settings.loaded.error()));
        if (const auto started = checkedSource(*window);
            !started && settings.loaded && !line.listenPort.isEmpty())
            return started;
    }
    if (!line.attachTo.isEmpty())
        window->sources()->attach(line.attachTo, line.token);
    if (line.files.isEmpty())
        return {};
    window->sources()->openFile(line.files.last());
    if (const auto opened = checkedSource(*window); !opened || !line.isDiff)
        return opened;
    auto first = std::make_unique<FileSource>(line.files.first());
    first->start();
    if (first->status().state == SourceStatus::State::Refused)
        return Error{ErrorCode::StoreFailed, first->status().detail, {}};
    new FileComparison(window, std::move(first)); // the window's
    return {};
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

int exportAndEnd(const ViewerCommandLine& line)
{
    const Result<Settings> settings = settingsOf(line);
    if (!settings)
        return endWith(wrongSetting, settings.error().message);
    const bool wantsOwnStore = line.files.isEmpty() && line.attachTo.isEmpty();
    if (wantsOwnStore && !settings->loaded)
        return endWith(wrongSetting, settings->loaded.error().message);
    HeadlessExport work(line);
    QObject::connect(
        &work, &HeadlessExport::finished, QCoreApplication::instance(),
        [](const QString& problem, qsizetype left) {
            if (left > 0)
                endWith(0,
                    HeadlessExport::tr(
                        "%n call(s) are left out: they have not ended, or are gone", nullptr, int(left)));
            QCoreApplication::exit(problem.isEmpty() ? 0 : endWith(cannotOpen, problem));
        },
        Qt::QueuedConnection);
    work.start(wantsOwnStore ? settings->loaded->config.storePath : QString());
    return QCoreApplication::exec();
}

/// What needs no display has none.
std::optional<int> runWithoutWindow(int argc, char** argv)
{
    const auto isForTerminals = [](std::string_view argument) {
        return argument == "--help" || argument == "-h" || argument == "--version" || argument == "-v"
            || argument == "--headless";
    };
    if (std::none_of(argv + std::min(argc, 1), argv + argc, isForTerminals))
        return std::nullopt;
    const QCoreApplication application(argc, argv);
    installLanguage(QLocale::system());
    const Result<ViewerCommandLine> line = ViewerCommandLine::parse(QCoreApplication::arguments());
    if (!line)
        return endWith(wrongArguments, line.error().message);
    if (line->isHeadless) {
        useProfile(line->profile);
        return exportAndEnd(*line);
    }
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
    if (const auto code = runWithoutWindow(argc, argv))
        return *code;
    QApplication application(argc, argv);
    QGuiApplication::setDesktopFileName(QStringLiteral("langfuse-proxy-gui"));
    QGuiApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/app.svg")));
    installLanguage(QLocale::system());
    const Result<ViewerCommandLine> line = ViewerCommandLine::parse(QCoreApplication::arguments());
    if (!line)
        return endWith(wrongArguments, line.error().message);
    useProfile(line->profile);
    if (line->canBeHandedOver() && SingleInstance::handOver(line->files))
        return 0;
    const Result<Settings> settings = settingsOf(*line);
    if (!settings)
        return endWith(wrongArguments, settings.error().message);

    MainWindow window;
    const ViewerEnd end(&window); // from now on a signal is an end in order
    const CallMarks marks(window.model(), CallMarks::fileOfProfile());
    WindowPages pages(&window, settings->inputs, settings->savedFile);
    ViewerTray tray(&window, &pages);
    QObject::connect(&end, &ViewerEnd::begun, &tray, &ViewerTray::retire);
    if (line->preference)
        window.setTheme(theme::word(*line->preference));
    if (const auto started = startSource(&window, *line, *settings); !started)
        return endWith(cannotOpen, started.error().message);
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
    if (line->isMinimized)
        window.showMinimized();
    else
        window.show();
    if (line->startsProxy() && !settings->loaded) {
        const Error& wrong = settings->loaded.error();
        Logging::write(Logging::Level::Warn, "viewer", "a setting is not allowed: " + wrong.message.toUtf8());
        pages.editSettings(wrong.subject.toUtf8(), wrong.message);
    }
    return QApplication::exec();
}
