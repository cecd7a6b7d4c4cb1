// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CliProgram: the program run to its end as a terminal tool, and small calls for it to show. Used on a test's
// thread, which waits.

#include "support/fakeupstream.h"
#include "support/proxyprocess.h"

struct CliResult
{
    int status = -1; // -1: it has not ended by itself within a minute
    QByteArray out;
    QByteArray errors;
};

/// Runs the program with these arguments in an empty directory and an environment without any setting but
/// STORE_PATH, and PATH.
[[nodiscard]] CliResult runCli(const QStringList& arguments,
    const ProxyProcess::Environment& environment = {}, const QByteArray& input = {});
/// That environment; HOME and the store are in `directory`.
[[nodiscard]] QProcessEnvironment cliEnvironment(
    const QString& directory, const ProxyProcess::Environment& environment = {});

/// The arguments with `--url`.
[[nodiscard]] QStringList atUrl(const QStringList& arguments, const QByteArray& url);
/// Settings that send the calls of every provider there.
[[nodiscard]] ProxyProcess::Environment upstreamsAt(const QByteArray& url);
/// Ids in an answer of `traces list --json`, the newest first.
[[nodiscard]] QStringList idsIn(const QByteArray& list);

/// An answer of OpenAI chat: `Grüezi`.
[[nodiscard]] UpstreamScript greeting(const ReceivedRequest& request);
/// A request for it.
[[nodiscard]] QByteArray chat(
    const QByteArray& id, const QByteArray& words = "Hallo", const QByteArray& fields = {});

[[nodiscard]] QString text(const char* words);
