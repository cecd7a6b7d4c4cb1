// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/settings/settingsdialog.h"

#include "app/checks.h"
#include "gui/settings/settingrow.h"
#include "gui/style/theme.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>

namespace {

struct GroupName
{
    SettingGroup group;
    const char* title;
};

constexpr std::array<GroupName, 6> groupNames{{
    {SettingGroup::Langfuse, QT_TRANSLATE_NOOP("SettingsDialog", "Langfuse")},
    {SettingGroup::Proxy, QT_TRANSLATE_NOOP("SettingsDialog", "Proxy")},
    {SettingGroup::Upstream, QT_TRANSLATE_NOOP("SettingsDialog", "Providers")},
    {SettingGroup::Store, QT_TRANSLATE_NOOP("SettingsDialog", "Storage")},
    {SettingGroup::Content, QT_TRANSLATE_NOOP("SettingsDialog", "Content")},
    {SettingGroup::Limits, QT_TRANSLATE_NOOP("SettingsDialog", "Limits")},
}};

constexpr int groupRoom = 10;
constexpr int settingsButtonRoom = 16;

void setColour(QWidget* widget, const QColor& color)
{
    QPalette palette = widget->palette();
    palette.setColor(QPalette::WindowText, color);
    palette.setColor(QPalette::Text, color); // the role that stands on Base
    widget->setPalette(palette);
}

} // namespace

SettingsDialog::SettingsDialog(const SettingInputs& inputs, QString fileName, QWidget* parent)
    : QDialog(parent)
    , m_draft(inputs)
    , m_fileName(std::move(fileName))
{
    setObjectName(QStringLiteral("settingsDialog"));
    setWindowTitle(tr("Settings of the proxy"));
    resize(940, 640);
    auto* column = new QVBoxLayout(this);
    column->addWidget(makeHead());
    column->addWidget(makeSections(), 1);
    column->addWidget(makeFoot());
    noteEdit();
}

SettingsDialog::~SettingsDialog() = default;

