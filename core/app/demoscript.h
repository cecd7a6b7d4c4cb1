// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// demoScript: what the built-in provider answers, that of `demo` and of the viewer's test call, and the calls
// that ask it. The shapes are those of the three providers' documentation; the words are ours. Pure.

#include <QByteArray>
#include <QList>

/// A piece of an answer and how long after the one before it leaves.
struct DemoPiece
{
    int afterMs = 0;
    QByteArray bytes;
};

struct DemoAnswer
{
    QByteArray head; // status line and headers, without the empty line; chunked framing is added for streams
    bool isStream = false;
    QList<DemoPiece> pieces;
};

struct DemoCall
{
    QByteArray name; // for people
    QByteArray path;
    QByteArray session;
    QByteArray body; // JSON
    bool isAnthropic = false; // wants x-api-key and anthropic-version
};

/// What a request of that call needs besides its body; any credential will do.
[[nodiscard]] QList<QPair<QByteArray, QByteArray>> demoHeaders(const DemoCall& call);
/// A call whose answer streams for two seconds, to see the proxy work.
[[nodiscard]] const DemoCall& demoTestCall();
/// In the order in which they are made.
[[nodiscard]] const QList<DemoCall>& demoCalls();
/// By path, and by what the body asks for.
[[nodiscard]] DemoAnswer demoAnswer(const QByteArray& path, const QByteArray& body);
