// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/window/sourcechooser.h"

#include "gui/style/theme.h"

#include <QFileInfo>
#include <QSettings>

namespace {

constexpr qsizetype mostRecent = 8;
const char* const recentKey = "remote/recent";

enum class ChooserCommand { Attach = 1, Open = 2 };

QString hostOf(const QString& url)
{
    const QUrl parsed(url);
    return parsed.host() + (parsed.port() > 0 ? u':' + QString::number(parsed.port()) : QString());
}

} // namespace

SourceChooser::SourceChooser(QWidget* parent)
    : QComboBox(parent)
{
    setObjectName(QStringLiteral("sourceChooser"));
    setAccessibleName(tr("Source of the calls"));
    setToolTip(tr("Where the calls come from"));
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(22);
    setFocusPolicy(Qt::TabFocus);
    const QSettings settings;
    // A kind's letter and where: "r http://…", "v http://…" (a remote, read only), "f /path".
    for (const QString& line : settings.value(QLatin1String(recentKey)).toStringList()) {
        const QString where = line.sliced(std::min<qsizetype>(2, line.size()));
        if (!where.isEmpty())
            m_recent.append({line.startsWith(u'f') ? SourceEntry::Kind::File : SourceEntry::Kind::Remote,
                where, line.startsWith(u'v')});
    }
    connect(this, &QComboBox::activated, this, &SourceChooser::take);
    fill();
}

SourceChooser::~SourceChooser() = default;

void SourceChooser::setShown(const SourceEntry& entry, const QUrl& ownUrl, bool hasOwn)
{
    m_shown = entry;
    m_ownUrl = ownUrl;
    m_hasOwn = hasOwn;
    if (entry.kind != SourceEntry::Kind::Own) {
        m_recent.removeIf([&entry](const SourceEntry& known) {
            return known.kind == entry.kind && known.where == entry.where;
        });
        m_recent.prepend(entry);
        if (m_recent.size() > mostRecent)
            m_recent.resize(mostRecent);
        write();
    }
    fill();
}

void SourceChooser::fill()
{
    const QSignalBlocker blocker(this);
    clear();
    if (m_hasOwn) {
        addItem(theme::icon(QStringLiteral("proxy")),
            m_ownUrl.isEmpty() ? tr("Own proxy") : tr("Own proxy :%1").arg(m_ownUrl.port()),
            QVariant::fromValue(-1));
    }
    for (int i = 0; i < m_recent.size(); ++i) {
        const SourceEntry& entry = m_recent[i];
        const bool isFile = entry.kind == SourceEntry::Kind::File;
        addItem(theme::icon(isFile ? QStringLiteral("file") : QStringLiteral("remote")),
            isFile                 ? QFileInfo(entry.where).fileName()
                : entry.isReadOnly ? tr("%1, read only").arg(hostOf(entry.where))
                                   : hostOf(entry.where),
            i);
        setItemData(count() - 1, entry.where, Qt::ToolTipRole);
        if (entry == m_shown)
            setCurrentIndex(count() - 1);
    }
    if (count() > 0)
        insertSeparator(count());
    addItem(theme::icon(QStringLiteral("attach")), tr("Attach to a proxy…"));
    setItemData(count() - 1, int(ChooserCommand::Attach), Qt::UserRole + 1);
    addItem(theme::icon(QStringLiteral("open")), tr("Open a store…"));
    setItemData(count() - 1, int(ChooserCommand::Open), Qt::UserRole + 1);
    if (m_shown.kind == SourceEntry::Kind::Own)
        setCurrentIndex(m_hasOwn ? 0 : -1);
}

void SourceChooser::take(int index)
{
    const int command = itemData(index, Qt::UserRole + 1).toInt();
    const int place = itemData(index).toInt();
    fill(); // shows what is still shown until something else is
    if (command == int(ChooserCommand::Attach))
        Q_EMIT attachRequested();
    else if (command == int(ChooserCommand::Open))
        Q_EMIT openRequested();
    else if (place < 0)
        Q_EMIT chosen({});
    else if (place < m_recent.size())
        Q_EMIT chosen(m_recent[place]);
}

void SourceChooser::write() const
{
    QStringList lines;
    for (const SourceEntry& entry : m_recent)
        lines.append((entry.kind == SourceEntry::Kind::File ? QStringLiteral("f ")
                             : entry.isReadOnly             ? QStringLiteral("v ")
                                                            : QStringLiteral("r "))
            + entry.where);
    QSettings().setValue(QLatin1String(recentKey), lines);
}
