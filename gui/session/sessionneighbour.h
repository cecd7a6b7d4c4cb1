// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// sessionNeighbour: the call before or after another in its session. Main thread.

#include <QByteArray>

class RequestListModel;
struct CallFacts;

/// `direction`: 1, or -1 for the call before. Of those that the list shows; nothing: there is none, or the
/// call has no session.
[[nodiscard]] const CallFacts* sessionNeighbour(
    const RequestListModel& model, const QByteArray& id, int direction);
