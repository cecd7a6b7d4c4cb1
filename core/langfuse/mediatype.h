// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Media types: what a piece of media is called when it is uploaded to Langfuse, which takes a closed list
// (its packages/shared/src/domain/media.ts, read on 2026-11-24). Pure; telemetry thread.

#include <QByteArray>
#include <QByteArrayView>

namespace MediaType {

/// Whether Langfuse takes media of that type.
[[nodiscard]] bool isAccepted(QByteArrayView type);

/// What the first bytes say: `image/png`, `application/pdf`, `audio/wav` ...; empty when they say nothing.
[[nodiscard]] QByteArray sniffed(QByteArrayView bytes);

/// The type to upload these bytes by: the declared one (parameters and case aside) when it is accepted, else
/// what the bytes say; empty when they cannot be uploaded (`audio/pcm`, embeddings, unknown bytes).
[[nodiscard]] QByteArray forUpload(QByteArrayView declared, QByteArrayView bytes);

} // namespace MediaType
