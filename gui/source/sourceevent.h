// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// What a TraceSource says: answers, events and its own state. Values of the main thread.

#include <QByteArray>
#include <QMetaType>
#include <QString>
#include <QUrl>

#include <chrono>

/// An answer of the API, or a made one: 0 and an error's JSON when nothing answered.
struct SourceAnswer
{
    int status = 0;
    QByteArray type; // media type
    QByteArray body; // whole

    [[nodiscard]] bool isOk() const { return status >= 200 && status < 300; }
};

/// One event of `/api/events`.
struct SourceEvent
{
    QByteArray type; // call.started, call.response, call.progress, call.ended, call.lost, delivery, ledger
    QByteArray json; // its data, a whole object

    bool operator==(const SourceEvent&) const = default;
};

struct SourceStatus
{
    enum class State {
        Connecting,
        Attached, // calls come in
        Lost, // was attached; comes again by itself
        Incompatible, // what answers there speaks another language; terminal
        Refused, // the credentials are not taken, or the file or the port cannot be had; terminal
        Stopped, // terminal
    };

    State state = State::Connecting;
    QString detail; // why, for people; may be empty
    QUrl url; // where clients reach the proxy; empty: a file, or not known yet
    QString version; // of a proxy elsewhere
    std::chrono::milliseconds retryIn{0}; // of Lost
    int attempt = 0; // of Connecting and Lost: how many have failed in a row
    bool isReadOnly = false; // nothing can be changed here
    bool wantsKey = false; // PROXY_API_KEY is set; not known of a proxy elsewhere

    bool operator==(const SourceStatus&) const = default;
};

Q_DECLARE_METATYPE(SourceEvent)
Q_DECLARE_METATYPE(SourceStatus)
