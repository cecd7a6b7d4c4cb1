// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// viewer-pictures: the viewer in its main states, as PNG files for people to look at, and what in them
// cannot be read: texts that are cut off, and, from a scale of 2 on, texts with too little contrast. Ends
// with 1 when there is any. The proxy, the provider and Langfuse are real ones, on the loopback.
//
//     viewer-pictures FOLDER [--sizes 1280x800,1600x1000] [--themes light,dark] [--states main,live]
//                            [--suffix -2x]
//
// Scale and direction are Qt's: QT_SCALE_FACTOR=2, -reverse. screenshots.sh makes all of them.

#include "acceptancewindow.h"
#include "gui/delivery/deliverywindow.h"
#include "gui/language/language.h"
#include "gui/list/overviewstrip.h"
#include "gui/settings/settingsdialog.h"
#include "gui/style/theme.h"
#include "gui/usage/usagepage.h"
#include "gui/window/windowactions.h"
#include "legibility.h"
#include "samplecalls.h"
#include "support/fakelangfuse.h"
#include "support/fakeupstream.h"
#include "support/rawclient.h"

#include <QAction>
#include <QApplication>
#include <QCommandLineParser>
#include <QDateTime>
#include <QDialog>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFont>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

namespace {

constexpr int patienceMs = 15'000;
constexpr int quietMs = 700; // what is put off, half a second at most, is painted by then
constexpr double leastRatioForContrast = 2;

void settle()
{
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < quietMs)
        QApplication::processEvents(QEventLoop::AllEvents, 20);
}

bool waitUntil(const std::function<bool()>& isSo, const char* what)
{
    const bool isReached = QTest::qWaitFor(isSo, patienceMs);
    if (!isReached)
        std::fprintf(stderr, "viewer-pictures: still not so: %s\n", what);
    return isReached;
}

