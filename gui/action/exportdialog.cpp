// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/action/exportdialog.h"

#include "gui/action/listcsv.h"
#include "gui/source/tracesource.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace {

constexpr int csvFormat = -1;
constexpr int selectionButton = 0;
constexpr int shownButton = 1;

} // namespace

ExportDialog::ExportDialog(TraceSource* source, ExportChoice choice, QWidget* parent)
    : QDialog(parent)
    , m_source(source)
    , m_choice(std::move(choice))
    , m_which(new QButtonGroup(this))
    , m_format(new QComboBox(this))
    , m_about(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_message(new QLabel(this))
{
    setObjectName(QStringLiteral("exportDialog"));
    setWindowTitle(tr("Export calls"));
    setMinimumWidth(460);
    auto* selected = new QRadioButton(tr("&Selected (%n)", nullptr, int(m_choice.selected.size())), this);
    selected->setObjectName(QStringLiteral("exportSelected"));
    auto* shown = new QRadioButton(tr("All that are s&hown (%n)", nullptr, int(m_choice.shown.size())), this);
    shown->setObjectName(QStringLiteral("exportShown"));
    m_which->addButton(selected, selectionButton);
    m_which->addButton(shown, shownButton);
    selected->setEnabled(!m_choice.selected.isEmpty());
    (m_choice.selected.size() > 1 ? selected : shown)->setChecked(true);
    m_format->setObjectName(QStringLiteral("exportFormat"));
    m_format->addItem(tr("HAR: for the network panel of browsers"), int(ExportFormat::Har));
    m_format->addItem(tr("JSON lines: everything of each call"), int(ExportFormat::JsonLines));
    m_format->addItem(tr("Records: to be imported again"), int(ExportFormat::Records));
    m_format->addItem(tr("CSV: the list as it is shown"), csvFormat);
    m_format->addItem(tr("Markdown: the conversations"), int(ExportFormat::Markdown));
    m_format->addItem(tr("HTML: the conversations, one page"), int(ExportFormat::Html));
    m_about->setWordWrap(true);
    m_about->setText(
        tr("API keys are masked in what is stored, and so in every export. Conversations are not: "
           "see to whom you give the file."));
    m_progress->setObjectName(QStringLiteral("exportProgress"));
    m_progress->hide();
    m_message->setObjectName(QStringLiteral("exportMessage"));
    m_message->setWordWrap(true);
    m_message->hide();
    auto* form = new QFormLayout;
    form->addRow(tr("Calls:"), selected);
    form->addRow(QString(), shown);
    form->addRow(tr("&Form:"), m_format);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_save = buttons->addButton(tr("Save &as…"), QDialogButtonBox::AcceptRole);
    m_save->setObjectName(QStringLiteral("exportSave"));
    m_save->setDefault(true);
    auto* column = new QVBoxLayout(this);
    column->addLayout(form);
    column->addWidget(m_about);
    column->addWidget(m_progress);
    column->addWidget(m_message);
    column->addWidget(buttons);
    connect(m_which, &QButtonGroup::idToggled, this, &ExportDialog::showChoice);
    connect(m_save, &QPushButton::clicked, this, &ExportDialog::choose);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    showChoice();
}

ExportDialog::~ExportDialog() = default;

bool ExportDialog::isCsv() const
{
    return m_format->currentData().toInt() == csvFormat;
}

bool ExportDialog::isOnlySelection() const
{
    return m_which->checkedId() == selectionButton;
}

void ExportDialog::showChoice()
{
    m_save->setEnabled(!(isOnlySelection() ? m_choice.selected : m_choice.shown).isEmpty());
}

void ExportDialog::choose()
{
    const QString suffix = isCsv() ? QStringLiteral("csv")
                                   : CallExporter::suffix(ExportFormat(m_format->currentData().toInt()));
    auto* dialog = new QFileDialog(this, tr("Export calls"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    dialog->selectFile(QStringLiteral("calls.") + suffix);
    connect(dialog, &QFileDialog::fileSelected, this, &ExportDialog::writeTo);
    dialog->open();
}

void ExportDialog::writeTo(const QString& fileName)
{
    m_message->hide();
    if (isCsv()) {
        takeEnd(writeListCsv(fileName, isOnlySelection() ? m_choice.selectedCsv : m_choice.shownCsv), 0);
        return;
    }
    m_save->setEnabled(false);
    m_progress->show();
    m_progress->setValue(0);
    m_exporter
        = std::make_unique<CallExporter>(m_source, isOnlySelection() ? m_choice.selected : m_choice.shown,
            ExportFormat(m_format->currentData().toInt()));
    connect(m_exporter.get(), &CallExporter::progressed, this, [this](qsizetype written, qsizetype all) {
        m_progress->setMaximum(int(all));
        m_progress->setValue(int(written));
    });
    connect(m_exporter.get(), &CallExporter::finished, this, &ExportDialog::takeEnd);
    m_exporter->start(fileName);
}

void ExportDialog::takeEnd(const QString& problem, qsizetype left)
{
    m_progress->hide();
    showChoice();
    if (problem.isEmpty() && left == 0) {
        accept();
        return;
    }
    m_message->setText(problem.isEmpty()
            ? tr("Written, but for %n call(s) that have not ended or are gone.", nullptr, int(left))
            : tr("Nothing was written: %1").arg(problem));
    m_message->show();
}

/// Cancel while it writes leaves no file.
void ExportDialog::done(int result)
{
    if (m_exporter)
        m_exporter->cancel();
    QDialog::done(result);
}
