// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/detail/diffhtml.h"

#include "app/calldiff.h"
#include "gui/model/callfacts.h"
#include "gui/model/calltext.h"
#include "gui/style/theme.h"

#include <algorithm>
#include <vector>

namespace {

constexpr qsizetype mostComparedLines = 1500; // of each side; the table has its square
constexpr qsizetype shownContext = 2; // lines around a change
constexpr qsizetype longestShownLine = 600; // of a picture in base64 nobody reads more
constexpr double cachedEnough = 50; // percent of a prompt that mostly repeats

struct LineChange
{
    char sign = ' '; // ' ', '-', '+'
    QString text;
};

/// The longest common subsequence of lines, after what both begin and end with.
QList<LineChange> lineChanges(const QStringList& before, const QStringList& after)
{
    QList<LineChange> changes;
    qsizetype front = 0;
    const qsizetype common = std::min(before.size(), after.size());
    while (front < common && before.at(front) == after.at(front))
        changes.append({' ', before.at(front++)});
    qsizetype back = 0;
    while (back < common - front && before.at(before.size() - 1 - back) == after.at(after.size() - 1 - back))
        ++back;
    const qsizetype n = before.size() - front - back;
    const qsizetype m = after.size() - front - back;
    if (n > mostComparedLines || m > mostComparedLines) {
        for (qsizetype i = 0; i < n; ++i)
            changes.append({'-', before.at(front + i)});
        for (qsizetype k = 0; k < m; ++k)
            changes.append({'+', after.at(front + k)});
    } else {
        std::vector<int> table(std::size_t((n + 1) * (m + 1)), 0);
        const auto at = [&](qsizetype i, qsizetype k) -> int& { return table[std::size_t(i * (m + 1) + k)]; };
        for (qsizetype i = n - 1; i >= 0; --i) {
            for (qsizetype k = m - 1; k >= 0; --k)
                at(i, k) = before.at(front + i) == after.at(front + k) ? at(i + 1, k + 1) + 1
                                                                       : std::max(at(i + 1, k), at(i, k + 1));
        }
        qsizetype i = 0;
        qsizetype k = 0;
        while (i < n || k < m) {
            if (i < n && k < m && before.at(front + i) == after.at(front + k)) {
                changes.append({' ', before.at(front + i)});
                ++i;
                ++k;
            } else if (i < n && (k == m || at(i + 1, k) >= at(i, k + 1))) {
                changes.append({'-', before.at(front + i++)});
            } else {
                changes.append({'+', after.at(front + k++)});
            }
        }
    }
    for (qsizetype i = before.size() - back; i < before.size(); ++i)
        changes.append({' ', before.at(i)});
    return changes;
}

QString shownLine(const QString& line)
{
    return line.size() <= longestShownLine ? line : line.left(longestShownLine) + u'…';
}

/// "+12", "−3", "0".
QString difference(std::optional<qint64> before, std::optional<qint64> after)
{
    if (!before || !after)
        return CallText::nothing();
    const QString sign = *after > *before ? QStringLiteral("+")
        : *after < *before                ? QStringLiteral("−")
                                          : QString();
    return sign + CallText::count(std::abs(*after - *before));
}

QString sectionTitle(const QString& text)
{
    return QStringLiteral("<h4 style=\"margin:10px 0 4px 0\">%1</h4>").arg(text.toHtmlEscaped());
}

} // namespace

QString DiffHtml::nameOf(const QByteArray& item)
{
    const qsizetype space = item.indexOf(' ');
    const QByteArray kind = item.left(space);
    const QString rest = QString::fromUtf8(item.mid(space + 1));
    if (kind == "message")
        return tr("message %1").arg(rest);
    if (kind == "parameter")
        return tr("parameter %1").arg(rest);
    if (kind == "tool")
        return tr("tool %1").arg(rest);
    return kind == "order" ? tr("order of the tools") : QString::fromUtf8(item);
}

QString DiffHtml::lines(const QString& before, const QString& after, const QPalette& palette)
{
    const QList<LineChange> changes = lineChanges(before.isEmpty() ? QStringList() : before.split(u'\n'),
        after.isEmpty() ? QStringList() : after.split(u'\n'));
    const QColor gone = theme::accent(theme::Accent::Error, palette);
    const QColor come = theme::accent(theme::Accent::Ok, palette);
    const QColor quiet = theme::secondaryText(palette);
    QString html = QStringLiteral("<pre style=\"white-space:pre-wrap\">");
    qsizetype lastShown = -1;
    for (qsizetype i = 0; i < changes.size(); ++i) {
        const qsizetype from = std::max<qsizetype>(0, i - shownContext);
        const qsizetype until = std::min(changes.size(), i + shownContext + 1);
        const bool isNear = std::any_of(changes.begin() + from, changes.begin() + until,
            [](const LineChange& change) { return change.sign != ' '; });
        if (!isNear)
            continue;
        if (i > lastShown + 1)
            html += QStringLiteral("<span style=\"color:%1\">⋯ %2</span>\n")
                        .arg(quiet.name(), tr("%n line(s) unchanged", nullptr, int(i - lastShown - 1)));
        lastShown = i;
        const LineChange& change = changes.at(i);
        const QColor colour = change.sign == '-' ? gone : change.sign == '+' ? come : quiet;
        html += QStringLiteral("<span style=\"color:%1;background-color:%2\">%3 %4</span>\n")
                    .arg(colour.name(),
                        (change.sign == ' ' ? palette.color(QPalette::Base) : theme::tinted(colour, palette))
                            .name(),
                        QString(QLatin1Char(change.sign)), shownLine(change.text).toHtmlEscaped());
    }
    if (lastShown < changes.size() - 1)
        html += QStringLiteral("<span style=\"color:%1\">⋯ %2</span>\n")
                    .arg(quiet.name(),
                        tr("%n line(s) unchanged", nullptr, int(changes.size() - 1 - lastShown)));
    return html + QStringLiteral("</pre>");
}

