// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// openCallId: the call that `tail --follow` is about: one that runs now. Main thread; runs an event loop of
// its own for a second at most.

#include "base/result.h"

#include <QByteArray>

class ApiClient;

/// The id of the open call whose id begins so. Rejected when there is none, with what to do when the call has
/// ended; ConnectionFailed when no proxy answers.
[[nodiscard]] Result<QByteArray> openCallId(ApiClient* api, const QByteArray& front);
