// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Cost: what one call cost, in US dollars. Amounts are whole picodollars (10^-12 USD), so that the smallest
// price a token has is exact and sums are too. A value, part of TraceRecord.

#include <QByteArray>
#include <QList>

/// The share of one bucket of Usage.
struct CostItem
{
    QByteArray
        bucket; // as in the price file: input, input_cached, cache_write_1h, output, output_reasoning ...
    qint64 picodollars = 0;

    bool operator==(const CostItem&) const = default;
};

struct Cost
{
    enum class Source {
        PriceFile, // tokens times the prices of a price file
        Provider, // the answer said it (Usage::costJson)
    };

    Source source = Source::PriceFile;
    qint64 picodollars = 0; // in all
    QList<CostItem> items; // the buckets that had tokens; empty when the provider said it
    QByteArray price; // which entry was used and of which day, `gpt-5.1 of 2025-11-13`; empty with Provider

    bool operator==(const Cost&) const = default;
};
