// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/window/sourceswitch.h"

#include "gui/model/callfeed.h"
#include "gui/model/requestlistmodel.h"
#include "gui/source/filesource.h"
#include "gui/source/remotesource.h"

#include <QJsonDocument>

SourceSwitch::SourceSwitch(RequestListModel* model, QObject* parent)
    : QObject(parent)
    , m_model(model)
{
}

SourceSwitch::~SourceSwitch()
{
    m_feed.reset(); // before the source that it listens to
}

void SourceSwitch::setOwn(std::unique_ptr<TraceSource> source)
{
    std::unique_ptr<TraceSource> before = std::exchange(m_own, std::move(source));
    change({}, m_own.get());
    m_guest.reset();
    m_own->start();
}

void SourceSwitch::showOwn()
{
    if (!m_own || m_shown == m_own.get())
        return;
    change({}, m_own.get());
    m_guest.reset();
    m_feed->reload(); // it is attached already
}

void SourceSwitch::openFile(const QString& path)
{
    show({SourceEntry::Kind::File, path}, std::make_unique<FileSource>(path));
}

void SourceSwitch::attach(const QUrl& url, const Secret& token, bool isReadOnly)
{
    auto source = std::make_unique<RemoteSource>(url, token, RemoteSource::Timing());
    if (isReadOnly)
        source->setReadOnly();
    show({SourceEntry::Kind::Remote, url.toString(), isReadOnly}, std::move(source));
}

void SourceSwitch::show(const SourceEntry& entry, std::unique_ptr<TraceSource> source)
{
    std::unique_ptr<TraceSource> before = std::exchange(m_guest, std::move(source));
    change(entry, m_guest.get());
    before.reset();
    m_guest->start();
}

void SourceSwitch::change(const SourceEntry& entry, TraceSource* source)
{
    Q_EMIT aboutToChange();
    m_feed.reset();
    if (m_shown)
        m_shown->disconnect(this);
    m_model->clear();
    m_entry = entry;
    m_shown = source;
    m_feed = std::make_unique<CallFeed>(source, m_model, m_mostKept);
    m_feed->setRecording(m_isRecording);
    connect(m_feed.get(), &CallFeed::loaded, this, &SourceSwitch::loaded);
    connect(m_feed.get(), &CallFeed::gapFound, this, &SourceSwitch::gapFound);
    connect(m_feed.get(), &CallFeed::telemetryChanged, this, &SourceSwitch::telemetryChanged);
    connect(source, &TraceSource::statusChanged, this, [this](const SourceStatus& status) {
        if (status.state == SourceStatus::State::Attached)
            askForHealth();
        Q_EMIT statusChanged(status);
    });
    Q_EMIT gapFound(0);
    Q_EMIT sourceChanged();
    if (source->status().state == SourceStatus::State::Attached)
        askForHealth();
    Q_EMIT statusChanged(source->status());
}

/// The ledger says something only when it changes.
void SourceSwitch::askForHealth()
{
    m_shown->ask("GET", "/api/health", m_feed.get(), [this](const SourceAnswer& answer) {
        if (answer.isOk())
            Q_EMIT telemetryChanged(
                QJsonDocument::fromJson(answer.body).object().value(QLatin1String("telemetry")).toObject());
    });
}

void SourceSwitch::loadGap()
{
    if (m_feed)
        m_feed->reload();
}

void SourceSwitch::setRecording(bool isRecording)
{
    m_isRecording = isRecording;
    if (m_feed)
        m_feed->setRecording(isRecording);
}