QByteArray postOf(const QByteArray& body)
{
    return "POST /v1/messages HTTP/1.1\r\nHost: x\r\nx-api-key: sk-ant-sample\r\nanthropic-version: "
           "2023-06-01\r\nX-Session-Id: claude-code 7f3a91c4\r\nContent-Type: application/json\r\n"
           "Content-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

/// An answer that stays in the middle until "rest" is released.
UpstreamScript halfAnswer(const ReceivedRequest&)
{
    UpstreamScript script;
    script.send(Answer::head(200, {{"Content-Type", "text/event-stream"}, {"Transfer-Encoding", "chunked"}}));
    for (const QByteArray& event : sampleStreamBegin())
        script.send(Answer::chunk(event));
    return script.waitForRelease("rest").send(Answer::chunk({}));
}

struct Wanted
{
    QString folder;
    QStringList states;
    QStringList themes;
    QList<QSize> sizes;
    QString suffix;

    [[nodiscard]] bool has(const char* state) const
    {
        return states.isEmpty() || states.contains(QLatin1String(state));
    }
};

/// The viewer of one size in one theme.
class Camera
{
public:
    Camera(const Wanted& wanted, const QString& themeWord, QSize size)
        : m_wanted(wanted)
        , m_theme(themeWord)
        , m_size(size)
        , m_upstream(halfAnswer)
    {
    }

    /// What is wrong with the pictures.
    QStringList takeAll()
    {
        takeEmpty();
        takeCalls();
        takeFailingDelivery();
        return m_found;
    }

private:
    using Viewer = AcceptanceWindow;

    [[nodiscard]] static bool select(const Viewer& viewer, const QByteArray& id)
    {
        if (viewer.window()->list()->currentId() == id)
            return true;
        bool isShown = false;
        const auto note = QObject::connect(viewer.detail(), &DetailPane::callShown, viewer.detail(),
            [&](const QByteArray& call) { isShown = isShown || call == id; });
        const bool isSelected = viewer.window()->list()->selectCall(id)
            && waitUntil([&] { return isShown; }, "the call is shown");
        QObject::disconnect(note);
        return isSelected;
    }

    std::unique_ptr<Viewer> open(const QString& store)
    {
        QSettings().clear();
        auto viewer = std::make_unique<Viewer>(
            QHash<QByteArray, QByteArray>{{"ANTHROPIC_BASE_URL", m_upstream.url()},
                {"STORE_PATH", store.toUtf8()}, {"LANGFUSE_BASE_URL", m_langfuse.baseUrl().toEncoded()},
                {"LANGFUSE_PUBLIC_KEY", FakeLangfuseOptions().publicKey},
                {"LANGFUSE_SECRET_KEY", FakeLangfuseOptions().secretKey}},
            m_folder.filePath(QStringLiteral("viewer.env")));
        viewer->window()->setTheme(m_theme);
        viewer->window()->resize(m_size);
        viewer->window()->show();
        (void)QTest::qWaitForWindowExposed(viewer->window());
        return viewer;
    }

    void take(QWidget* widget, const char* state)
    {
        settle();
        QImage picture = widget->grab().toImage();
        const QString name = QStringLiteral("%1-%2-%3%4")
                                 .arg(QLatin1String(state), m_theme)
                                 .arg(m_size.width())
                                 .arg(m_wanted.suffix);
        if (!picture.save(m_wanted.folder + u'/' + name + QStringLiteral(".png")))
            m_found.append(name + QStringLiteral(": cannot be written"));
        QStringList wrong = legibility::cutOffTexts(widget);
        if (picture.devicePixelRatio() >= leastRatioForContrast)
            wrong += legibility::faintTexts(widget, picture);
        for (const QString& one : std::as_const(wrong))
            m_found.append(name + QStringLiteral(": ") + one);
    }

    void takeEmpty()
    {
        if (!m_wanted.has("empty"))
            return;
        const auto viewer = open(QStringLiteral(":memory:"));
        take(viewer->window(), "empty");
    }

    [[nodiscard]] QString newStore(const QString& name)
    {
        m_calls = sampleCalls(QDateTime::currentMSecsSinceEpoch() * 1000);
        const QString path = m_folder.filePath(name);
        if (!writeSampleStore(path, m_calls))
            qFatal("%s cannot be written", qPrintable(path));
        return path;
    }

    /// The n-th call, from 0, that is so.
    template <typename Test>
    [[nodiscard]] QByteArray callThat(Test isSo, int n = 0) const
    {
        for (const SampleCall& call : m_calls) {
            if (isSo(call.record) && n-- == 0)
                return call.record.id;
        }
        qFatal("there is no such sample");
    }

    void takeCalls()
    {
        const auto viewer = open(newStore(QStringLiteral("calls.db")));
        MainWindow* window = viewer->window();
        if (!waitUntil([&] { return window->model()->rowCount() == m_calls.size(); }, "the calls are listed"))
            return;
        const auto isAgents = [](const TraceRecord& record) {
            return record.provider == "anthropic" && record.status == 200;
        };
        const auto isOverloaded = [](const TraceRecord& record) { return record.status == 529; };
        if (m_wanted.has("main") && select(*viewer, callThat(isAgents, 3)))
            take(window, "main");
        if (m_wanted.has("error") && select(*viewer, callThat(isOverloaded)))
            take(window, "error");
        takeTabs(*viewer, callThat(isAgents, 2));
        if (m_wanted.has("answer") && select(*viewer, callThat(isAgents, 5)))
            take(window, "answer");
        if (m_wanted.has("beside")) {
            window->actions()->detailBeside->setChecked(true);
            take(window, "beside");
            window->actions()->detailBeside->setChecked(false);
        }
        takePages(*viewer);
        if (m_wanted.has("live"))
            takeLive(*viewer);
    }

    void takeTabs(const Viewer& viewer, const QByteArray& id)
    {
        constexpr std::pair<const char*, DetailPane::Tab> tabs[] = {{"request", DetailPane::Request},
            {"response", DetailPane::Response}, {"events", DetailPane::Events},
            {"timing", DetailPane::Timing}, {"headers", DetailPane::Headers}, {"diff", DetailPane::Diff},
            {"delivery", DetailPane::Delivery}};
        for (const auto& [state, tab] : tabs) {
            if (!m_wanted.has(state) || !select(viewer, id))
                continue;
            viewer.detail()->setTab(tab);
            take(viewer.window(), state);
        }
        viewer.detail()->setTab(DetailPane::Conversation);
    }

    void takePages(const Viewer& viewer)
    {
        if (m_wanted.has("usage")) {
            UsagePage* usage = viewer.pages()->usage();
            usage->resize(m_size);
            usage->show();
            take(usage, "usage");
            usage->hide();
        }
        for (const auto& [state, action] : {std::pair{"settings", "editSettings"}, {"export", "exportCalls"},
                 {"replay", "editAndSend"}, {"compare", "compareCalls"}}) {
            if (!m_wanted.has(state))
                continue;
            viewer.window()->findChild<QAction*>(QLatin1String(action))->trigger();
            QWidget* dialog = nullptr;
            const auto isOpen = [&] {
                dialog = nullptr;
                for (QDialog* each : viewer.window()->findChildren<QDialog*>()) {
                    if (each->isVisible())
                        dialog = each;
                }
                return dialog != nullptr;
            };
            if (!waitUntil(isOpen, state))
                continue;
            take(dialog, state);
            dialog->close();
        }
    }

    void takeLive(const Viewer& viewer)
    {
        RawClient client(viewer.port());
        RequestListModel* model = viewer.window()->model();
        const qsizetype before = model->rowCount();
        if (!client.send(postOf(sampleStreamRequest()))
            || !waitUntil([&] { return model->rowCount() > before; }, "the open call is listed"))
            return;
        const QByteArray id = model->callAt(int(before)).id;
        if (select(viewer, id)
            && waitUntil([&] { return model->find(id)->outputEstimate.value_or(0) > 40; }, "it streams"))
            take(viewer.window(), "live");
    }

    void takeFailingDelivery()
    {
        if (!m_wanted.has("failing"))
            return;
        m_langfuse.script({.status = 503, .body = R"({"message":"Service Unavailable"})"}, 1000);
        const auto viewer = open(newStore(QStringLiteral("failing.db")));
        DeliveryWindow* delivery = viewer->pages()->delivery();
        if (!waitUntil([&] { return delivery->facts().failures > 0; }, "the delivery fails"))
            return;
        const auto isWaiting = [](const TraceRecord& record) {
            return record.provider == "gemini" && record.output.messages.size() > 0;
        };
        if (select(*viewer, callThat(isWaiting, 2))) {
            viewer->detail()->setTab(DetailPane::Delivery);
            take(viewer->window(), "failing");
        }
        delivery->resize(m_size.width() * 3 / 4, m_size.height() * 3 / 4);
        delivery->show();
        take(delivery, "failing-window");
    }

    const Wanted& m_wanted;
    QString m_theme;
    QSize m_size;
    QTemporaryDir m_folder;
    FakeUpstream m_upstream;
    FakeLangfuse m_langfuse;
    QList<SampleCall> m_calls;
    QStringList m_found;
};

Wanted wantedBy(const QStringList& arguments)
{
    QCommandLineParser parser;
    const QCommandLineOption sizes(
        QStringLiteral("sizes"), {}, QStringLiteral("LIST"), QStringLiteral("1280x800"));
    const QCommandLineOption themes(
        QStringLiteral("themes"), {}, QStringLiteral("LIST"), QStringLiteral("light,dark"));
    const QCommandLineOption states(QStringLiteral("states"), {}, QStringLiteral("LIST"));
    const QCommandLineOption suffix(QStringLiteral("suffix"), {}, QStringLiteral("TEXT"));
    parser.addOptions({sizes, themes, states, suffix});
    parser.process(arguments);
    Wanted wanted;
    wanted.folder = parser.positionalArguments().value(0);
    wanted.states = parser.value(states).split(u',', Qt::SkipEmptyParts);
    wanted.themes = parser.value(themes).split(u',');
    wanted.suffix = parser.value(suffix);
    for (const QString& size : parser.value(sizes).split(u','))
        wanted.sizes.append(QSize(size.section(u'x', 0, 0).toInt(), size.section(u'x', 1).toInt()));
    return wanted;
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const QTemporaryDir settings;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings.path());
    QCoreApplication::setOrganizationName(QStringLiteral("langfuse-proxy-tests"));
    QApplication::setStyle(QStringLiteral("Fusion"));
    QApplication::setFont(QFont(QStringLiteral("DejaVu Sans"), 9));
    QLocale::setDefault(QLocale::c());
    installLanguage(QLocale::c());
    const Wanted wanted = wantedBy(QCoreApplication::arguments());
    if (wanted.folder.isEmpty() || !QDir().mkpath(wanted.folder)) {
        std::fprintf(stderr, "viewer-pictures: where to? viewer-pictures FOLDER\n");
        return 2;
    }
    QStringList found;
    for (const QSize size : wanted.sizes) {
        for (const QString& word : wanted.themes)
            found += Camera(wanted, word, size).takeAll();
    }
    for (const QString& one : std::as_const(found))
        std::fprintf(stderr, "%s\n", qPrintable(one));
    return found.isEmpty() ? 0 : 1;
}
