// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/session/sessionneighbour.h"

#include "gui/model/requestlistmodel.h"

#include <tuple>

namespace {

std::tuple<qint64, qint64> placeInTime(const CallFacts& call)
{
    return {call.startedAtUs, call.number};
}

} // namespace

const CallFacts* sessionNeighbour(const RequestListModel& model, const QByteArray& id, int direction)
{
    const CallFacts* call = model.find(id);
    if (!call || call->session.isEmpty())
        return nullptr;
    const auto isAhead = [direction](const CallFacts& a, const CallFacts& b) {
        return direction > 0 ? placeInTime(a) > placeInTime(b) : placeInTime(a) < placeInTime(b);
    };
    const CallFacts* nearest = nullptr;
    for (int row = 0; row < model.rowCount(); ++row) {
        const CallFacts& other = model.callAt(row);
        if (other.session == call->session && isAhead(other, *call) && (!nearest || isAhead(*nearest, other)))
            nearest = &other;
    }
    return nearest;
}
