// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// settings: the one table of settings. It feeds the loader, the command line, --help, resources/.env.example
// and the README's table (a test compares both files with what is rendered here).

#include "config/config.h"

#include <QByteArray>
#include <QList>

/// How the text of a setting is read.
enum class SettingKind {
    Text,
    Host, // localhost or an IP address
    Secret, // never shown, and no flag: a flag would stand in the process list
    Port, // 0..65535; 0 lets the system choose
    Milliseconds, // 1 .. 86400000
    Duration, // 1s .. 3650d: a number with s, m, h or d
    Seconds, // 0.001 .. 86400, with a fraction if need be
    Count, // 1 .. 10000
    Fraction, // 0 .. 1, e.g. 0.25
    Bytes, // 1 .. 2^40, with an optional suffix K, M or G (1024-based, "KiB" too)
    Url, // http or https, host required, no credentials, query or fragment
    Choice, // one of `choices`
    Hosts, // host names and addresses without ports, a comma list
    Words, // some of `choices`, a comma list
    Switch, // on, off (also true, false, 1, 0; in any case of letters)
    Environment, // of Langfuse: at most 40 of a-z, 0-9, `-` and `_`, not beginning with `langfuse`
};

/// What people look for together.
enum class SettingGroup { Proxy, Upstream, Limits, Store, Langfuse, Content };

struct Setting
{
    QByteArray key; // the environment variable; the flag is derived: PORT -> --port
    QList<QByteArray> aliases; // further variable names, in order of preference
    SettingKind kind = SettingKind::Text;
    QByteArray defaultText;
    QList<QByteArray> choices;
    QByteArray help; // one sentence
    /// Stores a text that has already passed the check of its kind.
    void (*store)(Config* config, const QByteArray& text) = nullptr;
    SettingGroup group = SettingGroup::Proxy;
};

/// All settings, in the order in which people read them.
[[nodiscard]] const QList<Setting>& settingsTable();

/// `--max-body-bytes`; empty for secrets.
[[nodiscard]] QByteArray flagName(const Setting& setting);
/// What a value may be, in words: "on or off", "a number of milliseconds from 1 to 86400000".
[[nodiscard]] QByteArray allowedValues(const Setting& setting);
/// Whether the text is allowed for that setting.
[[nodiscard]] bool isAllowed(const Setting& setting, const QByteArray& text);
