// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/model/filterfields.h"

#include <cmath>

namespace {

using Kind = FilterField::Kind;

template <typename Value>
std::optional<double> asDouble(const std::optional<Value>& value)
{
    return value ? std::optional<double>(double(*value)) : std::nullopt;
}

FilterField textField(const char* name, const QString& title, std::function<QString(const CallFacts&)> text)
{
    return {QLatin1String(name), Kind::Text, title, {}, std::move(text), {}, {}};
}

FilterField numberField(const char* name, Kind kind, const QString& title,
    std::function<std::optional<double>(const CallFacts&)> number)
{
    return {QLatin1String(name), kind, title, {}, {}, std::move(number), {}};
}

FilterField wordField(const char* name, const QString& title, const QStringList& words,
    std::function<bool(const CallFacts&, const QString&)> isWord)
{
    return {QLatin1String(name), Kind::Word, title, words, {}, {}, std::move(isWord)};
}

template <auto member>
FilterField memberText(const char* name, const QString& title)
{
    return textField(name, title, [](const CallFacts& call) { return call.*member; });
}

template <auto member>
FilterField memberNumber(const char* name, Kind kind, const QString& title)
{
    return numberField(name, kind, title, [](const CallFacts& call) { return asDouble(call.*member); });
}

const QStringList yesNo{QStringLiteral("yes"), QStringLiteral("no")};

FilterField yesNoField(const char* name, const QString& title, bool (*is)(const CallFacts&))
{
    return wordField(name, title, yesNo, [is](const CallFacts& call, const QString& word) {
        return is(call) == (word == QLatin1String("yes"));
    });
}

bool isInState(const CallFacts& call, const QString& word)
{
    using State = CallFacts::State;
    switch (call.state) {
    case State::Pending:
        return word == QLatin1String("pending") || word == QLatin1String("live");
    case State::Streaming:
        return word == QLatin1String("streaming") || word == QLatin1String("live");
    case State::Done:
        return word == QLatin1String("done");
    case State::Cancelled:
        return word == QLatin1String("cancelled");
    case State::UpstreamError:
        return word == QLatin1String("error");
    case State::ProxyError:
        return word == QLatin1String("refused") || word == QLatin1String("error");
    case State::CutOff:
        return word == QLatin1String("cut") || word == QLatin1String("error");
    }
    return false;
}

bool hasDelivery(const CallFacts& call, const QString& word)
{
    using Delivery = CallFacts::Delivery;
    switch (call.delivery) {
    case Delivery::Off:
    case Delivery::SampledOut:
        return word == QLatin1String("off");
    case Delivery::Queued:
        return word == QLatin1String("queued") || word == QLatin1String("open");
    case Delivery::Retrying:
        return word == QLatin1String("retrying") || word == QLatin1String("open");
    case Delivery::Accepted:
        return word == QLatin1String("accepted");
    case Delivery::Failed:
        return word == QLatin1String("failed") || word == QLatin1String("open");
    }
    return false;
}

std::optional<double> scaled(QStringView text, std::initializer_list<std::pair<const char*, double>> units)
{
    double scale = 1;
    for (const auto& [unit, factor] : units) {
        if (text.endsWith(QLatin1String(unit), Qt::CaseInsensitive)) {
            text.chop(qsizetype(qstrlen(unit)));
            scale = factor;
            break;
        }
    }
    bool isNumber = false;
    const double value = text.toDouble(&isNumber);
    return isNumber && std::isfinite(value) ? std::optional<double>(value * scale) : std::nullopt;
}

} // namespace

