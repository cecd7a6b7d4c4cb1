// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/window/attachdialog.h"

#include "gui/style/theme.h"
#include "gui/window/tokenstore.h"

#include <QCheckBox>
#include <QCompleter>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHostAddress>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace {

constexpr int usualPort = 3000;
constexpr int dialogWidth = 460;

bool isThisMachine(const QUrl& url)
{
    return url.host() == QLatin1String("localhost") || QHostAddress(url.host()).isLoopback();
}

} // namespace

AttachDialog::AttachDialog(const TokenStore* tokens, const QStringList& recent, QWidget* parent)
    : QDialog(parent)
    , m_tokens(tokens)
    , m_address(new QLineEdit(recent.value(0), this))
    , m_token(new QLineEdit(this))
    , m_keep(new QCheckBox(tr("&Keep the token, in a file that only you can read"), this))
    , m_readOnly(
          new QCheckBox(tr("&Read only: delete and retry nothing there, send nothing through it"), this))
    , m_hint(new QLabel(this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this))
{
    setObjectName(QStringLiteral("attachDialog"));
    setWindowTitle(tr("Attach to a proxy"));
    m_address->setObjectName(QStringLiteral("attachAddress"));
    m_address->setPlaceholderText(QStringLiteral("http://127.0.0.1:3000"));
    m_address->selectAll();
    auto* completer = new QCompleter(recent, this);
    completer->setCompletionMode(QCompleter::InlineCompletion);
    m_address->setCompleter(completer);
    m_token->setObjectName(QStringLiteral("attachToken"));
    m_token->setEchoMode(QLineEdit::Password);
    m_token->setPlaceholderText(tr("not needed for a proxy of this machine"));
    m_keep->setObjectName(QStringLiteral("attachKeep"));
    m_readOnly->setObjectName(QStringLiteral("attachReadOnly"));
    m_hint->setObjectName(QStringLiteral("attachHint"));
    m_hint->setWordWrap(true);
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setMinimumHeight(2 * fontMetrics().lineSpacing()); // the dialog keeps its size
    m_hint->setAlignment(Qt::AlignTop);
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("Attach"));
    auto* form = new QFormLayout(this);
    form->addRow(tr("&Address"), m_address);
    form->addRow(tr("Admin &token"), m_token);
    form->addRow(QString(), m_keep);
    form->addRow(QString(), m_readOnly);
    form->addRow(m_hint);
    form->addRow(m_buttons);
    setMinimumWidth(dialogWidth);
    connect(m_address, &QLineEdit::textChanged, this, [this] {
        if (const Result<QUrl> address = readAddress(m_address->text())) {
            const Secret kept = m_tokens->token(*address);
            if (!kept.isEmpty() || m_keep->isChecked()) {
                m_token->setText(QString::fromUtf8(kept.reveal()));
                m_keep->setChecked(!kept.isEmpty());
            }
        }
        check();
    });
    connect(m_token, &QLineEdit::textChanged, this, &AttachDialog::check);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    Q_EMIT m_address->textChanged(m_address->text());
}

AttachDialog::~AttachDialog() = default;

Result<QUrl> AttachDialog::readAddress(const QString& text)
{
    const auto wrong = [](const QString& message) { return Error{ErrorCode::BadRequest, message, {}}; };
    QString address = text.trimmed();
    const bool hasScheme = address.contains(QLatin1String("://"));
    if (address.isEmpty())
        return wrong(tr("Where does the proxy listen? For instance http://127.0.0.1:3000"));
    if (!hasScheme)
        address.prepend(QLatin1String("http://"));
    QUrl url(address, QUrl::StrictMode);
    if (!url.isValid())
        return wrong(tr("This is no address: %1").arg(url.errorString()));
    if (url.scheme() != QLatin1String("http") && url.scheme() != QLatin1String("https"))
        return wrong(tr("Only http and https are understood, not %1").arg(url.scheme()));
    if (url.host().isEmpty())
        return wrong(tr("The name of the machine is missing"));
    if (!url.userInfo().isEmpty())
        return wrong(tr("A name and a password do not belong here; the token goes into its own field"));
    if (url.hasQuery() || url.hasFragment())
        return wrong(tr("An address has no ? and no #"));
    if (!hasScheme && url.port() < 0)
        url.setPort(usualPort);
    if (url.path() == QLatin1String("/"))
        url.setPath({});
    return url;
}

void AttachDialog::check()
{
    const Result<QUrl> address = readAddress(m_address->text());
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(bool(address));
    theme::Accent accent = theme::Accent::Muted;
    QString hint;
    if (!address) {
        hint = address.error().message;
        accent = m_address->text().trimmed().isEmpty() ? theme::Accent::Muted : theme::Accent::Error;
    } else if (address->scheme() == QLatin1String("http") && !isThisMachine(*address)
        && !m_token->text().isEmpty()) {
        hint = tr("Over http the token and all conversations travel unencrypted to %1").arg(address->host());
        accent = theme::Accent::Warn;
    } else if (address->port() < 0) {
        hint = tr("Will attach to %1, port %2; a proxy listens on %3 unless told otherwise")
                   .arg(address->host())
                   .arg(address->port(address->scheme() == QLatin1String("https") ? 443 : 80))
                   .arg(usualPort);
    } else {
        hint = tr("Will attach to %1").arg(address->toString());
    }
    m_hint->setText(hint);
    QPalette colored = palette();
    colored.setColor(QPalette::WindowText, theme::accent(accent, palette()));
    m_hint->setPalette(colored);
}

QUrl AttachDialog::url() const
{
    const Result<QUrl> address = readAddress(m_address->text());
    return address ? *address : QUrl();
}

Secret AttachDialog::token() const
{
    return Secret(m_token->text().trimmed().toUtf8());
}

bool AttachDialog::isTokenKept() const
{
    return m_keep->isChecked();
}

bool AttachDialog::isReadOnly() const
{
    return m_readOnly->isChecked();
}
