// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/jsonsplice.h"

#include "wire/jsonmembers.h"

#include <optional>

namespace {

struct Insertion
{
    qsizetype position = 0;
    qsizetype replaced = 0; // bytes of the body that give way
    QByteArray bytes;
};

QByteArray applied(QByteArrayView body, const Insertion& insertion)
{
    QByteArray out;
    out.reserve(body.size() + insertion.bytes.size());
    out.append(body.first(insertion.position));
    out.append(insertion.bytes);
    out.append(body.sliced(insertion.position + insertion.replaced));
    return out;
}

/// What a scan of the top level, or of stream_options, has found; a name may be there once only.
struct Found
{
    JsonMembers::Member first;
    JsonMembers::Member last;
    std::optional<JsonMembers::Member> stream;
    std::optional<JsonMembers::Member> streamOptions;
    std::optional<JsonMembers::Member> includeUsage;
    qsizetype count = 0;
};

bool noteOnce(std::optional<JsonMembers::Member>* slot, const JsonMembers::Member& member)
{
    if (*slot)
        return false;
    *slot = member;
    return true;
}

/// Nothing when the object is not well-formed, or ambiguous to different readers.
std::optional<Found> scan(QByteArrayView object)
{
    Found found;
    JsonMembers members(object);
    while (const std::optional<JsonMembers::Member> member = members.next()) {
        if (found.count++ == 0)
            found.first = *member;
        found.last = *member;
        if (member->key.contains('\\'))
            return std::nullopt;
        if ((member->key == "stream" && !noteOnce(&found.stream, *member))
            || (member->key == "stream_options" && !noteOnce(&found.streamOptions, *member))
            || (member->key == "include_usage" && !noteOnce(&found.includeUsage, *member)))
            return std::nullopt;
    }
    if (members.state() != JsonMembers::State::Finished)
        return std::nullopt;
    return found;
}

/// Where a view into the body stands in it.
qsizetype offsetIn(QByteArrayView body, QByteArrayView part)
{
    return part.data() - body.data();
}

std::optional<Insertion> insideOptions(QByteArrayView body, QByteArrayView options)
{
    const qsizetype position = offsetIn(body, options);
    if (options == "null")
        return Insertion{position, options.size(), QByteArrayLiteral("{\"include_usage\":true}")};
    const std::optional<Found> found = scan(options);
    if (!found || found->includeUsage)
        return std::nullopt;
    return Insertion{position + 1, 0,
        found->count == 0 ? QByteArrayLiteral("\"include_usage\":true")
                          : QByteArrayLiteral("\"include_usage\":true,")};
}

} // namespace

std::optional<QByteArray> withIncludeUsage(QByteArrayView body)
{
    const std::optional<Found> found = scan(body);
    if (!found || !found->stream || found->stream->value != "true")
        return std::nullopt;
    if (found->streamOptions) {
        const std::optional<Insertion> insertion = insideOptions(body, found->streamOptions->value);
        if (!insertion)
            return std::nullopt;
        return applied(body, *insertion);
    }
    const QByteArrayView last = found->last.value;
    return applied(body,
        {offsetIn(body, last) + last.size(), 0,
            QByteArrayLiteral(",\"stream_options\":{\"include_usage\":true}")});
}
