// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/pricelist.h"

#include "trace/picodollars.h"
#include "wire/jsonparser.h"

#include <algorithm>
#include <array>

namespace {

constexpr std::array<const char*, priceBucketCount> bucketNames{"input", "input_cached", "cache_write",
    "cache_write_5m", "cache_write_1h", "input_audio", "output", "output_reasoning", "output_audio",
    "input_cached_audio"};

/// Reads entries and remembers the first fault.
class PriceFileReader final
{
public:
    [[nodiscard]] const QString& fault() const { return m_fault; }

    PriceEntry entry(JsonValue value)
    {
        PriceEntry entry;
        for (const JsonValue member : value) {
            const QByteArray name = member.name();
            if (name == "models")
                entry.models = words(member);
            else if (name == "from")
                entry.from = date(member);
            else if (name == "until")
                entry.until = date(member);
            else if (name == "usd_per_million_tokens")
                entry.prices = prices(member);
            else if (name == "tiers")
                entry.tiers = tiers(member);
            else if (name == "source")
                entry.source = member.text();
            else if (name == "date")
                entry.date = date(member).toString(Qt::ISODate).toLatin1();
            else if (name != "note")
                refuse(name, "is not a member of an entry");
        }
        if (entry.models.isEmpty())
            refuse("models", "is missing");
        if (entry.prices == BucketPrices())
            refuse("usd_per_million_tokens", "is missing");
        return entry;
    }

private:
    void refuse(const QByteArray& member, const char* why)
    {
        if (m_fault.isEmpty())
            m_fault = QStringLiteral("\"%1\" %2").arg(QString::fromUtf8(member), QString::fromLatin1(why));
    }

    QList<QByteArray> words(JsonValue value)
    {
        QList<QByteArray> texts;
        if (value.isString())
            texts.append(value.text());
        for (const JsonValue element : value)
            texts.append(element.text());
        if (texts.isEmpty() || texts.contains(QByteArray()))
            refuse(value.name(), "must be a text or a list of texts");
        return texts;
    }

    QDate date(JsonValue value)
    {
        const QDate day = QDate::fromString(QString::fromLatin1(value.text()), Qt::ISODate);
        if (!day.isValid())
            refuse(value.name(), "must be a date like 2026-11-24");
        return day;
    }

    BucketPrices prices(JsonValue value)
    {
        BucketPrices prices;
        if (!value.isObject() || value.isEmpty())
            refuse(value.name(), "must be an object of prices");
        for (const JsonValue member : value) {
            const auto bucket = std::find(bucketNames.begin(), bucketNames.end(), member.name());
            const auto price = Picodollars::perToken(member.text());
            if (bucket == bucketNames.end())
                refuse(member.name(), "is not a bucket");
            else if (!price)
                refuse(member.name(), "must be dollars as decimal text, \"1.25\", with at most six decimals");
            else
                prices.picodollars[bucket - bucketNames.begin()] = price;
        }
        return prices;
    }

    qint64 tokens(JsonValue value)
    {
        const qint64 number = value.integer().value_or(-1);
        if (number < 0)
            refuse(value.name(), "must be a number of tokens");
        return number;
    }

    QList<PriceTier> tiers(JsonValue value)
    {
        QList<PriceTier> tiers;
        for (const JsonValue element : value) {
            PriceTier tier;
            for (const JsonValue member : element) {
                const QByteArray name = member.name();
                if (name == "service_tier")
                    tier.serviceTiers = words(member);
                else if (name == "speed")
                    tier.speeds = words(member);
                else if (name == "input_above")
                    tier.inputAbove = tokens(member);
                else if (name == "input_up_to")
                    tier.inputUpTo = tokens(member);
                else if (name == "usd_per_million_tokens")
                    tier.prices = prices(member);
                else
                    refuse(name, "is not a member of a tier");
            }
            if (tier.serviceTiers.isEmpty() && tier.speeds.isEmpty() && tier.inputAbove < 0
                && tier.inputUpTo < 0)
                refuse("tiers", "has one without a condition");
            tiers.append(tier);
        }
        return tiers;
    }

    QString m_fault;
};

/// `*` is any text. Linear in the name for each star: the last star is where to go on.
bool matchesPattern(QByteArrayView pattern, QByteArrayView name)
{
    qsizetype p = 0;
    qsizetype n = 0;
    qsizetype star = -1;
    qsizetype starName = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            starName = n;
        } else if (p < pattern.size() && pattern[p] == name[n]) {
            ++p;
            ++n;
        } else if (star >= 0) {
            p = star + 1;
            n = ++starName;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

/// Without `-2025-11-13` or `-20251113` at its end.
QByteArrayView withoutDate(QByteArrayView name)
{
    for (const QByteArrayView shape : {QByteArrayView("-dddd-dd-dd"), QByteArrayView("-dddddddd")}) {
        if (name.size() <= shape.size())
            continue;
        const QByteArrayView tail = name.last(shape.size());
        const bool isDate = std::equal(tail.begin(), tail.end(), shape.begin(),
            [](char c, char wanted) { return wanted == 'd' ? c >= '0' && c <= '9' : c == wanted; });
        if (isDate)
            return name.chopped(shape.size());
    }
    return name;
}

} // namespace

QByteArray priceBucketName(PriceBucket bucket)
{
    return bucketNames[std::size_t(bucket)];
}

Result<PriceList> PriceList::parse(const QByteArray& json)
{
    const auto fault = [](const QString& what) { return Error{ErrorCode::InvalidConfig, what, {}}; };
    JsonParser parser;
    const JsonValue prices = parser.parse(json)["prices"];
    if (!prices.isArray())
        return fault(QStringLiteral("it is not JSON of the form {\"prices\": [...]}"));
    PriceList list;
    for (const JsonValue value : prices) {
        PriceFileReader reader;
        list.m_entries.append(reader.entry(value));
        if (!reader.fault().isEmpty()) {
            return fault(
                QStringLiteral("entry %1 (%2): %3")
                    .arg(list.m_entries.size())
                    .arg(QString::fromUtf8(list.m_entries.last().models.join(", ")), reader.fault()));
        }
    }
    return list;
}

void PriceList::putBefore(const PriceList& others)
{
    m_entries = others.m_entries + m_entries;
}

const PriceEntry* PriceList::find(QByteArrayView model, QDate day) const
{
    const QByteArrayView name = model.startsWith("models/") ? model.sliced(7) : model;
    const QByteArrayView undated = withoutDate(name);
    for (const PriceEntry& entry : m_entries) {
        if ((entry.from.isValid() && day < entry.from) || (entry.until.isValid() && day > entry.until))
            continue;
        const bool isOfModel = std::any_of(entry.models.begin(), entry.models.end(),
            [&](const QByteArray& pattern) { return matchesPattern(pattern, name) || pattern == undated; });
        if (isOfModel)
            return &entry;
    }
    return nullptr;
}
