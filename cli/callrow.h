// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CallRow: a call as lists in a terminal show it: every cell is text, empty for what is not known. Made from
// the JSON of `/api`. Pure.

#include <QByteArray>
#include <QJsonObject>
#include <QList>

struct CallRow
{
    QByteArray id;
    QByteArray time; // local, hours to seconds
    QByteArray provider;
    QByteArray model; // of a call without one its path
    QByteArray status; // 200, or a word: cancelled, failed, timeout, refused, open
    QByteArray firstToken; // 420ms, 1.42s; of streams
    QByteArray duration;
    QByteArray input; // tokens, uncached
    QByteArray cached;
    QByteArray output; // without reasoning
    QByteArray reasoning;
    QByteArray tokensPerSecond; // output and reasoning, after the first token
    QByteArray cost; // $0.0123
    QByteArray delivery;
    bool isError = false;
};

/// Of an element of GET /api/traces, or of a `call.ended` event.
[[nodiscard]] CallRow callRow(const QJsonObject& call);
/// Of a whole answer of GET /api/traces, oldest first.
[[nodiscard]] QList<CallRow> callRows(const QByteArray& answer);
