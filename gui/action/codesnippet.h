// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// codeSnippet: a call as a few lines of a program that makes it again, for people to paste. Keys are read
// from the environment: they are masked in what is stored. Pure.

#include <QString>

class QJsonObject;

enum class SnippetLanguage { Curl, Python, TypeScript };

/// `call`: the answer of GET /api/traces/{id}.
[[nodiscard]] QString codeSnippet(const QJsonObject& call, SnippetLanguage language);
