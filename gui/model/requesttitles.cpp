// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the columns of the list are called and how wide they are.

#include "gui/model/requestcolumns.h"

QString RequestColumns::title(int column)
{
    switch (column) {
    case Number:
        return QStringLiteral("#");
    case State:
        return {};
    case Time:
        return tr("Time");
    case Provider:
        return tr("Prov");
    case Model:
        return tr("Model");
    case Request:
        return tr("Request");
    case Input:
        return tr("In");
    case Cached:
        return tr("Cached");
    case Output:
        return tr("Out");
    case FirstToken:
        return tr("TTFT");
    case Duration:
        return tr("Dur");
    case Rate:
        return tr("tok/s");
    case Cost:
        return tr("Cost");
    case Session:
        return tr("Session");
    case Delivery:
        return tr("LF");
    case Timeline:
        return tr("Timeline");
    default:
        return longTitle(column);
    }
}

QString RequestColumns::longTitle(int column)
{
    switch (column) {
    case Number:
        return tr("Number");
    case State:
        return tr("State");
    case Provider:
        return tr("Provider");
    case Input:
        return tr("Input tokens");
    case Cached:
        return tr("Share of the input from the cache");
    case Output:
        return tr("Output tokens");
    case FirstToken:
        return tr("Time to first token");
    case Duration:
        return tr("Duration");
    case Rate:
        return tr("Tokens per second");
    case Delivery:
        return tr("Langfuse");
    case Reasoning:
        return tr("Reasoning");
    case CacheWrite:
        return tr("Cache write");
    case Target:
        return tr("Method and path");
    case Status:
        return tr("Status");
    case FinishReason:
        return tr("Stop reason");
    case Tools:
        return tr("Tools");
    case User:
        return tr("User");
    case Tags:
        return tr("Tags");
    case Size:
        return tr("Size");
    case HeadTime:
        return tr("Headers");
    case Id:
        return tr("Id");
    case Note:
        return tr("Note");
    default:
        return title(column);
    }
}

QString RequestColumns::widest(int column)
{
    switch (column) {
    case Number:
        return QStringLiteral("0000");
    case State:
    case Delivery:
        return QStringLiteral("LF");
    case Time:
        return QStringLiteral("00:00:00");
    case Provider:
        return QStringLiteral("WWW");
    case Model:
        return QStringLiteral("claude-sonnet-4");
    case Input:
    case Output:
    case Rate:
    case Reasoning:
    case CacheWrite:
        return QStringLiteral("~00.0k");
    case Cached:
        return QStringLiteral("Cached");
    case FirstToken:
    case Duration:
    case HeadTime:
        return QStringLiteral("00.0s…");
    case Cost:
        return QStringLiteral("$0.0000");
    case Session:
        return QStringLiteral("0af7651916cd");
    case Request:
    case Target:
        return QStringLiteral("POST /v1/chat/completions");
    case Timeline:
        return QStringLiteral("0000000000000000");
    case Id:
        return QStringLiteral("00000000-0000-0000-0000-000000000000");
    default:
        return QStringLiteral("000000000000");
    }
}

bool RequestColumns::isNumeric(int column)
{
    switch (column) {
    case Number:
    case Input:
    case Cached:
    case Output:
    case FirstToken:
    case Duration:
    case Rate:
    case Cost:
    case Reasoning:
    case CacheWrite:
    case Status:
    case Size:
    case HeadTime:
        return true;
    default:
        return false;
    }
}
