// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/filter/filterbar.h"

#include "gui/filter/filterchips.h"
#include "gui/filter/filterline.h"
#include "gui/filter/savedfilters.h"
#include "gui/style/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QToolButton>

namespace {

constexpr int typingMs = 150;

} // namespace

FilterBar::FilterBar(SavedFilters* saved, QWidget* parent)
    : QWidget(parent)
    , m_saved(saved)
    , m_line(new FilterLine(this))
    , m_chips(new FilterChips(this))
    , m_row(new QHBoxLayout)
{
    setObjectName(QStringLiteral("filterBar"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 3, 4, 3);
    layout->setSpacing(3);
    m_row->setSpacing(4);
    m_row->addWidget(m_line, 1);
    layout->addLayout(m_row);
    layout->addWidget(m_chips);
    m_clear = m_line->addAction(theme::icon(QStringLiteral("close")), QLineEdit::TrailingPosition);
    m_clear->setObjectName(QStringLiteral("clearFilter"));
    m_clear->setText(tr("Clear the filter (Esc)")); // what is read out, and the tool tip
    m_star = m_line->addAction(theme::icon(QStringLiteral("star")), QLineEdit::TrailingPosition);
    m_star->setObjectName(QStringLiteral("saveFilter"));
    addQuickButton(tr("Errors"), tr("Calls that failed"), QStringLiteral("state:error"));
    addQuickButton(tr("Live"), tr("Calls that are still open"), QStringLiteral("state:live"));
    addQuickButton(tr("Tools"), tr("Answers that call a tool"), QStringLiteral("tool:*"));
    addQuickButton(
        tr("Undelivered"), tr("Calls that Langfuse has not accepted yet"), QStringLiteral("delivery:open"));
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingMs);
    connect(m_line, &QLineEdit::textChanged, this, &FilterBar::takeTyping);
    connect(&m_typing, &QTimer::timeout, this, &FilterBar::apply);
    connect(m_line, &FilterLine::applied, this, [this] {
        apply();
        m_saved->remember(m_line->text().trimmed());
        m_line->setHistory(m_saved->history());
    });
    connect(m_line, &FilterLine::highlightAsked, this, [this] {
        m_typing.stop();
        setHighlight(m_line->text());
    });
    connect(m_line, &FilterLine::left, this, &FilterBar::left);
    connect(m_chips, &FilterChips::removed, this, &FilterBar::remove);
    connect(m_clear, &QAction::triggered, this, &FilterBar::clear);
    connect(m_star, &QAction::triggered, this, &FilterBar::toggleSaved);
    connect(m_saved, &SavedFilters::changed, this, &FilterBar::showSaved);
    m_line->setHistory(m_saved->history());
    showSaved();
}

FilterBar::~FilterBar() = default;

void FilterBar::addQuickButton(const QString& title, const QString& toolTip, const QString& term)
{
    auto* button = new QToolButton(this);
    button->setObjectName(QStringLiteral("quick:") + term);
    button->setText(title);
    button->setToolTip(QStringLiteral("%1 (%2)").arg(toolTip, term));
    button->setCheckable(true);
    button->setProperty("term", term);
    button->setFocusPolicy(Qt::TabFocus);
    connect(button, &QToolButton::clicked, this, [this, term](bool isOn) {
        if (isOn)
            add({FilterChip::Kind::Quick, QStringLiteral("quick:") + term, term, {}, false});
        else
            remove(term);
    });
    m_row->addWidget(button);
    m_quickButtons.append(button);
}

void FilterBar::setSeenValues(const FilterCompletion::SeenValues& values)
{
    m_line->setSeenValues(values);
}

void FilterBar::takeTyping()
{
    m_typing.start();
    m_clear->setVisible(!m_line->text().isEmpty() || !m_active.chips.isEmpty());
}

void FilterBar::apply()
{
    m_typing.stop();
    ActiveFilter wanted = m_active;
    wanted.text = m_line->text();
    // The line by itself: what is wrong shall not be said of the chips.
    const Result<CallFilter> typed = CallFilter::parse(wanted.text);
    const Result<CallFilter> whole = CallFilter::parse(wanted.expression());
    const Error* error = !typed ? &typed.error() : !whole ? &whole.error() : nullptr;
    m_line->setError(error ? error->message : QString());
    m_chips->setError(error ? error->message : QString());
    if (error)
        return;
    m_active = wanted;
    m_chips->setWords(whole->words());
    showStateOfButtons();
    const QString before = std::exchange(m_expression, m_active.expression());
    if (before != m_expression) {
        Q_EMIT filterChanged(*whole);
        Q_EMIT activeChanged();
        showSaved();
    }
}

/// The chips have changed; the line may hold something that is no filter, whose place the last good one has.
void FilterBar::applyChips()
{
    m_chips->setChips(m_active.chips);
    const QString typed = m_line->text();
    if (CallFilter::parse(typed)) {
        apply();
        takeTyping();
        m_typing.stop();
        return;
    }
    const Result<CallFilter> whole = CallFilter::parse(m_active.expression());
    showStateOfButtons();
    if (!whole)
        return;
    m_expression = m_active.expression();
    Q_EMIT filterChanged(*whole);
    Q_EMIT activeChanged();
}

bool FilterBar::setFilter(const QString& expression)
{
    m_active.chips.clear();
    m_chips->setChips({});
    m_line->setText(expression);
    apply();
    return CallFilter::parse(expression) ? true : false;
}

void FilterBar::add(const FilterChip& chip)
{
    m_active.add(chip);
    applyChips();
}

void FilterBar::choose(const FilterChip& chip)
{
    m_active.choose(chip);
    applyChips();
}

void FilterBar::remove(const QString& term)
{
    m_active.remove(term);
    applyChips();
}

void FilterBar::clear()
{
    setFilter({});
}

bool FilterBar::setHighlight(const QString& expression)
{
    const Result<CallFilter> highlight = CallFilter::parse(expression);
    m_line->setError(highlight ? QString() : highlight.error().message);
    m_chips->setError(highlight ? QString() : highlight.error().message);
    if (!highlight)
        return false;
    m_highlight = expression.trimmed();
    Q_EMIT highlightChanged(*highlight);
    return true;
}

void FilterBar::clearHighlight()
{
    setHighlight({});
}

void FilterBar::toggleSaved()
{
    const QString expression = m_expression;
    if (expression.isEmpty())
        return;
    if (m_saved->isSaved(expression)) {
        m_saved->remove(expression);
        return;
    }
    auto* dialog = new QInputDialog(this);
    dialog->setObjectName(QStringLiteral("filterName"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save filter"));
    dialog->setLabelText(tr("Name of the filter:"));
    dialog->setTextValue(expression);
    connect(dialog, &QInputDialog::textValueSelected, this,
        [this, expression](const QString& name) { m_saved->save(name, expression); });
    dialog->open();
}

void FilterBar::showSaved()
{
    const bool isSaved = m_saved->isSaved(m_expression);
    m_star->setVisible(!m_expression.isEmpty());
    m_star->setIcon(isSaved ? theme::icon(QStringLiteral("star-filled"), theme::Accent::Warn)
                            : theme::icon(QStringLiteral("star")));
    m_star->setText(isSaved ? tr("Forget this saved filter") : tr("Save this filter"));
    m_clear->setVisible(!m_line->text().isEmpty() || !m_active.chips.isEmpty());
}

void FilterBar::showStateOfButtons()
{
    for (QToolButton* button : m_quickButtons)
        button->setChecked(m_active.has(button->property("term").toString()));
}
