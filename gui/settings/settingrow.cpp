// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/settings/settingrow.h"

#include "gui/style/theme.h"

#include <QAction>
#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>

namespace {

constexpr int sourceWidth = 120;

QString shownSource(SettingSource source)
{
    switch (source) {
    case SettingSource::Flag:
        return SettingRow::tr("command line");
    case SettingSource::Environment:
        return SettingRow::tr("environment");
    case SettingSource::EnvFile:
        return SettingRow::tr(".env file");
    case SettingSource::Saved:
        return SettingRow::tr("saved here");
    case SettingSource::Default:
        break;
    }
    return SettingRow::tr("default");
}

/// Markdown's code spans, which are all that the table uses.
QString richHelp(const QByteArray& help)
{
    static const QRegularExpression code(QStringLiteral("`([^`]*)`"));
    return QString::fromUtf8(help).toHtmlEscaped().replace(code, QStringLiteral("<tt>\\1</tt>"));
}

QList<QByteArray> choicesOf(const Setting& setting)
{
    return setting.kind == SettingKind::Switch ? QList<QByteArray>{"on", "off"} : setting.choices;
}

} // namespace

SettingRow::SettingRow(const Setting& setting, SettingsDraft* draft, QWidget* parent)
    : QWidget(parent)
    , m_setting(setting)
    , m_draft(draft)
    , m_name(new QLabel(QString::fromUtf8(setting.key), this))
    , m_source(new QLabel(this))
    , m_help(new QLabel(richHelp(setting.help), this))
    , m_problem(new QLabel(this))
{
    const QString key = QString::fromUtf8(setting.key);
    setObjectName(QStringLiteral("setting-") + key);
    m_name->setFixedWidth(std::max(columnWidth, m_name->sizeHint().width()));
    m_name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_source->setObjectName(QStringLiteral("source-") + key);
    m_source->setMinimumWidth(sourceWidth);
    m_help->setWordWrap(true);
    m_help->setTextFormat(Qt::RichText);
    m_problem->setObjectName(QStringLiteral("problem-") + key);
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 6, 0, 6);
    grid->setVerticalSpacing(2);
    grid->setHorizontalSpacing(columnSpace);
    grid->setColumnStretch(1, 1);
    grid->addWidget(m_name, 0, 0);
    makeField(grid);
    grid->addWidget(m_source, 0, 2);
    grid->addWidget(m_problem, 1, 1, 1, 2);
    grid->addWidget(m_help, 2, 1, 1, 2);
    refresh();
}

SettingRow::~SettingRow() = default;

void SettingRow::makeField(QGridLayout* grid)
{
    const bool isChoice = m_setting.kind == SettingKind::Choice || m_setting.kind == SettingKind::Switch;
    QWidget* field = isChoice ? makeChoice() : makeLine();
    field->setObjectName(QStringLiteral("field-") + QString::fromUtf8(m_setting.key));
    field->setAccessibleName(QString::fromUtf8(m_setting.key));
    field->setAccessibleDescription(QString::fromUtf8(m_setting.help));
    if (!m_draft->isEditable(m_setting)) {
        const QString why = tr("Set by the %1, which comes first. To change it here, take it out there.")
                                .arg(shownSource(m_draft->source(m_setting)));
        field->setToolTip(why);
        m_source->setToolTip(why);
    }
    m_name->setBuddy(field);
    grid->addWidget(field, 0, 1);
}

QWidget* SettingRow::makeLine()
{
    m_line = new QLineEdit(this);
    const bool isEditable = m_draft->isEditable(m_setting);
    const bool isSecret = m_setting.kind == SettingKind::Secret;
    m_line->setText(QString::fromUtf8(m_draft->text(m_setting)));
    m_line->setPlaceholderText(isSecret       ? (isEditable ? tr("not set") : tr("set, not shown"))
            : m_setting.defaultText.isEmpty() ? tr("not set")
                                              : QString::fromUtf8(m_setting.defaultText));
    m_line->setEnabled(isEditable);
    if (isSecret) {
        m_line->setEchoMode(QLineEdit::Password);
        m_line->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    }
    connect(m_line, &QLineEdit::textChanged, this, &SettingRow::take);
    return m_line;
}

QWidget* SettingRow::makeChoice()
{
    m_choice = new QComboBox(this);
    m_choice->addItem(tr("%1 (default)").arg(QString::fromUtf8(m_setting.defaultText)), QString());
    for (const QByteArray& choice : choicesOf(m_setting)) {
        if (choice != m_setting.defaultText)
            m_choice->addItem(QString::fromUtf8(choice), QString::fromUtf8(choice));
    }
    const QString text = QString::fromUtf8(m_draft->text(m_setting));
    int at = text.isEmpty() || text.toUtf8() == m_setting.defaultText ? 0 : m_choice->findData(text);
    if (at < 0) { // another way to say it, or what is not allowed
        at = m_choice->count();
        m_choice->addItem(text, text);
    }
    m_choice->setCurrentIndex(at);
    m_choice->setEnabled(m_draft->isEditable(m_setting));
    m_choice->setFocusPolicy(Qt::StrongFocus); // the wheel scrolls the page
    m_choice->installEventFilter(this);
    connect(m_choice, &QComboBox::currentIndexChanged, this,
        [this] { take(m_choice->currentData().toString()); });
    return m_choice;
}

bool SettingRow::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Wheel && watched == m_choice && !m_choice->hasFocus()) {
        event->ignore();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void SettingRow::take(const QString& text)
{
    m_draft->setText(m_setting, text.trimmed().toUtf8());
    refresh();
    Q_EMIT edited();
}

void SettingRow::refresh()
{
    m_source->setText(shownSource(m_draft->source(m_setting)));
    showProblem({});
}

void SettingRow::showProblem(const QString& problem)
{
    QString text = problem;
    if (!m_draft->isAllowed(m_setting)) // of a secret the table says no more than that
        text = tr("Not allowed. Allowed: %1.").arg(QString::fromUtf8(allowedValues(m_setting)));
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
    applyColours();
}

bool SettingRow::matches(const QString& words) const
{
    QByteArray about = m_setting.key + ' ' + m_setting.help + ' ' + m_setting.aliases.join(' ');
    if (m_setting.kind != SettingKind::Secret)
        about += ' ' + m_draft->text(m_setting);
    const QString all = QString::fromUtf8(about);
    for (const QString& word : words.split(u' ', Qt::SkipEmptyParts)) {
        if (!all.contains(word, Qt::CaseInsensitive))
            return false;
    }
    return true;
}

void SettingRow::focusField()
{
    QWidget* field = m_line ? static_cast<QWidget*>(m_line) : m_choice;
    field->setFocus(Qt::OtherFocusReason);
}

void SettingRow::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyColours();
}

void SettingRow::applyColours()
{
    const auto paint = [](QLabel* label, const QColor& color) {
        QPalette painted = label->palette();
        painted.setColor(QPalette::WindowText, color);
        painted.setColor(QPalette::Text, color); // the role that stands on Base
        label->setPalette(painted);
    };
    paint(m_help, theme::secondaryText(palette()));
    paint(m_source, theme::secondaryText(palette()));
    paint(m_problem, theme::accent(theme::Accent::Error, palette()));
}
