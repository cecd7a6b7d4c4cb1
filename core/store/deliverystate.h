// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// DeliveryState: where a trace stands on its way to Langfuse. The numbers are stored.

enum class DeliveryState {
    Pending = 0, // waits for delivery
    Delivered = 1, // accepted by Langfuse
    Rejected = 2, // refused for good, with a reason
    Disabled = 3, // not for delivery: no Langfuse was configured when it was captured, or for a reason
};
