// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/filter/cellterms.h"

#include "gui/model/callfilter.h"
#include "gui/model/requestcolumns.h"

namespace {

using Columns = RequestColumns;

QString stateWord(CallFacts::State state)
{
    using State = CallFacts::State;
    switch (state) {
    case State::Pending:
    case State::Streaming:
        return QStringLiteral("live");
    case State::Done:
        return QStringLiteral("done");
    case State::Cancelled:
        return QStringLiteral("cancelled");
    case State::ProxyError:
        return QStringLiteral("refused");
    case State::CutOff:
        return QStringLiteral("cut");
    case State::UpstreamError:
        break;
    }
    return QStringLiteral("error");
}

QString deliveryWord(CallFacts::Delivery delivery)
{
    using Delivery = CallFacts::Delivery;
    switch (delivery) {
    case Delivery::Accepted:
        return QStringLiteral("accepted");
    case Delivery::Queued:
        return QStringLiteral("queued");
    case Delivery::Retrying:
        return QStringLiteral("retrying");
    case Delivery::Failed:
        return QStringLiteral("failed");
    default:
        return QStringLiteral("off");
    }
}

/// The cell's field and its value; an empty value: no term.
std::pair<QString, QString> fieldOf(const CallFacts& call, int column)
{
    switch (column) {
    case Columns::State:
        return {QStringLiteral("state"), stateWord(call.state)};
    case Columns::Provider:
        return {QStringLiteral("provider"), call.provider};
    case Columns::Model:
        return {QStringLiteral("model"), call.model};
    case Columns::Request:
        return {QStringLiteral("error"), call.isError() ? call.error : QString()};
    case Columns::Session:
        return {QStringLiteral("session"), call.session};
    case Columns::Delivery:
        return {QStringLiteral("delivery"), deliveryWord(call.delivery)};
    case Columns::Target:
        return {QStringLiteral("path"), call.path};
    case Columns::Status:
        return {QStringLiteral("status"), call.status ? QString::number(*call.status) : QString()};
    case Columns::FinishReason:
        return {QStringLiteral("stop"), call.finishReason};
    case Columns::Tools:
        return {QStringLiteral("tool"), call.tools.value(0)};
    case Columns::User:
        return {QStringLiteral("user"), call.user};
    case Columns::Tags:
        return {QStringLiteral("tag"), call.tags.value(0)};
    case Columns::Id:
        return {QStringLiteral("id"), QString::fromLatin1(call.id)};
    case Columns::Note:
        return {QStringLiteral("note"), call.note};
    default:
        return {};
    }
}

} // namespace

std::optional<FilterChip> cellChip(const CallFacts& call, int column)
{
    const auto [field, value] = fieldOf(call, column);
    if (value.isEmpty())
        return std::nullopt;
    return FilterChip{FilterChip::Kind::Cell, field, CallFilter::term(field, value), {}, false};
}
