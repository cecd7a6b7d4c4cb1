// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/progress.h"

#include "cli/terminaltext.h"

#include <algorithm>
#include <cstdio>

namespace {

constexpr qint64 quietMs = 1000;
constexpr qint64 barEveryMs = 100;
constexpr qint64 lineEveryMs = 10'000;

QByteArray stepsText(qint64 done, const char* of, qint64 total)
{
    return QByteArray::number(done) + (total > 0 ? of + QByteArray::number(total) : QByteArray());
}

} // namespace

Progress::Progress(QByteArray what, qint64 total)
    : m_what(std::move(what))
    , m_total(total)
    , m_columns(errorTerminalColumns())
{
    m_begun.start();
}

Progress::~Progress()
{
    if (m_isShown && m_columns > 0)
        std::fputs("\r\x1b[K", stderr);
}

void Progress::advance(qint64 steps)
{
    m_done += steps;
    const qint64 now = m_begun.elapsed();
    if (now < quietMs || (m_isShown && now - m_shownAtMs < (m_columns > 0 ? barEveryMs : lineEveryMs)))
        return;
    m_isShown = true;
    m_shownAtMs = now;
    show();
}

void Progress::show()
{
    if (m_columns > 0)
        std::fprintf(stderr, "\r%s\x1b[K", bar(m_what, m_done, m_total, m_columns).constData());
    else
        std::fprintf(stderr, "%s: %s\n", m_what.constData(), stepsText(m_done, " of ", m_total).constData());
    std::fflush(stderr);
}

QByteArray Progress::bar(const QByteArray& what, qint64 done, qint64 total, int columns)
{
    const QByteArray numbers = stepsText(done, " / ", total);
    const qsizetype room = columns - what.size() - numbers.size() - 5;
    if (room < 5 || total <= 0)
        return what + ' ' + numbers;
    const qsizetype width = std::min<qsizetype>(room, 40);
    const qsizetype filled = total > 0 ? qsizetype(std::min(done, total) * width / total) : 0;
    return what + " [" + QByteArray(filled, '=') + QByteArray(width - filled, ' ') + "] " + numbers;
}
