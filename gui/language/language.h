// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// installLanguage: the words of the viewer in somebody's language (resources/translations), and Qt's own.
// Main thread, before the first window.

class QLocale;

/// English where there is no translation. A second call replaces what the first one has installed. False:
/// there is none for that locale.
bool installLanguage(const QLocale& locale);
