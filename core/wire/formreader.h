// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// FormReader: reads the multipart/form-data body (RFC 7578) of an upload while it passes: fields are kept as
// text, files by their name, type and size, never their bytes. Sans-io and bounded; one a request, owned by
// the record builder; telemetry thread.
//
//     FormReader form("boundary from the content type", 1 << 20);
//     form.feed(...); form.finish();
//     form.json(); // {"model":"whisper-1","file":{"filename":"a.mp3","type":"audio/mpeg","bytes":5120}}

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

class FormReader final
{
public:
    struct Field
    {
        QByteArray name; // UTF-8
        QByteArray fileName; // UTF-8; of a file
        QByteArray mediaType; // lower case, without parameters; of a file
        QByteArray text; // of a field that is no file, as it came
        qint64 bytes = 0; // of its content
        bool isFile = false;
        bool isCut = false; // its end was not seen

        bool operator==(const Field&) const = default;
    };

    /// The boundary that a Content-Type value names; empty when it is not multipart/form-data, or names none
    /// or one longer than RFC 2046 5.1.1 allows (70 characters).
    [[nodiscard]] static QByteArray boundaryOf(QByteArrayView contentType);

    /// Keeps at most maxTextBytes of the texts of all fields together, and 256 fields; the rest is counted in
    /// omittedBytes() or passed over.
    FormReader(const QByteArray& boundary, qsizetype maxTextBytes);

    /// The next bytes of the body, in any chunking.
    void feed(QByteArrayView bytes);
    /// Bytes of the body are missing here: the field that is being read is marked as cut.
    void noteGap();
    /// No more bytes will come; a field without its end is marked as cut.
    void finish();

    [[nodiscard]] const QList<Field>& fields() const { return m_fields; }
    /// Text that was not kept.
    [[nodiscard]] qint64 omittedBytes() const { return m_omittedBytes; }

    /// The form as one JSON object: a string for each field, an object for each file, an array where a name
    /// comes more than once or ends in `[]` (which is left out). Empty without a field.
    [[nodiscard]] QByteArray json() const;

private:
    enum class State { Content, DelimiterLine, Head, Finished };

    [[nodiscard]] bool step();
    [[nodiscard]] bool passContent();
    [[nodiscard]] bool passDelimiterLine();
    [[nodiscard]] bool passHead();
    void takeContent(QByteArrayView bytes);
    void closeField(bool isCut);

    QByteArray m_delimiter; // CRLF, two dashes, the boundary
    QByteArray m_pending; // bytes that were not understood yet: less than a delimiter, or a head
    QList<Field> m_fields;
    qsizetype m_remainingBytes;
    qint64 m_omittedBytes = 0;
    State m_state = State::Content; // at first of the preamble, which belongs to no field
    bool m_isInField = false;
};
