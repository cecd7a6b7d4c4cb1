// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Modality tags: audio, vision, embedding, document, from the path and the content of a call; the tags that
// the TypeScript langfuse-proxy gave. Pure.

#include "wire/conversation.h"

#include <QByteArrayView>

/// In that order, each at most once. `path` is without query.
[[nodiscard]] QList<QByteArray> modalityTags(
    QByteArrayView path, const Conversation& input, const Conversation& output);
