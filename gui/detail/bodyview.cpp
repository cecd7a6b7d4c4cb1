// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/detail/bodyview.h"

#include "gui/conversation/conversationtext.h"
#include "gui/conversation/findbar.h"
#include "gui/detail/hexview.h"
#include "gui/detail/jsonhighlighter.h"
#include "gui/detail/jsontreemodel.h"
#include "gui/detail/prettyjson.h"
#include "gui/style/theme.h"
#include "trace/plaintext.h"

#include <QButtonGroup>
#include <QEvent>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace {

constexpr qsizetype mostHighlighted = 1 << 20; // characters
constexpr qsizetype mostShownAtOnce = 2 << 20; // 90 ms into a text view
constexpr qsizetype frontShown = 256 << 10;

} // namespace

BodyView::BodyView(const QString& name, bool hasReassembled, QWidget* parent)
    : QWidget(parent)
    , m_forms(new QButtonGroup(this))
    , m_head(new QLabel(this))
    , m_note(new QLabel(this))
    , m_save(new QPushButton(tr("Save…"), this))
    , m_all(new QPushButton(tr("Load all"), this))
    , m_stack(new QStackedWidget(this))
    , m_text(new QPlainTextEdit(this))
    , m_tree(new QTreeView(this))
    , m_treeModel(new JsonTreeModel(this))
    , m_hex(new HexView(this))
    , m_find(new FindBar(m_text, tr("Find in this body"), this))
    , m_highlighter(new JsonHighlighter(m_text->document()))
{
    setObjectName(name);
    m_head->setObjectName(QStringLiteral("bodyHead"));
    m_head->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_head->setMargin(6);
    m_head->setWordWrap(true);
    m_note->setObjectName(QStringLiteral("bodyNote"));
    m_save->setObjectName(QStringLiteral("saveBody"));
    m_save->setIcon(theme::icon(QStringLiteral("save")));
    m_all->setObjectName(QStringLiteral("loadAll"));
    m_text->setObjectName(QStringLiteral("bodyText"));
    m_text->setReadOnly(true);
    m_text->setUndoRedoEnabled(false);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_tree->setObjectName(QStringLiteral("bodyTree"));
    m_tree->setAccessibleName(tr("Members"));
    m_tree->setModel(m_treeModel);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setUniformRowHeights(true);
    m_tree->setAlternatingRowColors(true);
    m_tree->header()->resizeSection(0, m_tree->fontMetrics().averageCharWidth() * 40);
    m_highlighter->setPalette(palette());
    buildBar(hasReassembled);
    m_stack->addWidget(m_text);
    m_stack->addWidget(m_tree);
    m_stack->addWidget(m_hex);
    layout()->addWidget(m_find);
    layout()->addWidget(m_head);
    layout()->addWidget(m_stack);
    m_all->hide();
    setFocusProxy(m_text);
    connect(m_save, &QPushButton::clicked, this, &BodyView::saveWanted);
    connect(m_find, &FindBar::opened, this, [this] {
        if (m_stack->currentWidget() != m_text)
            setForm(Pretty);
    });
    connect(m_all, &QPushButton::clicked, this, [this] {
        m_isAllShown = true;
        showForm();
    });
}

BodyView::~BodyView() = default;

void BodyView::buildBar(bool hasReassembled)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(4, 2, 4, 2);
    const struct
    {
        Form form;
        QString text;
        QString name;
    } forms[] = {{Reassembled, tr("Reassembled"), QStringLiteral("formReassembled")},
        {Pretty, tr("Pretty"), QStringLiteral("formPretty")}, {Tree, tr("Tree"), QStringLiteral("formTree")},
        {Raw, tr("Raw"), QStringLiteral("formRaw")}, {Hex, tr("Hex"), QStringLiteral("formHex")}};
    for (const auto& form : forms) {
        if (form.form == Reassembled && !hasReassembled)
            continue;
        auto* button = new QToolButton(this);
        button->setObjectName(form.name);
        button->setText(form.text);
        button->setCheckable(true);
        button->setAutoRaise(true);
        m_forms->addButton(button, form.form);
        row->addWidget(button);
    }
    m_forms->button(Pretty)->setChecked(true);
    row->addSpacing(12);
    row->addWidget(m_note, 1);
    row->addWidget(m_all);
    row->addWidget(m_save);
    column->addLayout(row);
    connect(m_forms, &QButtonGroup::idClicked, this, &BodyView::showForm);
}

