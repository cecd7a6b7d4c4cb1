// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/contentdecoder.h"

#include "wire/contentdecoderstages.h"

#include <QList>

namespace {

constexpr qsizetype maxCodings = 4;

} // namespace

ContentDecoder::ContentDecoder(std::vector<std::unique_ptr<Stage>> stages, qint64 maxBytes)
    : m_stages(std::move(stages))
    , m_remaining(maxBytes)
{
}

ContentDecoder::~ContentDecoder() = default;

Result<std::unique_ptr<ContentDecoder>> ContentDecoder::forEncoding(
    QByteArrayView contentEncoding, qint64 maxBytes)
{
    std::vector<std::unique_ptr<Stage>> stages;
    const QList<QByteArray> codings = contentEncoding.toByteArray().toLower().split(',');
    if (codings.size() > maxCodings)
        return Error{ErrorCode::Rejected, QStringLiteral("too many content encodings"),
            QString::fromLatin1(contentEncoding.first(qMin<qsizetype>(contentEncoding.size(), 80)))};
    for (auto coding = codings.crbegin(); coding != codings.crend(); ++coding) {
        const QByteArray name = coding->trimmed();
        if (name.isEmpty() || name == "identity")
            continue;
        std::unique_ptr<Stage> stage = makeContentStage(name);
        if (!stage)
            return Error{ErrorCode::Rejected, QStringLiteral("unknown content encoding"),
                QString::fromLatin1(name.left(80))};
        stages.push_back(std::move(stage));
    }
    return std::unique_ptr<ContentDecoder>(new ContentDecoder(std::move(stages), maxBytes));
}

Result<void> ContentDecoder::decode(QByteArrayView encoded, const Sink& sink)
{
    if (m_failed)
        return m_error;
    Result<void> decoded = decodeFrom(0, encoded, sink);
    if (!decoded) {
        m_failed = true;
        m_error = decoded.error();
    }
    return decoded;
}

Result<void> ContentDecoder::decodeFrom(std::size_t stage, QByteArrayView encoded, const Sink& sink)
{
    if (stage < m_stages.size())
        return m_stages[stage]->decode(
            encoded, [&](QByteArrayView piece) { return decodeFrom(stage + 1, piece, sink); });

    const QByteArrayView allowed = encoded.first(qMin<qint64>(encoded.size(), m_remaining));
    if (!allowed.isEmpty())
        sink(allowed);
    m_remaining -= allowed.size();
    if (allowed.size() < encoded.size())
        return Error{ErrorCode::TooLarge, QStringLiteral("decoded content is too large"), {}};
    return {};
}

Result<QByteArray> ContentDecoder::decodeAll(
    const QByteArray& encoded, QByteArrayView contentEncoding, qint64 maxBytes)
{
    Result<std::unique_ptr<ContentDecoder>> decoder = forEncoding(contentEncoding, maxBytes);
    if (!decoder)
        return decoder.error();
    if ((*decoder)->m_stages.empty() && encoded.size() <= maxBytes)
        return encoded;
    QByteArray whole;
    if (Result<void> decoded
        = (*decoder)->decode(encoded, [&whole](QByteArrayView piece) { whole.append(piece); });
        !decoded)
        return decoded.error();
    return whole;
}
