// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// OpenAiResponsesReader: reads one answer of the Responses API, as a document or as events from
// `response.created` to `response.completed`, `.incomplete` or `.failed`. A stream tells everything up to
// three times: in deltas, when an item is done, and in the final event. What comes later takes the place of
// what came before, so that nothing counts twice and lost deltas are made up for. Made by OpenAiResponses;
// telemetry thread. Source: platform.openai.com/docs/api-reference/responses-streaming (2026-11).

#include "wire/framedreader.h"
#include "wire/openairesponsesitems.h"

class OpenAiResponsesReader final : public FramedReader
{
public:
    using FramedReader::FramedReader;

protected:
    void readEvent(QByteArrayView type, JsonValue root) override;
    void readMarker(QByteArrayView data) override;
    void readDocument(JsonValue root) override;
    void readFailedDocument(JsonValue root) override { readDocument(root); }
    [[nodiscard]] QByteArrayView usageKey() const override { return "usage"; }
    void readUsage(JsonValue usage) override;

private:
    using ItemPart = OpenAiResponsesItems::ItemPart;
    using Place = ItemPart::Place;

    struct PartPlace
    {
        Place place = Place::Content;
        qint64 index = 0;

        auto operator<=>(const PartPlace&) const = default;
    };

    /// An output item that has begun. Its parts stand together in the message, in the order of the places.
    struct OpenItem
    {
        qint64 index = 0; // output_index
        QList<PartPlace> places;
        bool isDone = false;
        qsizetype chargedBytes = 0; // to the budget
        qint64 omittedBytes = 0;
    };

    struct TextEvent;

    [[nodiscard]] static const TextEvent* textEvent(QByteArrayView type);
    [[nodiscard]] Message* message();
    [[nodiscard]] OpenItem* itemAt(std::optional<qint64> outputIndex);
    [[nodiscard]] qsizetype firstPartOf(const OpenItem& item) const;
    [[nodiscard]] Part* partAt(OpenItem* item, PartPlace place, Part::Kind kind);
    void takeItem(OpenItem* item, JsonValue value, bool isDone);
    void takeText(const TextEvent& event, JsonValue root);
    void takeFreeForm(Part* part, JsonValue text, bool isWhole);
    void takePartialImage(JsonValue root);
    void takeFinal(JsonValue response);
    void readHead(JsonValue response);
    void finishWith(const QByteArray& reason);
    template <typename Action>
    void onAccountOf(OpenItem* item, Action act);

    QList<OpenItem> m_items; // by index
};
