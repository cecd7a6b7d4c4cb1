// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ContentDecoder::Stage: one coding of a Content-Encoding list behind one face, so that lists are chains.
// Private to ContentDecoder.

#include "wire/contentdecoder.h"

class ContentDecoder::Stage
{
public:
    /// Takes decoded bytes; a failure stops the decoding and is handed back.
    using Next = std::function<Result<void>(QByteArrayView)>;

    virtual ~Stage() = default;
    /// Decodes all of these bytes in bounded pieces. ProtocolError when they are corrupt. Bytes behind the
    /// end of the coded data are ignored.
    [[nodiscard]] virtual Result<void> decode(QByteArrayView encoded, const Next& next) = 0;
};

/// The stage for one coding name in lower case; null when it is unknown.
[[nodiscard]] std::unique_ptr<ContentDecoder::Stage> makeContentStage(QByteArrayView coding);
