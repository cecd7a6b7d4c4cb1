// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/clientcall.h"
#include "unfoldered.h"
#include <QtCore/QString>
// #include "store/commented.h" is no include
