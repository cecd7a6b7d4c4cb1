// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/tailcommand.h"

#include "app/unixsignals.h"
#include "cli/apiaccess.h"
#include "cli/followview.h"
#include "cli/opencall.h"
#include "cli/output.h"
#include "cli/tailview.h"
#include "cli/terminaltext.h"
#include "wire/ssedecoder.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QNetworkReply>
#include <QTimer>

#include <cstdio>
#include <optional>

namespace {

constexpr int reconnectMs = 1000;
constexpr int redrawMs = 250;

/// One subscription after another, until it is enough.
class Tail final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Tail)

public:
    Tail(ApiClient* api, const CommandLine& commandLine, const QByteArray& target)
        : m_api(api)
        , m_target(target)
        , m_hasScreen(!commandLine.json && terminalColumns() > 0)
        , m_view(viewOptions(commandLine))
        , m_decoder([this](const SseEvent& event) { take(event); })
    {
        if (!commandLine.follow.isEmpty())
            m_follow.emplace(hasTerminalColours(), commandLine.json);
        connect(&m_redraw, &QTimer::timeout, this, &Tail::redraw);
    }

    void start()
    {
        if (!m_follow) {
            print(m_view.begin());
            if (m_hasScreen)
                m_redraw.start(redrawMs);
        }
        subscribe();
    }

    void stop()
    {
        if (!m_follow)
            print(m_view.end());
        QCoreApplication::exit(int(ExitCode::Ok));
    }

private:
    /// A terminal has a block that is drawn anew; for a program, and as JSON, there is a line a call.
    static TailView::Options viewOptions(const CommandLine& commandLine)
    {
        const TerminalSize size = commandLine.json ? TerminalSize() : terminalSize();
        return {
            size.columns, size.rows, hasTerminalColours(), commandLine.json, TailFilter(commandLine.filters)};
    }

    void redraw()
    {
        const TerminalSize size = terminalSize();
        QByteArray out = m_view.resize(size.columns, size.rows); // first: what is drawn has to fit
        out += m_view.redraw(QDateTime::currentMSecsSinceEpoch());
        print(out);
    }

    void subscribe()
    {
        QNetworkReply* reply = m_api->open(m_target, m_lastId);
        connect(reply, &QNetworkReply::readyRead, this, [this, reply] {
            m_hasBegun = true;
            m_decoder.feed(reply->readAll());
        });
        connect(reply, &QNetworkReply::finished, this, [this, reply] {
            reply->deleteLater();
            const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
            if (!m_hasBegun || status >= 400) // it has never worked, or is refused now: waiting does not help
                return QCoreApplication::exit(int(fail(m_api->errorOf(reply))));
            std::fputs("langfuse-proxy: the proxy has gone, trying again\n", stderr);
            QTimer::singleShot(reconnectMs, this, &Tail::subscribe);
        });
    }

    void take(const SseEvent& event)
    {
        m_lastId = event.id.toByteArray();
        if (event.type == "gap")
            std::fputs("langfuse-proxy: some events were missed\n", stderr);
        if (!m_follow)
            return print(m_view.take(event.type, event.data));
        print(m_follow->take(event.type, event.data));
        if (m_follow->isOver())
            stop();
    }

    ApiClient* m_api;
    QByteArray m_target;
    bool m_hasScreen;
    TailView m_view;
    std::optional<FollowView> m_follow;
    SseDecoder m_decoder;
    QTimer m_redraw;
    QByteArray m_lastId;
    bool m_hasBegun = false;
};

} // namespace

ExitCode runTail(const CommandLine& commandLine)
{
    const Result<std::unique_ptr<ApiClient>> api = cliApi(commandLine);
    if (!api)
        return fail(api.error());
    QByteArray query;
    if (!commandLine.follow.isEmpty()) {
        const Result<QByteArray> id = openCallId(api->get(), commandLine.follow);
        if (!id)
            return fail(id.error());
        query = queryPart("id", *id);
    } else if (const QByteArray provider = commandLine.filters.value("provider"); !provider.isEmpty()) {
        query = queryPart("provider", provider); // known from the first event on; the view knows the rest
    }
    UnixSignals signalSource;
    Tail tail(
        api->get(), commandLine, "/api/events" + (query.isEmpty() ? QByteArray() : '?' + query.sliced(1)));
    QObject::connect(&signalSource, &UnixSignals::terminationRequested, &tail, &Tail::stop);
    tail.start();
    return ExitCode(QCoreApplication::exec());
}

#include "tailcommand.moc"
