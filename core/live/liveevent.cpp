// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "live/liveevent.h"

bool LiveFilter::takes(const LiveEvent& event) const
{
    if (!call.isEmpty() && !event.calls.isEmpty() && !event.calls.contains(call))
        return false;
    if (event.provider.isEmpty())
        return true; // of ids only: who filters does not know the others
    return (provider.isEmpty() || event.provider == provider) && (model.isEmpty() || event.model == model)
        && (session.isEmpty() || event.session == session);
}