const QList<FilterField>& FilterFields::all()
{
    static const QList<FilterField> fields{
        memberText<&CallFacts::provider>("provider", tr("provider")),
        textField("model", tr("model"),
            [](const CallFacts& call) {
                return call.requestModel == call.model ? call.model : call.model + u'\n' + call.requestModel;
            }),
        memberNumber<&CallFacts::status>("status", Kind::Status, tr("status")),
        wordField("state", tr("state"),
            {QStringLiteral("live"), QStringLiteral("pending"), QStringLiteral("streaming"),
                QStringLiteral("done"), QStringLiteral("cancelled"), QStringLiteral("error"),
                QStringLiteral("refused"), QStringLiteral("cut")},
            isInState),
        memberText<&CallFacts::finishReason>("stop", tr("stop reason")),
        memberNumber<&CallFacts::firstTokenUs>("ttft", Kind::Duration, tr("time to first token")),
        memberNumber<&CallFacts::durationUs>("dur", Kind::Duration, tr("duration")),
        numberField("tps", Kind::Count, tr("tokens per second"),
            [](const CallFacts& call) { return call.tokensPerSecond(); }),
        memberNumber<&CallFacts::inputTokens>("in", Kind::Count, tr("input tokens")),
        memberNumber<&CallFacts::outputTokens>("out", Kind::Count, tr("output tokens")),
        numberField("cached", Kind::Percent, tr("cached share"),
            [](const CallFacts& call) { return call.cachedPercent(); }),
        memberNumber<&CallFacts::reasoningTokens>("reasoning", Kind::Count, tr("reasoning tokens")),
        numberField("tokens", Kind::Count, tr("all tokens"),
            [](const CallFacts& call) -> std::optional<double> {
                if (!call.inputTokens && !call.outputTokens)
                    return std::nullopt;
                return double(call.inputTokens.value_or(0) + call.outputTokens.value_or(0));
            }),
        memberNumber<&CallFacts::costUsd>("cost", Kind::Money, tr("cost")),
        memberText<&CallFacts::session>("session", tr("session")),
        memberText<&CallFacts::agent>("agent", tr("agent")),
        memberText<&CallFacts::user>("user", tr("user")),
        textField("tag", tr("tag"), [](const CallFacts& call) { return call.tags.join(u'\n'); }),
        textField("tool", tr("tool"), [](const CallFacts& call) { return call.tools.join(u'\n'); }),
        yesNoField("image", tr("image"),
            [](const CallFacts& call) { return call.tags.contains(QLatin1String("vision")); }),
        yesNoField("stream", tr("stream"), [](const CallFacts& call) { return call.isStream; }),
        textField("error", tr("error"),
            [](const CallFacts& call) {
                return call.error.isEmpty() && !call.isError() ? QString()
                                                               : call.error + u' ' + call.errorText;
            }),
        wordField("delivery", tr("delivery"),
            {QStringLiteral("accepted"), QStringLiteral("queued"), QStringLiteral("retrying"),
                QStringLiteral("failed"), QStringLiteral("off"), QStringLiteral("open")},
            hasDelivery),
        yesNoField("marked", tr("marked"), [](const CallFacts& call) { return call.mark > 0; }),
        memberText<&CallFacts::note>("note", tr("note")),
        textField("path", tr("path"), [](const CallFacts& call) { return call.method + u' ' + call.path; }),
        textField("id", tr("id"), [](const CallFacts& call) { return QString::fromLatin1(call.id); }),
        {QLatin1String("since"), Kind::Moment, tr("started after"), {}, {}, {}, {}},
        {QLatin1String("until"), Kind::Moment, tr("started before"), {}, {}, {}, {}},
        {QLatin1String("body"), Kind::Search, tr("text of the call"), {}, {}, {}, {}},
    };
    return fields;
}

const FilterField* FilterFields::find(QStringView name)
{
    if (name.endsWith(u'%')) // cached%
        name.chop(1);
    for (const FilterField& field : all()) {
        if (name.compare(field.name, Qt::CaseInsensitive) == 0)
            return &field;
    }
    return nullptr;
}

std::optional<double> FilterFields::readNumber(Kind kind, QStringView text)
{
    switch (kind) {
    case Kind::Duration: {
        const auto seconds = scaled(text, {{"ms", 1e-3}, {"us", 1e-6}, {"s", 1}, {"m", 60}, {"h", 3600}});
        return seconds ? std::optional<double>(*seconds * 1e6) : std::nullopt;
    }
    case Kind::Money:
        return scaled(text.startsWith(u'$') ? text.sliced(1) : text, {});
    case Kind::Percent:
        return scaled(text, {{"%", 1}});
    case Kind::Count:
    case Kind::Status:
        return scaled(text, {{"k", 1e3}, {"m", 1e6}});
    default:
        return std::nullopt;
    }
}

QString FilterFields::example(Kind kind)
{
    switch (kind) {
    case Kind::Duration:
        return tr("a time such as 2s, 300ms or >1.5s");
    case Kind::Money:
        return tr("an amount such as $0.10 or >0.5");
    case Kind::Percent:
        return tr("a share such as 80% or <50");
    case Kind::Status:
        return tr("a status such as 429, 4xx or >=400");
    case Kind::Moment:
        return tr("a time such as 10:42, 2026-11-24 or 15m");
    case Kind::Count:
        return tr("a number such as 500, 50k or >1.5M");
    default:
        return tr("a text");
    }
}
