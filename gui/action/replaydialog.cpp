// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/action/replaydialog.h"

#include "gui/action/indentedjson.h"
#include "gui/model/callfacts.h"
#include "gui/model/calltext.h"
#include "gui/source/tracesource.h"
#include "gui/style/theme.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>

namespace {

/// The variable that clients of that provider read their key from.
QByteArray environmentKey(const QString& provider)
{
    if (provider == QLatin1String("anthropic"))
        return qgetenv("ANTHROPIC_API_KEY");
    if (provider != QLatin1String("gemini"))
        return provider == QLatin1String("openai") ? qgetenv("OPENAI_API_KEY") : QByteArray();
    const QByteArray key = qgetenv("GEMINI_API_KEY");
    return key.isEmpty() ? qgetenv("GOOGLE_API_KEY") : key;
}

/// What the answer says, part by part.
QString answerOf(const QJsonObject& call)
{
    QStringList texts;
    const QJsonObject output = call.value(QLatin1String("output")).toObject();
    for (const QJsonValue& message : output.value(QLatin1String("messages")).toArray()) {
        for (const QJsonValue& part : message[QLatin1String("parts")].toArray()) {
            QString text = part[QLatin1String("text")].toString();
            const QString name = part[QLatin1String("name")].toString();
            if (part[QLatin1String("kind")].toString() == QLatin1String("tool_call"))
                text = name + u' '
                    + QString::fromUtf8(QJsonDocument(part[QLatin1String("json")].toObject()).toJson());
            if (!text.isEmpty())
                texts.append(text);
        }
    }
    const QString error = call.value(QLatin1String("errorMessage")).toString();
    return texts.isEmpty() ? error : texts.join(QStringLiteral("\n\n"));
}

void paintLabel(QLabel* label, const QColor& color)
{
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, color);
    label->setPalette(palette);
}

} // namespace

ReplayDialog::ReplayDialog(TraceSource* source, const QByteArray& id, QWidget* parent)
    : QDialog(parent)
    , m_source(source)
    , m_id(id)
    , m_title(new QLabel(this))
    , m_editor(new QPlainTextEdit(this))
    , m_problem(new QLabel(this))
    , m_key(new QLineEdit(this))
    , m_send(new QPushButton(tr("&Send"), this))
    , m_reset(new QPushButton(tr("&Reset"), this))
    , m_answer(new QPlainTextEdit(this))
    , m_facts(new QLabel(this))
    , m_show(new QPushButton(tr("Show in the &list"), this))
{
    setObjectName(QStringLiteral("replayDialog"));
    setWindowTitle(tr("Send again"));
    resize(1040, 620);
    auto* split = new QSplitter(Qt::Horizontal, this);
    split->setChildrenCollapsible(false);
    split->addWidget(makeRequest());
    split->addWidget(makeAnswer());
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_title);
    column->addWidget(split, 1);
    connect(m_editor, &QPlainTextEdit::textChanged, this, &ReplayDialog::checkBody);
    connect(m_send, &QPushButton::clicked, this, &ReplayDialog::send);
    connect(m_reset, &QPushButton::clicked, this, [this] { m_editor->setPlainText(m_text); });
    connect(m_show, &QPushButton::clicked, this, [this] { Q_EMIT callRequested(m_newId); });
    load();
}

ReplayDialog::~ReplayDialog() = default;