QString DiffHtml::verdict(const QJsonObject& previous, const QJsonObject& call)
{
    const CallDiff diff = CallDiff::between(previous, call);
    const CallFacts facts = CallFacts::fromSummary(call);
    const auto cached = facts.cachedPercent();
    const QString share = cached ? tr("%1 of the prompt came from the cache.").arg(CallText::percent(*cached))
                                 : tr("The provider does not say how much came from its cache.");
    if (!diff.isCacheWhole)
        return tr("The prompt cache can serve the front only up to %1, which differs. %2")
            .arg(nameOf(diff.breaksAt), share);
    if (cached && *cached < cachedEnough && CallFacts::fromSummary(previous).inputTokens.value_or(0) > 0)
        return tr("This request only goes on where the other ended, so that the cache could serve all of it, "
                  "but %1 It had expired, was never written, or the prompt is too short for it.")
            .arg(share);
    return tr("This request only goes on where the other ended: the cache can serve all of it. %1")
        .arg(share);
}

QString DiffHtml::problem(const QJsonObject& previous, const QJsonObject& call)
{
    const auto cached = CallFacts::fromSummary(call).cachedPercent();
    const auto cachedBefore = CallFacts::fromSummary(previous).cachedPercent();
    // Without a word of the provider's nothing is known; a conversation that never used it misses nothing.
    if (!cached || *cached >= cachedEnough || cachedBefore.value_or(0) < cachedEnough)
        return {};
    const CallDiff diff = CallDiff::between(previous, call);
    return diff.isCacheWhole ? tr("cache miss: expired")
                             : tr("cache miss: %1 changed").arg(nameOf(diff.breaksAt));
}

QString DiffHtml::of(
    const QJsonObject& previous, const QJsonObject& call, const QString& name, const QPalette& palette)
{
    const CallDiff diff = CallDiff::between(previous, call);
    QString html = QStringLiteral("<p><b>%1</b></p>").arg(verdict(previous, call).toHtmlEscaped());
    html += sectionTitle(tr("Messages"));
    html += QStringLiteral("<p style=\"color:%1\">⋯ %2</p>")
                .arg(theme::secondaryText(palette).name(),
                    tr("%n message(s) unchanged since %1", nullptr, int(diff.sharedMessages))
                        .arg(name)
                        .toHtmlEscaped());
    QString messages;
    QString tools;
    QString parameters;
    for (const CallDiff::Item& item : diff.items) {
        const QString what = item.kind == CallDiff::Kind::Added ? tr("added")
            : item.kind == CallDiff::Kind::Removed              ? tr("removed")
                                                                : tr("changed");
        QString text = QStringLiteral("<p><b>%1</b> %2</p>").arg(nameOf(item.name).toHtmlEscaped(), what);
        if (!item.before.isEmpty() || !item.after.isEmpty())
            text += lines(QString::fromUtf8(item.before), QString::fromUtf8(item.after), palette);
        (item.name.startsWith("message ")                                         ? messages
                : item.name.startsWith("tool ") || item.name.startsWith("order ") ? tools
                                                                                  : parameters)
            += text;
    }
    const QString same = QStringLiteral("<p style=\"color:%1\">%2</p>")
                             .arg(theme::secondaryText(palette).name(), tr("No difference"));
    html += messages;
    html += sectionTitle(tr("Tools")) + (tools.isEmpty() ? same : tools);
    html += sectionTitle(tr("Parameters")) + (parameters.isEmpty() ? same : parameters);
    html += sectionTitle(tr("Usage"));
    const CallFacts before = CallFacts::fromSummary(previous);
    const CallFacts after = CallFacts::fromSummary(call);
    html += QStringLiteral(
        "<table cellpadding=\"4\" cellspacing=\"0\"><tr><td></td><td align=\"right\"><b>%1</b></td>"
        "<td align=\"right\"><b>%2</b></td><td align=\"right\"><b>%3</b></td></tr>")
                .arg(name.toHtmlEscaped(), tr("this"), tr("difference"));
    const auto row = [&](const QString& title, std::optional<qint64> a, std::optional<qint64> b) {
        const auto shown
            = [](std::optional<qint64> n) { return n ? CallText::count(*n) : CallText::nothing(); };
        html += QStringLiteral("<tr><td>%1</td><td align=\"right\">%2</td><td align=\"right\">%3</td>"
                               "<td align=\"right\">%4</td></tr>")
                    .arg(title, shown(a), shown(b), difference(a, b));
    };
    row(tr("Input tokens"), before.inputTokens, after.inputTokens);
    row(tr("of them cached"), before.cachedTokens, after.cachedTokens);
    row(tr("written to the cache"), before.cacheWriteTokens, after.cacheWriteTokens);
    row(tr("Output tokens"), before.outputTokens, after.outputTokens);
    return html + QStringLiteral("</table>");
}
