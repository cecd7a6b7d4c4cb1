// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// BodyExcerpt: a JSON text whose larger values stand in a body as well -> where they stand there, so that
// they are not stored twice. Part of RecordCodec. Pure.
//
//   {"messages":[...],"tools":[...]} = `{"messages":` + 90 KB of the body from 17 + `,"tools":` + ... + `}`

#include <QByteArray>
#include <QList>

#include <optional>

/// A text, and behind it so many bytes of the body.
struct ExcerptPart
{
    QByteArray text;
    qint64 offset = 0;
    qint64 length = 0;

    bool operator==(const ExcerptPart&) const = default;
};

namespace BodyExcerpt {

/// Empty when nothing much would be saved. Looks for arrays and objects, a bounded number of times: a text
/// that is put together otherwise is not found.
[[nodiscard]] QList<ExcerptPart> partsOf(const QByteArray& text, const QByteArray& body);
/// The text again; nothing when the parts are none of that body.
[[nodiscard]] std::optional<QByteArray> join(const QList<ExcerptPart>& parts, const QByteArray& body);

} // namespace BodyExcerpt
