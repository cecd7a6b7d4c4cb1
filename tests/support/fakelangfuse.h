// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// FakeLangfuse: a Langfuse server for tests, on 127.0.0.1 and a free port, in a thread of its own. It refuses
// what a real one refuses (langfuse OTLP route: key, content type, encoding, version header, protobuf, ids),
// keeps what it accepts, and can be told to misbehave. All functions may be called from any thread.

#include "support/fakelangfusestate.h"

#include <QUrl>

#include <memory>

class FakeLangfuseServer;
class ThreadHolder;

class FakeLangfuse final
{
    Q_DISABLE_COPY_MOVE(FakeLangfuse)

public:
    FakeLangfuse();
    explicit FakeLangfuse(const FakeLangfuseOptions& options);
    ~FakeLangfuse();

    [[nodiscard]] quint16 port() const;
    [[nodiscard]] QUrl baseUrl() const;

    /// The next `times` requests to that endpoint are answered so; later scripts wait behind earlier ones.
    void script(const LangfuseAnswer& answer, int times = 1, LangfuseRoute route = LangfuseRoute::Traces);
    /// What is scripted and has not happened yet will not.
    void clearScript();
    /// A request with a span for which this is true is refused as a whole: 400.
    void refuseSpansWhen(std::function<bool(const LangfuseSpan&)> predicate);
    /// The status that /api/public/ingestion gives a well-formed event: 201, 400, 500 ...
    void judgeEventsBy(std::function<int(const LangfuseEvent&)> judge);
    /// Longer bodies (on the wire) are answered 413. 0: the usual limit.
    void setMaxBodyBytes(qsizetype bytes);
    void setSecretKey(const QByteArray& secretKey);
    /// E.g. "2.95.1": no OTLP; "3.40.0": OTLP that knows no `langfuse.*`; "4.16.0": OTLP only.
    void setVersion(const QByteArray& version);
    void setMediaBucket(bool hasBucket);
    /// Stops listening and cuts all connections; comeUp() listens on the same port again.
    void goDown();
    void comeUp();

    /// Accepted spans, in order of arrival, repeats included.
    [[nodiscard]] QList<LangfuseSpan> spans() const;
    /// Accepted events of /api/public/ingestion, likewise.
    [[nodiscard]] QList<LangfuseEvent> events() const;
    /// By media id.
    [[nodiscard]] QMap<QByteArray, LangfuseMedia> media() const;
    /// Requests to that endpoint.
    [[nodiscard]] QList<LangfuseRequest> requests(LangfuseRoute route = LangfuseRoute::Traces) const;
    [[nodiscard]] bool waitForSpans(qsizetype count, std::chrono::milliseconds timeout) const;
    [[nodiscard]] bool waitForRequests(qsizetype count, std::chrono::milliseconds timeout) const;

private:
    FakeLangfuseState m_state;
    quint16 m_port = 0;
    std::unique_ptr<ThreadHolder> m_thread;
    FakeLangfuseServer* m_server = nullptr; // lives and dies on m_thread
};
