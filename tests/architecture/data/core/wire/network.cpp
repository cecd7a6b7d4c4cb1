// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/network.h"

#include <QNetworkReply>
#include <QSqlQuery>
#include <QHttpServer>
#include <QHostAddress>
#include <QHash>
