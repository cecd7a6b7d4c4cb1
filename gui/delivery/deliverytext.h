// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// DeliveryText: how it stands with Langfuse, in words. "Accepted", never "visible": what Langfuse shows when
// is its own business. Stateless; main thread.

#include "gui/delivery/deliveryfacts.h"

#include <QCoreApplication>

class DeliveryText final
{
    Q_DECLARE_TR_FUNCTIONS(DeliveryText)

public:
    /// "Langfuse accepts traces.", "3 attempts have failed."
    [[nodiscard]] static QString heading(const DeliveryFacts& facts);
    /// What else is known: the last answer, when it is tried again, how long something waits. `nowUs`: since
    /// 1970.
    [[nodiscard]] static QString detail(const DeliveryFacts& facts, qint64 nowUs);
    /// "1412 captured = 1400 accepted + ...", or by how much it does not add up.
    [[nodiscard]] static QString balance(const DeliveryFacts& facts);
    /// What a reason's word means; the word itself where that is not known.
    [[nodiscard]] static QString meaning(const LedgerReason& reason);
    [[nodiscard]] static QString kind(LedgerReason::Kind kind);
    /// "8 s", "2 min", "3 h"
    [[nodiscard]] static QString span(qint64 microseconds);
};
