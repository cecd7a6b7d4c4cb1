// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// What the tests of byte identity send both ways.

#include <QByteArray>

/// JSON that no parser and printer gives back as it was.
inline const QByteArray awkwardJson
    = "{\"seed\": 12345678901234567890,\r\n\t\"t\":1.0, \"e\":1E+2,\"u\":\"\\u00e9\\/"
      "\xc3\xa9\\ud83d\\ude00\" ,\"a\":1,\"a\":2,\"z\":-0.0}\n ";

/// So that the proxy adds none of its own.
inline const QByteArray requestIdLine = "X-Request-Id: r1\r\n";

inline QByteArray lengthLine(const QByteArray& body)
{
    return "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
}
