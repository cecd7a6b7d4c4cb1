// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/terminaltext.h"

#include <QString>

#ifdef Q_OS_UNIX
#include <sys/ioctl.h>
#include <unistd.h>
#else
#include <io.h>
#endif

namespace {

/// Characters that East Asian fonts, and terminals, draw two columns wide (Unicode TR11, W and F; emoji).
bool isWide(char32_t c)
{
    return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) || (c >= 0xac00 && c <= 0xd7a3)
        || (c >= 0xf900 && c <= 0xfaff) || (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60)
        || (c >= 0xffe0 && c <= 0xffe6) || (c >= 0x1f300 && c <= 0x1faff) || (c >= 0x20000 && c <= 0x3fffd);
}

int widthOf(char32_t c)
{
    const bool isCombining = QChar::category(c) == QChar::Mark_NonSpacing
        || QChar::category(c) == QChar::Mark_Enclosing || QChar::category(c) == QChar::Other_Format;
    return isCombining ? 0 : isWide(c) ? 2 : 1;
}

/// Of the terminal that the descriptor is; both 0: it is none.
TerminalSize sizeAt(int descriptor)
{
    constexpr TerminalSize usual{80, 24};
#ifdef Q_OS_UNIX
    winsize size = {};
    if (!::isatty(descriptor))
        return {};
    const bool isKnown = ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0;
    return isKnown ? TerminalSize{size.ws_col, size.ws_row} : usual;
#else
    return ::_isatty(descriptor) ? usual : TerminalSize{};
#endif
}

QByteArray safe(const QByteArray& text, bool keepsLines)
{
    QString out = QString::fromUtf8(text);
    for (QChar& c : out) {
        const bool isLineEnd = c == u'\n';
        if (isLineEnd && keepsLines)
            continue;
        if (c == u'\n' || c == u'\t' || c == u'\r')
            c = u' ';
        else if (isObeyed(c))
            c = QChar::ReplacementCharacter;
    }
    return out.toUtf8();
}

} // namespace

QByteArray terminalSafe(const QByteArray& text)
{
    return safe(text, false);
}

QByteArray terminalSafeLines(const QByteArray& text)
{
    QByteArray lines = text;
    return safe(lines.replace("\r\n", "\n"), true);
}

int columnsOf(const QByteArray& text)
{
    int columns = 0;
    bool isColour = false; // inside of ESC [ ... m, the only sequence that is ever written within a line
    for (const char32_t c : QString::fromUtf8(text).toUcs4()) {
        isColour = isColour || c == U'\x1b';
        columns += isColour ? 0 : widthOf(c);
        isColour = isColour && c != U'm';
    }
    return columns;
}

QByteArray fitted(const QByteArray& text, int columns, bool isRight)
{
    const int width = columnsOf(text);
    if (width <= columns) {
        const QByteArray space(columns - width, ' ');
        return isRight ? space + text : text + space;
    }
    QByteArray cut;
    int used = 0;
    for (const char32_t c : QString::fromUtf8(text).toUcs4()) {
        if (used + widthOf(c) > columns - 1)
            break;
        used += widthOf(c);
        cut += QString::fromUcs4(&c, 1).toUtf8();
    }
    return cut + "\xe2\x80\xa6" + QByteArray(columns - 1 - used, ' ');
}

TerminalSize terminalSize()
{
    return sizeAt(1);
}

int terminalColumns()
{
    return sizeAt(1).columns;
}

int errorTerminalColumns()
{
    return sizeAt(2).columns;
}

bool hasTerminalColours()
{
    return terminalColumns() > 0 && qEnvironmentVariableIsEmpty("NO_COLOR") && qgetenv("TERM") != "dumb";
}
