// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// VectorReader: reads one answer of an embeddings API behind a VectorFilter, so that megabytes of numbers
// cost neither memory nor parsing. What the documents mean the reader behind it knows: it sees the number of
// dimensions in the place of a vector. Made by a dialect, one a response; telemetry thread.

#include "wire/documentreader.h"
#include "wire/vectorfilter.h"

class VectorReader final : public ResponseReader
{
public:
    /// `documents` reads what the filter lets through.
    explicit VectorReader(std::unique_ptr<ResponseReader> documents)
        : m_documents(std::move(documents))
    {
    }

    void feed(QByteArrayView bytes, qint64 atNs) override { m_documents->feed(m_filter.filter(bytes), atNs); }
    void finish() override { m_documents->finish(); }
    [[nodiscard]] const ParsedResponse& response() const override { return m_documents->response(); }

private:
    VectorFilter m_filter;
    std::unique_ptr<ResponseReader> m_documents;
};

/// `2 embeddings of 1536 dimensions`, as the answer of the model. Nothing without an embedding.
[[nodiscard]] inline QList<Message> embeddingsMessage(qint64 count, qint64 dimensions)
{
    if (count == 0)
        return {};
    return answerOf({textPart(QByteArray::number(count) + (count == 1 ? " embedding of " : " embeddings of ")
        + QByteArray::number(dimensions) + " dimensions")});
}
