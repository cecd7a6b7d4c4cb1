// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/recordcodec.h"

#include "trace/recordfields.h"

#include <QCborStreamReader>
#include <QCborStreamWriter>

#include <type_traits>

namespace RecordCodec {

namespace {

constexpr int formatVersion = 2; // 1 had no key 48
constexpr int maximumSkippedDepth = 64;

/// Writes each field that differs from its default: key, value.
class Writer final
{
public:
    static constexpr bool isWriting = true;

    explicit Writer(QCborStreamWriter* cbor)
        : m_cbor(cbor)
    {
    }

    template <typename T>
    void operator()(int key, const T& value, const T& fallback = T())
    {
        if (value == fallback)
            return;
        m_cbor->append(key);
        write(value);
    }

private:
    void write(const QByteArray& value) { m_cbor->append(value); }
    void write(bool value) { m_cbor->append(value); }
    void write(std::integral auto value) { m_cbor->append(qint64(value)); }
    template <typename T>
    requires std::is_enum_v<T>
    void write(T value) { m_cbor->append(qint64(value)); }
    template <typename T>
    void write(const std::optional<T>& value)
    {
        write(*value);
    }
    template <typename T>
    void write(const QList<T>& values)
    {
        m_cbor->startArray(quint64(values.size()));
        for (const T& value : values)
            write(value);
        m_cbor->endArray();
    }
    void write(const HeaderList& headers)
    {
        m_cbor->startArray(quint64(headers.size()) * 2);
        for (const Header& header : headers) {
            write(header.name);
            write(header.value);
        }
        m_cbor->endArray();
    }
    template <RecordFields::Described T>
    void write(const T& value)
    {
        m_cbor->startMap();
        RecordFields::describe(*this, value);
        m_cbor->endMap();
    }

    QCborStreamWriter* m_cbor;
};

/// Reads one value into the field whose key is the current one.
class Reader final
{
public:
    static constexpr bool isWriting = false;

    explicit Reader(QCborStreamReader* cbor)
        : m_cbor(cbor)
    {
    }

    [[nodiscard]] bool failed() const { return m_failed; }

    template <typename T>
    void operator()(int key, T& value, const T& = T())
    {
        if (key != m_key || m_isTaken)
            return;
        m_isTaken = true;
        read(value);
    }

    template <typename T>
    void readMap(T& value)
    {
        if (!enter(m_cbor->isMap()))
            return;
        while (!m_failed && m_cbor->hasNext()) {
            if (!m_cbor->isInteger())
                return fail();
            m_key = int(m_cbor->toInteger());
            m_isTaken = false;
            if (!m_cbor->next())
                return fail();
            RecordFields::describe(*this, value);
            if (!m_isTaken && !m_cbor->next(maximumSkippedDepth))
                return fail();
        }
        leave();
    }

private:
    void fail() { m_failed = true; }
    bool enter(bool isContainer)
    {
        if (m_failed || !isContainer || !m_cbor->enterContainer())
            fail();
        return !m_failed;
    }
    void leave()
    {
        if (!m_failed && (m_cbor->lastError() != QCborError::NoError || !m_cbor->leaveContainer()))
            fail();
    }

    void read(QByteArray& value)
    {
        if (!m_cbor->isByteArray())
            return fail();
        auto piece = m_cbor->readByteArray();
        while (piece.status == QCborStreamReader::Ok) {
            value = value.isEmpty() ? piece.data : value + piece.data;
            piece = m_cbor->readByteArray();
        }
        if (piece.status == QCborStreamReader::Error)
            fail();
    }
    void read(bool& value)
    {
        if (!m_cbor->isBool())
            return fail();
        value = m_cbor->toBool();
        m_cbor->next();
    }
    template <typename T>
    requires std::integral<T> || std::is_enum_v<T>
    void read(T& value)
    {
        if (!m_cbor->isInteger())
            return fail();
        value = T(m_cbor->toInteger());
        m_cbor->next();
    }
    template <typename T>
    void read(std::optional<T>& value)
    {
        read(value.emplace());
    }
    template <typename T>
    void read(QList<T>& values)
    {
        if (!enter(m_cbor->isArray()))
            return;
        while (!m_failed && m_cbor->hasNext())
            read(values.emplaceBack());
        leave();
    }
    void read(HeaderList& headers)
    {
        if (!enter(m_cbor->isArray()))
            return;
        while (!m_failed && m_cbor->hasNext()) {
            QByteArray name;
            QByteArray value;
            read(name);
            if (!m_failed)
                read(value);
            headers.append(name, value);
        }
        leave();
    }
    template <RecordFields::Described T>
    void read(T& value)
    {
        // The keys of the inner map must not leak into the outer one.
        readMap(value);
        m_isTaken = true;
    }

    QCborStreamReader* m_cbor;
    int m_key = -1;
    bool m_isTaken = true;
    bool m_failed = false;
};

/// The record behind its format number: an array of the two, so that a later format is told from damage.
Error notARecord(const QString& why)
{
    return {ErrorCode::StoreFailed, QStringLiteral("cannot read a stored trace: %1").arg(why), {}};
}

} // namespace

QByteArray encode(const TraceRecord& record)
{
    RecordFields::StoredRecord stored{record, BodyExcerpt::partsOf(record.verbatimInput, record.requestBody)};
    if (!stored.verbatimInput.isEmpty())
        stored.record.verbatimInput.clear();
    QByteArray bytes;
    // The large fields twice: the conversations repeat what the bodies say. Growing would copy all of it.
    bytes.reserve(2 * (record.requestBody.size() + record.responseBody.size())
        + stored.record.verbatimInput.size() + record.requestText.size() + record.responseText.size() + 4096);
    QCborStreamWriter cbor(&bytes);
    cbor.startArray(2);
    cbor.append(formatVersion);
    Writer writer(&cbor);
    cbor.startMap();
    RecordFields::describe(writer, std::as_const(stored));
    cbor.endMap();
    cbor.endArray();
    return bytes;
}

Result<TraceRecord> decode(const QByteArray& bytes)
{
    QCborStreamReader cbor(bytes);
    if (!cbor.isArray() || !cbor.enterContainer() || !cbor.isInteger())
        return notARecord(QStringLiteral("not a record"));
    if (cbor.toInteger() > formatVersion)
        return notARecord(QStringLiteral("written by a newer version"));
    if (!cbor.next())
        return notARecord(QStringLiteral("cut off"));
    RecordFields::StoredRecord stored;
    Reader reader(&cbor);
    reader.readMap(stored);
    if (reader.failed() || !cbor.leaveContainer())
        return notARecord(QStringLiteral("damaged or cut off"));
    if (!stored.verbatimInput.isEmpty()) {
        const auto verbatim = BodyExcerpt::join(stored.verbatimInput, stored.record.requestBody);
        if (!verbatim)
            return notARecord(QStringLiteral("damaged"));
        stored.record.verbatimInput = *verbatim;
    }
    return stored.record;
}

} // namespace RecordCodec