QWidget* ReplayDialog::makeRequest()
{
    auto* side = new QWidget(this);
    m_title->setObjectName(QStringLiteral("replayTitle"));
    m_title->setTextFormat(Qt::PlainText);
    m_editor->setObjectName(QStringLiteral("replayBody"));
    m_editor->setAccessibleName(tr("Request"));
    m_editor->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_editor->setTabChangesFocus(true);
    m_editor->setEnabled(false);
    m_problem->setObjectName(QStringLiteral("replayProblem"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_key->setObjectName(QStringLiteral("replayKey"));
    m_key->setEchoMode(QLineEdit::Password);
    m_key->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    auto* keyLabel = new QLabel(tr("API &key:"), side);
    keyLabel->setBuddy(m_key);
    m_send->setObjectName(QStringLiteral("replaySend"));
    m_send->setDefault(true);
    m_send->setEnabled(false);
    m_reset->setObjectName(QStringLiteral("replayReset"));
    m_reset->setAutoDefault(false);
    m_reset->setEnabled(false);
    auto* row = new QHBoxLayout;
    row->addWidget(keyLabel);
    row->addWidget(m_key, 1);
    row->addWidget(m_reset);
    row->addWidget(m_send);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 4, 0);
    column->addWidget(new QLabel(tr("Request"), side));
    column->addWidget(m_editor, 1);
    column->addWidget(m_problem);
    column->addLayout(row);
    return side;
}

QWidget* ReplayDialog::makeAnswer()
{
    auto* side = new QWidget(this);
    m_answer->setObjectName(QStringLiteral("replayAnswer"));
    m_answer->setAccessibleName(tr("Answer"));
    m_answer->setReadOnly(true);
    m_answer->setTabChangesFocus(true);
    m_answer->setPlaceholderText(tr("The answer will stand here."));
    m_facts->setObjectName(QStringLiteral("replayFacts"));
    m_facts->setWordWrap(true);
    m_facts->setTextFormat(Qt::PlainText);
    m_show->setObjectName(QStringLiteral("replayShow"));
    m_show->setAutoDefault(false);
    m_show->setEnabled(false);
    auto* row = new QHBoxLayout;
    row->addWidget(m_facts, 1);
    row->addWidget(m_show);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(4, 0, 0, 0);
    column->addWidget(new QLabel(tr("Answer"), side));
    column->addWidget(m_answer, 1);
    column->addLayout(row);
    return side;
}

void ReplayDialog::load()
{
    if (m_source->status().url.isEmpty()) {
        showProblem(tr("This is a file: there is no proxy to send it through."));
        return;
    }
    if (m_source->status().isReadOnly) {
        showProblem(tr("This viewer is attached read only."));
        return;
    }
    m_source->ask("GET", "/api/traces/" + m_id, this, [this](const SourceAnswer& answer) {
        if (answer.isOk())
            takeCall(QJsonDocument::fromJson(answer.body).object());
        else
            showProblem(TraceSource::errorText(answer.body));
    });
}

void ReplayDialog::takeCall(const QJsonObject& call)
{
    m_call = call;
    const QString provider = call.value(QLatin1String("provider")).toString();
    m_title->setText(tr("%1 %2").arg(
        call.value(QLatin1String("method")).toString(), call.value(QLatin1String("path")).toString()));
    const bool hasOwnKey = m_source->hasKeyOf(provider);
    m_key->setPlaceholderText(hasOwnKey           ? tr("the proxy has one")
            : !environmentKey(provider).isEmpty() ? tr("from the environment")
                                                  : tr("asked for by the provider; kept nowhere"));
    m_source->ask("GET", "/api/traces/" + m_id + "/request", this,
        [this](const SourceAnswer& answer) { takeBody(answer.isOk() ? answer.body : QByteArray()); });
}

void ReplayDialog::takeBody(const QByteArray& body)
{
    m_body = body;
    if (const Result<ReplayRequest> whole = ReplayRequest::of(m_call, body, {}, {}); !whole) {
        showProblem(tr("This call cannot be sent again: %1").arg(whole.error().message));
        return;
    }
    // Decoded; the stored bytes may be compressed.
    const QJsonObject stored = m_call.value(QLatin1String("request")).toObject();
    const QByteArray text
        = stored.value(QLatin1String("body")).toObject().value(QLatin1String("text")).toString().toUtf8();
    m_text = QString::fromUtf8(indentedJson(text));
    m_isLoaded = true;
    m_editor->setEnabled(true);
    m_editor->setPlainText(m_text);
    m_editor->setFocus();
    checkBody();
    if (m_isSentAtOnce)
        send();
}

void ReplayDialog::checkBody()
{
    if (!m_isLoaded)
        return;
    const QString text = m_editor->toPlainText();
    const bool isChanged = text != m_text;
    QJsonParseError error;
    if (isChanged)
        QJsonDocument::fromJson(text.toUtf8(), &error);
    const bool isJson = !QJsonDocument::fromJson(m_text.toUtf8()).isNull();
    const bool isWrong = isChanged && isJson && error.error != QJsonParseError::NoError;
    // It may be sent nevertheless: what a provider says to it can be what somebody wants to know.
    showProblem(isWrong
            ? tr("This is no JSON: %1, at character %2").arg(error.errorString()).arg(error.offset)
            : QString());
    m_reset->setEnabled(isChanged);
    m_send->setEnabled(!m_replay);
    m_send->setText(isChanged ? tr("&Send changed") : tr("&Send"));
}

Result<ReplayRequest> ReplayDialog::request() const
{
    Result<ReplayRequest> made = ReplayRequest::of(m_call, m_body, {}, key());
    if (!made)
        return made;
    if (const QByteArray own = m_source->proxyKey().reveal(); !own.isEmpty())
        made->headers.append("X-Proxy-Api-Key", own);
    if (m_editor->toPlainText() != m_text) { // unchanged it has the stored bytes
        made->body = m_editor->toPlainText().toUtf8();
        made->headers.removeIf(
            [](const Header& header) { return isSameHeaderName(header.name, "content-encoding"); });
    }
    return made;
}

QByteArray ReplayDialog::key() const
{
    const QString provider = m_call.value(QLatin1String("provider")).toString();
    const QByteArray typed = m_key->text().trimmed().toUtf8();
    if (!typed.isEmpty())
        return typed;
    return m_source->hasKeyOf(provider) ? QByteArray() : environmentKey(provider);
}

void ReplayDialog::send()
{
    if (!m_source || m_replay)
        return;
    const Result<ReplayRequest> made = request();
    if (!made) {
        showProblem(made.error().message);
        return;
    }
    m_send->setEnabled(false);
    m_show->setEnabled(false);
    m_answer->clear();
    m_facts->setText(tr("Sent…"));
    paintLabel(m_facts, theme::secondaryText(palette()));
    m_replay = std::make_unique<ReplayCall>(m_source, *made);
    connect(m_replay.get(), &ReplayCall::progressed, m_answer, &QPlainTextEdit::setPlainText);
    connect(m_replay.get(), &ReplayCall::ended, this, &ReplayDialog::takeEnd);
    connect(m_replay.get(), &ReplayCall::failed, this, [this](const QString& problem) {
        m_facts->setText(problem);
        paintLabel(m_facts, theme::accent(theme::Accent::Error, palette()));
        m_replay.release()->deleteLater(); // it is the one that speaks
        checkBody();
    });
    m_replay->start();
}

void ReplayDialog::takeEnd(const QJsonObject& call)
{
    const CallFacts facts = CallFacts::fromSummary(call);
    m_newId = facts.id;
    m_answer->setPlainText(answerOf(call));
    QStringList words{CallText::outcome(facts)};
    if (facts.durationUs)
        words.append(CallText::duration(*facts.durationUs));
    if (facts.inputTokens)
        words.append(tr("%1 in").arg(CallText::count(*facts.inputTokens)));
    if (facts.outputTokens)
        words.append(tr("%1 out").arg(CallText::count(*facts.outputTokens)));
    if (facts.costUsd)
        words.append(CallText::cost(*facts.costUsd));
    m_facts->setText(words.join(QStringLiteral(" · ")));
    paintLabel(m_facts,
        facts.isError() ? theme::accent(theme::Accent::Error, palette()) : theme::secondaryText(palette()));
    m_show->setEnabled(true);
    m_replay.release()->deleteLater(); // as above
    checkBody();
}

void ReplayDialog::showProblem(const QString& problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    paintLabel(m_problem, theme::accent(theme::Accent::Error, palette()));
}
