// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// JsonWriter: writes compact JSON text, byte for byte what it is given: raw JSON is embedded as it came, no
// number is ever re-encoded. Pure; a value on the telemetry thread, used while a span is mapped.

#include <QByteArray>
#include <QByteArrayView>

/// The same bytes when they are valid UTF-8, else with U+FFFD for what is not.
[[nodiscard]] QByteArray toValidUtf8(const QByteArray& text);

/// Whether this is exactly one complete JSON value (RFC 8259), white space around it allowed.
[[nodiscard]] bool isCompleteJson(const QByteArray& json);

class JsonWriter final
{
public:
    void beginObject() { open('{'); }
    void endObject() { close('}'); }
    void beginArray() { open('['); }
    void endArray() { close(']'); }
    /// The name of the next value.
    void key(QByteArrayView name);
    /// A JSON string with this text; what is not UTF-8 becomes U+FFFD.
    void string(const QByteArray& text);
    /// Complete JSON text of any kind, embedded as it is.
    void raw(QByteArrayView json);
    /// raw() when it is complete JSON (a cut stream leaves halves), else string().
    void rawOrString(const QByteArray& json);

    [[nodiscard]] const QByteArray& json() const { return m_out; }

private:
    void open(char bracket);
    void close(char bracket);
    void separate();
    void appendQuoted(QByteArrayView text);

    QByteArray m_out;
    bool m_needsComma = false;
};
