// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/action/comparedialog.h"

#include "gui/detail/diffhtml.h"
#include "gui/model/callfacts.h"
#include "gui/model/calltext.h"
#include "gui/source/tracesource.h"
#include "gui/style/theme.h"

#include <QFontDatabase>
#include <QGridLayout>
#include <QJsonDocument>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QTextCursor>
#include <QVBoxLayout>

#include <algorithm>

namespace {

QString signOf(CallDiff::Kind kind)
{
    switch (kind) {
    case CallDiff::Kind::Added:
        return QStringLiteral("+");
    case CallDiff::Kind::Removed:
        return QStringLiteral("−");
    default:
        return QStringLiteral("≠");
    }
}

/// "10:42:36, claude-opus-4-6"
QString callTitle(const QJsonObject& call)
{
    const CallFacts facts = CallFacts::fromSummary(call);
    return QStringLiteral("%1, %2").arg(CallText::time(facts.startedAtUs), facts.model);
}

qsizetype firstDifference(const QString& a, const QString& b)
{
    const auto [left, right] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    Q_UNUSED(right)
    return left - a.begin();
}

/// The place is in the middle of what is seen, and the text from there on marked.
void showFrom(QPlainTextEdit* edit, const QString& text, qsizetype place)
{
    edit->setPlainText(text);
    QTextCursor cursor(edit->document());
    cursor.setPosition(int(std::min(place, text.size())));
    edit->setTextCursor(cursor);
    edit->centerCursor();
    QTextEdit::ExtraSelection rest;
    rest.cursor = cursor;
    rest.cursor.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
    rest.format.setBackground(
        theme::tinted(theme::accent(theme::Accent::Warn, edit->palette()), edit->palette()));
    edit->setExtraSelections({rest});
}

} // namespace

CompareDialog::CompareDialog(const Call& first, const Call& second, QWidget* parent)
    : QDialog(parent)
    , m_verdict(new QLabel(this))
    , m_items(new QListWidget(this))
    , m_beforeTitle(new QLabel(this))
    , m_afterTitle(new QLabel(this))
    , m_before(new QPlainTextEdit(this))
    , m_after(new QPlainTextEdit(this))
{
    setObjectName(QStringLiteral("compareDialog"));
    setWindowTitle(tr("Compare requests"));
    resize(1100, 640);
    m_verdict->setObjectName(QStringLiteral("compareVerdict"));
    m_verdict->setWordWrap(true);
    m_verdict->setTextFormat(Qt::PlainText);
    m_verdict->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_items->setObjectName(QStringLiteral("compareItems"));
    m_items->setAccessibleName(tr("What changed"));
    auto* split = new QSplitter(Qt::Horizontal, this);
    split->setChildrenCollapsible(false);
    split->addWidget(m_items);
    split->addWidget(makeTexts());
    split->setSizes({260, 840});
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_verdict);
    column->addWidget(split, 1);
    connect(m_items, &QListWidget::currentRowChanged, this, &CompareDialog::showItem);
    ask(first, &m_first);
    ask(second, &m_second);
}

CompareDialog::~CompareDialog() = default;

QWidget* CompareDialog::makeTexts()
{
    auto* side = new QWidget(this);
    auto* grid = new QGridLayout(side);
    grid->setContentsMargins(4, 0, 0, 0);
    int column = 0;
    for (const auto& [title, text, name] : {std::tuple(m_beforeTitle, m_before, "compareBefore"),
             std::tuple(m_afterTitle, m_after, "compareAfter")}) {
        text->setObjectName(QLatin1String(name));
        text->setReadOnly(true);
        text->setTabChangesFocus(true);
        text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
        title->setTextFormat(Qt::PlainText);
        grid->addWidget(title, 0, column);
        grid->addWidget(text, 1, column);
        grid->setColumnStretch(column, 1);
        ++column;
    }
    m_before->setAccessibleName(tr("Before"));
    m_after->setAccessibleName(tr("After"));
    return side;
}

void CompareDialog::ask(const Call& wanted, QJsonObject* call)
{
    wanted.source->ask("GET", "/api/traces/" + wanted.id, this, [this, call](const SourceAnswer& answer) {
        if (!answer.isOk()) {
            m_verdict->setText(TraceSource::errorText(answer.body));
            return;
        }
        *call = QJsonDocument::fromJson(answer.body).object();
        if (!m_first.isEmpty() && !m_second.isEmpty())
            compare();
    });
}

void CompareDialog::compare()
{
    m_diff = CallDiff::between(m_first, m_second);
    m_beforeTitle->setText(callTitle(m_first));
    m_afterTitle->setText(callTitle(m_second));
    for (const CallDiff::Item& item : std::as_const(m_diff.items)) {
        auto* entry = new QListWidgetItem(signOf(item.kind) + u' ' + DiffHtml::nameOf(item.name), m_items);
        if (!m_diff.isCacheWhole && item.name == m_diff.breaksAt)
            entry->setToolTip(tr("The prompt cache serves what stands before this"));
    }
    const QString same = tr("%n message(s) at the front are the same.", nullptr, int(m_diff.sharedMessages));
    const QString cache = m_diff.isCacheWhole
        ? tr("The prompt cache serves the whole first request.")
        : tr("The prompt cache serves the front up to: %1.").arg(QString::fromUtf8(m_diff.breaksAt));
    m_verdict->setText(
        m_diff.items.isEmpty() ? tr("The requests are the same.") : QStringLiteral("%1 %2").arg(same, cache));
    m_items->setCurrentRow(0);
}

void CompareDialog::showItem(int row)
{
    if (row < 0 || row >= m_diff.items.size())
        return;
    const CallDiff::Item& item = m_diff.items.at(row);
    const QString before = QString::fromUtf8(item.before);
    const QString after = QString::fromUtf8(item.after);
    const qsizetype place = item.kind == CallDiff::Kind::Changed ? firstDifference(before, after) : 0;
    showFrom(m_before, before, place);
    showFrom(m_after, after, place);
}