void BodyView::setBody(const Body& body)
{
    m_body = body;
    m_isAllShown = m_isTreeMade = false;
    m_head->setText(body.head);
    m_head->setVisible(!body.head.isEmpty());
    m_save->setEnabled(!body.bytes.isEmpty());
    if (QAbstractButton* button = m_forms->button(Reassembled)) {
        const bool isThere = body.reassembled.isObject() || body.reassembled.isArray();
        button->setEnabled(isThere);
        if (!isThere && button->isChecked())
            m_forms->button(Pretty)->setChecked(true);
    }
    showForm();
}

void BodyView::clear()
{
    setBody({});
}

void BodyView::setForm(Form form)
{
    if (QAbstractButton* button = m_forms->button(form))
        button->setChecked(true);
    showForm();
}

void BodyView::showPath(const QString& path)
{
    setForm(Tree);
    const QModelIndex index = m_treeModel->find(path);
    if (!index.isValid())
        return;
    m_tree->scrollTo(index, QAbstractItemView::PositionAtTop);
    m_tree->setCurrentIndex(index);
    m_tree->expand(index);
}

bool BodyView::isEvents() const
{
    return m_body.mediaType.startsWith(QLatin1String("text/event-stream"));
}

void BodyView::showForm()
{
    m_all->hide();
    m_note->setText(m_body.note);
    switch (Form(m_forms->checkedId())) {
    case Reassembled:
        showText(ConversationText::json(m_body.reassembled), true);
        break;
    case Pretty:
        showPretty();
        break;
    case Raw:
        showText(QString::fromUtf8(front()), false, front().size() == m_body.bytes.size());
        break;
    case Tree:
        if (!m_isTreeMade) {
            const QJsonDocument json = QJsonDocument::fromJson(m_body.bytes);
            m_treeModel->setValue(json.isArray() ? QJsonValue(json.array())
                    : json.isObject()            ? QJsonValue(json.object())
                                                 : m_body.reassembled);
            m_isTreeMade = true;
            m_tree->expandToDepth(0);
        }
        showPage(m_tree);
        break;
    case Hex:
        m_hex->setBytes(m_body.bytes);
        showPage(m_hex);
        break;
    }
}

/// What is made a text: of a large body the beginning.
QByteArray BodyView::front() const
{
    return m_isAllShown || m_body.bytes.size() <= mostShownAtOnce
        ? m_body.bytes
        : PlainText::cutAtCharacter(m_body.bytes, frontShown);
}

void BodyView::showPretty()
{
    const QByteArray start = m_body.bytes.left(100).trimmed();
    const bool isJson = start.startsWith('{') || start.startsWith('[');
    const qsizetype most = m_isAllShown ? wholeText : mostShownAtOnce;
    bool isWhole = front().size() == m_body.bytes.size();
    const QString text = isEvents() ? prettyEvents(m_body.bytes, most, &isWhole)
        : isJson                    ? prettyJson(m_body.bytes, most, &isWhole)
                                    : QString::fromUtf8(front());
    showText(isWhole ? text : text.left(frontShown), isJson || isEvents(), isWhole);
}

void BodyView::showText(const QString& text, bool isJson, bool isWhole)
{
    const QString shown = withBrokenLines(text);
    m_highlighter->setDocument(isJson && shown.size() <= mostHighlighted ? m_text->document() : nullptr);
    m_text->setPlainText(shown);
    showPage(m_text);
    if (isWhole)
        return;
    const QString beginning = tr("The beginning of %1").arg(QLocale().formattedDataSize(m_body.bytes.size()));
    m_note->setText(m_body.note.isEmpty() ? beginning : beginning + QStringLiteral(" · ") + m_body.note);
    m_all->show();
}

void BodyView::showPage(QWidget* page)
{
    m_stack->setCurrentWidget(page);
    setFocusProxy(page);
}

void BodyView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        m_highlighter->setPalette(palette());
    QWidget::changeEvent(event);
}
