// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ProviderRequest: one request to the fake-upstream program, with what its scenarios are chosen by: path,
// model, and how many requests for that model came before. A value on the server's thread.

#include "support/fakeupstream.h"

#include <QHash>
#include <QJsonObject>

struct ProviderRequest
{
    ReceivedRequest raw;
    QByteArray path; // without the query
    QByteArray query;
    QJsonObject json; // the body, when it is a JSON object
    QByteArray model; // from the body, or from a Gemini path
    int attempt = 0; // of this path and model, from 0

    [[nodiscard]] bool isMethod(QByteArrayView method) const { return raw.method == method; }
    [[nodiscard]] bool isStream() const { return json.value(QStringLiteral("stream")).toBool(); }
    /// Scenarios that fail and then succeed: every other request fails, the first one first.
    [[nodiscard]] bool isFailingTurn() const { return attempt % 2 == 0; }
};

/// Makes the value and counts attempts.
class ProviderRequestReader final
{
public:
    [[nodiscard]] ProviderRequest read(const ReceivedRequest& request);

private:
    QHash<QByteArray, int> m_attempts;
};

/// The file in a multipart/form-data body.
struct UploadedFile
{
    QByteArray name;
    QByteArray contentType;
    QByteArray bytes;
    QHash<QByteArray, QByteArray> fields; // the other parts
};

[[nodiscard]] UploadedFile parseMultipart(const ReceivedRequest& request);
[[nodiscard]] QByteArray sha1Hex(const QByteArray& bytes);
/// As a JSON string, with its quotes.
[[nodiscard]] QByteArray jsonString(const QByteArray& text);
/// The template with every %NAME% replaced.
[[nodiscard]] QByteArray filled(QByteArray text, const QHash<QByteArray, QByteArray>& values);
/// Reads one provider event a line ("name|data", or "data" when there is no name) into SSE events.
[[nodiscard]] QList<QByteArray> sseEvents(const QByteArray& lines);