QWidget* SettingsDialog::makeHead()
{
    m_search = new QLineEdit(this);
    m_search->setObjectName(QStringLiteral("settingSearch"));
    m_search->setPlaceholderText(tr("Find a setting"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setClearButtonEnabled(true);
    connect(m_search, &QLineEdit::textChanged, this, &SettingsDialog::search);
    return m_search;
}

QWidget* SettingsDialog::makeSections()
{
    auto* both = new QWidget(this);
    auto* row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    m_groups = new QListWidget(both);
    m_groups->setObjectName(QStringLiteral("settingGroups"));
    m_groups->setAccessibleName(tr("Groups of settings"));
    m_groups->setFixedWidth(130);
    auto* page = new QWidget(both);
    page->setObjectName(QStringLiteral("settingsPage"));
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(16, 4, 16, 12);
    for (const GroupName& name : groupNames) {
        auto* item = new QListWidgetItem(tr(name.title), m_groups);
        item->setSizeHint(QSize(0, fontMetrics().height() + groupRoom));
        column->addWidget(makeSection(name.group));
    }
    m_nothingFound = new QLabel(tr("No setting is about that."), page);
    m_nothingFound->setObjectName(QStringLiteral("nothingFound"));
    m_nothingFound->hide();
    column->addWidget(m_nothingFound);
    column->addStretch(1);
    m_scroll = new QScrollArea(both);
    m_scroll->setWidget(page);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    row->addWidget(m_groups);
    row->addWidget(m_scroll, 1);
    connect(m_groups, &QListWidget::currentRowChanged, this, [this](int at) {
        if (at >= 0)
            m_scroll->verticalScrollBar()->setValue(m_sections.at(at).widget->y());
    });
    return both;
}

QWidget* SettingsDialog::makeSection(SettingGroup group)
{
    Section section;
    section.widget = new QWidget(this);
    auto* column = new QVBoxLayout(section.widget);
    column->setContentsMargins(0, 8, 0, 8);
    column->setSpacing(0);
    auto* title = new QLabel(m_groups->item(m_groups->count() - 1)->text(), section.widget);
    QFont large = title->font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * 1.25);
    title->setFont(large);
    column->addWidget(title);
    for (const Setting& setting : settingsTable()) {
        if (setting.group != group)
            continue;
        auto* row = new SettingRow(setting, &m_draft, section.widget);
        connect(row, &SettingRow::edited, this, &SettingsDialog::noteEdit);
        column->addWidget(row);
        section.rows.append(row);
        if (setting.key == "LANGFUSE_SECRET_KEY")
            column->addWidget(makeConnectionTest());
    }
    m_sections.append(section);
    return section.widget;
}

QWidget* SettingsDialog::makeConnectionTest()
{
    auto* line = new QWidget(this);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(SettingRow::columnWidth + SettingRow::columnSpace, 4, 0, 8);
    row->setSpacing(SettingRow::columnSpace);
    m_test = new QPushButton(tr("&Test connection"), line);
    m_test->setObjectName(QStringLiteral("testConnection"));
    m_test->setAutoDefault(false);
    m_test->setMinimumWidth(m_test->sizeHint().width() + settingsButtonRoom);
    m_testResult = new QLabel(line);
    m_testResult->setObjectName(QStringLiteral("connectionResult"));
    m_testResult->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_testResult->setWordWrap(true);
    row->addWidget(m_test);
    row->addWidget(m_testResult, 1);
    connect(m_test, &QPushButton::clicked, this, &SettingsDialog::testConnection);
    return line;
}

QWidget* SettingsDialog::makeFoot()
{
    auto* foot = new QWidget(this);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(0, 0, 0, 0);
    m_message = new QLabel(foot);
    m_message->setObjectName(QStringLiteral("settingsMessage"));
    m_message->setWordWrap(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, foot);
    m_save = buttons->addButton(tr("&Save and restart"), QDialogButtonBox::AcceptRole);
    m_save->setObjectName(QStringLiteral("saveSettings"));
    m_save->setDefault(true);
    row->addWidget(m_message, 1);
    row->addWidget(buttons);
    connect(m_save, &QPushButton::clicked, this, &SettingsDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return foot;
}

SettingRow* SettingsDialog::rowOf(const QByteArray& key) const
{
    for (const Section& section : m_sections) {
        for (SettingRow* row : section.rows) {
            if (row->setting().key == key)
                return row;
        }
    }
    return nullptr;
}

void SettingsDialog::showSetting(const QByteArray& key, const QString& problem)
{
    SettingRow* row = rowOf(key);
    if (!row)
        return;
    m_search->clear();
    row->showProblem(problem);
    row->focusField();
    // Only now is it known where it stands.
    QMetaObject::invokeMethod(
        row, [this, row] { m_scroll->ensureWidgetVisible(row, 0, 60); }, Qt::QueuedConnection);
}

void SettingsDialog::search(const QString& words)
{
    bool isAnyFound = false;
    for (qsizetype at = 0; at < m_sections.size(); ++at) {
        bool isFound = false;
        for (SettingRow* row : m_sections.at(at).rows) {
            row->setVisible(row->matches(words));
            isFound |= !row->isHidden();
        }
        m_sections.at(at).widget->setVisible(isFound);
        m_groups->item(int(at))->setHidden(!isFound);
        isAnyFound |= isFound;
    }
    m_test->parentWidget()->setVisible(!rowOf("LANGFUSE_SECRET_KEY")->isHidden());
    m_nothingFound->setVisible(!isAnyFound);
}

void SettingsDialog::noteEdit()
{
    qsizetype wrong = 0;
    for (const Setting& setting : settingsTable())
        wrong += m_draft.isAllowed(setting) ? 0 : 1;
    m_save->setEnabled(wrong == 0 && m_draft.isChanged());
    const QString file = QDir::toNativeSeparators(m_fileName);
    m_message->setText(wrong > 0 ? tr("%n setting(s) cannot be saved as they are.", nullptr, int(wrong))
                                 : tr("They are saved in %1, which only you can read.").arg(file));
    m_messageAccent = wrong > 0 ? theme::Accent::Error : theme::Accent::Muted;
    m_testResult->clear();
    applyColours();
}

void SettingsDialog::showFailure(const QString& problem)
{
    m_message->setText(problem);
    m_messageAccent = theme::Accent::Error;
    applyColours();
}

void SettingsDialog::applyColours()
{
    setColour(m_message, theme::accent(m_messageAccent, palette()));
    setColour(m_testResult, theme::accent(m_testAccent, palette()));
}

void SettingsDialog::changeEvent(QEvent* event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_testResult && m_message)
        applyColours();
}

void SettingsDialog::save()
{
    const Result<LoadedConfig> loaded = m_draft.load();
    if (!loaded) {
        const QByteArray key = loaded.error().subject.toUtf8();
        showSetting(key, loaded.error().message);
        showFailure(loaded.error().message);
        return;
    }
    if (const Result<void> written = saveSettings(m_fileName, m_draft.changes()); !written) {
        showFailure(written.error().message);
        return;
    }
    Q_EMIT saved(m_draft.inputs(), *loaded);
    accept();
}

void SettingsDialog::testConnection()
{
    const Result<LoadedConfig> loaded = m_draft.load();
    if (!loaded) {
        m_testResult->setText(loaded.error().message);
        return;
    }
    m_test->setEnabled(false);
    m_testResult->setText(tr("Asking %1…").arg(loaded->config.langfuseBaseUrl.toString()));
    m_testAccent = theme::Accent::Muted;
    applyColours();
    m_checks = std::make_unique<Checks>(loaded->config);
    connect(m_checks.get(), &Checks::finished, this, &SettingsDialog::endTest);
    m_checks->startLangfuse();
}

void SettingsDialog::endTest()
{
    const CheckResult result = m_checks->results().first();
    m_checks.release()->deleteLater(); // it is the one that is speaking
    m_test->setEnabled(true);
    QString text = QString::fromUtf8(result.found);
    if (!result.advice.isEmpty())
        text += u'\n' + QString::fromUtf8(result.advice);
    m_testResult->setText(text);
    m_testAccent = result.state == CheckState::Good ? theme::Accent::Ok
        : result.state == CheckState::Bad           ? theme::Accent::Error
                                                    : theme::Accent::Muted;
    applyColours();
}
