// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/usageframefilter.h"

#include "wire/jsonmembers.h"
#include "wire/jsonscanner.h"

namespace {

/// The real frame has some 500 bytes; what is larger is something else.
constexpr qsizetype maxFrameBytes = 16 * 1024;

struct Verdict
{
    enum class Kind { Undecided, Pass, Drop };

    Kind kind = Kind::Undecided;
    qsizetype length = 0; // with Drop: of the event, its blank line included
};

constexpr Verdict undecided = {Verdict::Kind::Undecided, 0};
constexpr Verdict pass = {Verdict::Kind::Pass, 0};

/// `[]` as far as it has come.
bool isEmptyArray(QByteArrayView value)
{
    if (!value.startsWith('['))
        return false;
    const qsizetype next = JsonScanner::skipSpace(value, 1);
    return next == value.size() || value[next] == ']';
}

/// Whether a top-level member, perhaps unfinished, can be part of the frame.
bool canBeInFrame(QByteArrayView key, QByteArrayView value)
{
    if (key == "choices")
        return isEmptyArray(value);
    if (key == "usage")
        return value.startsWith('{');
    return key != "error";
}

qsizetype trimmedEnd(QByteArrayView text, qsizetype end)
{
    while (end > 0 && JsonScanner::skipSpace(text, end - 1) >= end)
        --end;
    return end;
}

/// Whether `"choices":[]` stands anywhere in a whole line. Ordinary frames have a bracket or two, so this
/// tells them apart many times faster than reading their members does.
bool hasEmptyChoices(QByteArrayView line)
{
    constexpr QByteArrayView key = "\"choices\"";
    for (qsizetype at = line.indexOf('['); at >= 0; at = line.indexOf('[', at + 1)) {
        const qsizetype next = JsonScanner::skipSpace(line, at + 1);
        if (next == line.size() || line[next] != ']')
            continue;
        const qsizetype colon = trimmedEnd(line, at);
        if (colon > 0 && line[colon - 1] == ':' && line.first(trimmedEnd(line, colon - 1)).endsWith(key))
            return true;
    }
    return false;
}

Verdict judgeData(QByteArrayView payload, bool isWhole)
{
    if (isWhole && !hasEmptyChoices(payload))
        return pass;
    bool hasChoices = false;
    bool hasUsage = false;
    JsonMembers members(payload);
    while (const auto member = members.next()) {
        if (!canBeInFrame(member->key, member->value))
            return pass;
        hasChoices |= member->key == "choices";
        hasUsage |= member->key == "usage";
    }
    switch (members.state()) {
    case JsonMembers::State::Finished:
        return hasChoices && hasUsage ? undecided : pass;
    case JsonMembers::State::Incomplete:
        if (isWhole
            || (!members.partialValue().isEmpty()
                && !canBeInFrame(members.partialKey(), members.partialValue())))
            return pass;
        return undecided;
    default:
        return pass;
    }
}

/// `event` begins an event and holds as much of it as has come, maybe more.
Verdict judge(QByteArrayView event)
{
    constexpr QByteArrayView prefix = "data:";
    if (!event.startsWith(prefix))
        return prefix.startsWith(event) ? undecided : pass;
    const qsizetype lineFeed = event.indexOf('\n');
    const bool isWhole = lineFeed >= 0;
    const QByteArrayView line = isWhole ? event.first(lineFeed) : event;
    const Verdict verdict = judgeData(line.sliced(prefix.size()), isWhole);
    if (!isWhole || verdict.kind == Verdict::Kind::Pass)
        return verdict;

    const QByteArrayView rest = event.sliced(lineFeed + 1);
    if (rest.startsWith('\n'))
        return {Verdict::Kind::Drop, lineFeed + 2};
    if (rest.startsWith("\r\n"))
        return {Verdict::Kind::Drop, lineFeed + 3};
    return rest.isEmpty() || rest == "\r" ? undecided : pass;
}

} // namespace

QList<QByteArray> UsageFrameFilter::filter(const QByteArray& chunk)
{
    QList<QByteArray> out;
    const QByteArray text = m_held.isEmpty() ? chunk : m_held + chunk;
    m_held = QByteArray();
    qsizetype released = 0; // text before has been sent or dropped
    qsizetype position = 0;
    const auto releaseTo = [&](qsizetype end) {
        if (end > released)
            out.append(released == 0 && end == text.size() ? text : text.mid(released, end - released));
    };
    while (position < text.size()) {
        if (m_state != State::Boundary) {
            position = passLine(text, position);
            continue;
        }
        const char c = text[position];
        if (c == '\n' || c == '\r') {
            ++position;
            continue;
        }
        const QByteArrayView event = QByteArrayView(text).sliced(position);
        const Verdict verdict = judge(event);
        if (verdict.kind == Verdict::Kind::Drop) {
            releaseTo(position);
            position += verdict.length;
            released = position;
        } else if (verdict.kind == Verdict::Kind::Undecided && event.size() <= maxFrameBytes) {
            releaseTo(position);
            m_held = text.mid(position);
            return out;
        } else {
            m_state = c == ':' ? State::Comment : State::Event;
            m_lineHasContent = false;
        }
    }
    releaseTo(text.size());
    return out;
}

QByteArray UsageFrameFilter::flush()
{
    return std::exchange(m_held, QByteArray());
}

/// Goes behind the current line, or as far as it has come, and notes when a comment or an event ends there.
qsizetype UsageFrameFilter::passLine(QByteArrayView text, qsizetype position)
{
    const qsizetype lineFeed = text.indexOf('\n', position);
    const qsizetype end = lineFeed < 0 ? text.size() : lineFeed;
    const QByteArrayView piece = text.sliced(position, end - position);
    if (!piece.isEmpty() && piece != "\r")
        m_lineHasContent = true;
    if (lineFeed < 0)
        return end;
    if (m_state == State::Comment || !m_lineHasContent)
        m_state = State::Boundary;
    m_lineHasContent = false;
    return lineFeed + 1;
}
