// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/detail/summarystrip.h"

#include "gui/model/calltext.h"
#include "gui/model/requestcolumns.h"
#include "gui/style/theme.h"

#include <QEvent>
#include <QTextDocument>
#include <QTextDocumentFragment>

namespace {

const QString chipGap = QStringLiteral("&nbsp;&nbsp;│&nbsp;&nbsp;");
constexpr qsizetype longestProblem = 80;

QString bold(const QString& text)
{
    return QStringLiteral("<b>%1</b>").arg(text.toHtmlEscaped());
}

} // namespace

SummaryStrip::SummaryStrip(QWidget* parent)
    : QLabel(parent)
{
    setObjectName(QStringLiteral("summaryStrip"));
    setTextFormat(Qt::RichText);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setWordWrap(false);
    setMargin(4);
}

SummaryStrip::~SummaryStrip() = default;

void SummaryStrip::showCall(const CallFacts& facts, const QString& number, const QString& problem)
{
    m_facts = facts;
    m_number = number;
    m_problem = problem;
    build();
}

void SummaryStrip::clearCall()
{
    m_facts = {};
    m_chips.clear();
    clear();
    setToolTip({});
}

void SummaryStrip::build()
{
    m_chips.clear();
    const auto add = [this](const QStringList& words) {
        QStringList given = words;
        given.removeAll(QString());
        const QString html = given.join(QStringLiteral("&nbsp; "));
        if (!html.isEmpty())
            m_chips.append({html, QTextDocumentFragment::fromHtml(html).toPlainText()});
    };
    const auto coloured = [this](const QString& text, theme::Accent accent) {
        return QStringLiteral("<b style=\"color:%1\">%2</b>")
            .arg(theme::accent(accent, palette()).name(), text.toHtmlEscaped());
    };
    const CallFacts& facts = m_facts;
    QString problem = m_problem;
    if (facts.isError())
        problem = CallText::outcome(facts);
    if (problem.size() > longestProblem)
        problem = problem.left(longestProblem) + QChar(0x2026);
    if (!problem.isEmpty())
        add({coloured(problem, facts.isError() ? theme::Accent::Error : theme::Accent::Warn)});
    const QString state = facts.isError() ? QString()
        : facts.status && facts.state == CallFacts::State::Done
        ? bold(QString::number(*facts.status))
        : coloured(CallText::state(facts.state), facts.isOpen() ? theme::Accent::Live : theme::Accent::Warn);
    add({bold(m_number), facts.model.toHtmlEscaped(), state,
        facts.isStream ? tr("stream").toHtmlEscaped() : QString()});
    const auto rate = facts.tokensPerSecond();
    add({facts.firstTokenUs ? tr("TTFT %1").arg(bold(CallText::duration(*facts.firstTokenUs))) : QString(),
        facts.durationUs ? tr("total %1").arg(bold(CallText::duration(*facts.durationUs))) : QString(),
        rate ? tr("%1 tok/s").arg(qRound(*rate)) : QString()});
    QString in = facts.inputTokens ? tr("in %1").arg(bold(CallText::count(*facts.inputTokens))) : QString();
    if (const auto cached = facts.cachedPercent())
        in += tr(" (%1 cached)").arg(CallText::percent(*cached));
    const bool hasOutput = facts.outputTokens || (facts.isOpen() && facts.outputEstimate);
    QString out
        = hasOutput ? tr("out %1").arg(bold(RequestColumns::text(facts, RequestColumns::Output))) : QString();
    if (facts.reasoningTokens.value_or(0) > 0)
        out += tr(" (%1 think)").arg(CallText::count(*facts.reasoningTokens));
    if (in.isEmpty() && out.isEmpty())
        in = CallText::whyNoUsage(facts).toHtmlEscaped();
    add({in, out});
    add({facts.costUsd       ? bold(CallText::cost(*facts.costUsd))
            : facts.isOpen() ? QString()
                             : tr("cost n/a").toHtmlEscaped()});
    add({facts.finishReason.isEmpty() ? QString() : tr("stop %1").arg(facts.finishReason.toHtmlEscaped())});
    add({facts.isOpen() ? QString() : CallText::delivery(facts.delivery).toHtmlEscaped()});
    fit();
}

void SummaryStrip::fit()
{
    QStringList html;
    QStringList plain;
    QTextDocument measure;
    measure.setDefaultFont(font());
    measure.setDocumentMargin(0);
    const QString end = QStringLiteral("&nbsp; …");
    bool isWhole = true;
    for (const Chip& chip : std::as_const(m_chips)) {
        plain.append(chip.plain.simplified());
        if (!isWhole)
            continue;
        measure.setHtml((html + QStringList{chip.html}).join(chipGap) + end);
        isWhole = html.isEmpty() || measure.idealWidth() <= width() - 2 * margin();
        if (isWhole)
            html.append(chip.html);
    }
    setText(html.join(chipGap) + (isWhole ? QString() : end));
    setToolTip(plain.join(u'\n'));
    setAccessibleName(plain.join(QStringLiteral(", ")));
}

void SummaryStrip::resizeEvent(QResizeEvent* event)
{
    QLabel::resizeEvent(event);
    fit();
}

void SummaryStrip::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_chips.isEmpty())
        build();
}
