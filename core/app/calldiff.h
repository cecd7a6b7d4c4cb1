// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CallDiff: what changed between the requests of two calls, by parameter, tool and message, and where the
// prompt cache of the provider stops being of use: providers cache the front of a prompt (tools, then system
// prompt, then messages), up to the first byte that differs. Pure.

#include <QByteArray>
#include <QByteArrayList>

class QJsonObject;

struct CallDiff
{
    enum class Kind { Same, Added, Removed, Changed };

    struct Item
    {
        Kind kind = Kind::Same;
        QByteArray name; // `parameter temperature`, `tool search`, `message 3 (user)`
        QByteArray before; // text; empty when it was not there
        QByteArray after;
    };

    QList<Item> items; // only what differs, in the order of the prompt
    qsizetype sharedMessages = 0; // from the front
    bool isCacheWhole = false; // the second request only goes on where the first one ended
    QByteArray breaksAt; // the first item that ends the common front; empty when isCacheWhole

    /// The answers of GET /api/traces/{id} of both.
    [[nodiscard]] static CallDiff between(const QJsonObject& first, const QJsonObject& second);
    /// {"same":false,"sharedMessages":3,"cache":"breaks","breaksAt":"message 4 (user)","changes":[...]}
    [[nodiscard]] QByteArray json() const;
    /// added, removed, changed
    [[nodiscard]] static const char* kindWord(Kind kind);
};
