// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/model/callmarks.h"

#include "base/logging.h"
#include "gui/model/requestlistmodel.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QStandardPaths>

#include <algorithm>

namespace {

constexpr int marksWriteMs = 500;

} // namespace

CallMarks::CallMarks(RequestListModel* model, QString fileName)
    : m_model(model)
    , m_fileName(std::move(fileName))
    , m_kept(read())
{
    m_write.setSingleShot(true);
    m_write.setInterval(marksWriteMs);
    connect(&m_write, &QTimer::timeout, this, &CallMarks::write);
    m_model->setRestored([this](CallFacts* call) { restore(call); });
    connect(m_model, &RequestListModel::annotated, this, &CallMarks::take);
}

CallMarks::~CallMarks()
{
    m_model->setRestored({});
    write();
}

QString CallMarks::fileOfProfile()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/marks.json");
}

void CallMarks::restore(CallFacts* call) const
{
    if (const auto kept = m_kept.constFind(call->id); kept != m_kept.constEnd()) {
        call->mark = kept->mark;
        call->note = kept->note;
    }
}

void CallMarks::take(const CallFacts& call)
{
    m_lastChangeMs = std::max(QDateTime::currentMSecsSinceEpoch(), m_lastChangeMs + 1);
    if (call.mark == 0 && call.note.isEmpty())
        m_kept.remove(call.id);
    else
        m_kept.insert(call.id, {call.mark, call.note, m_lastChangeMs});
    m_changed.insert(call.id);
    m_write.start();
}

CallMarks::Table CallMarks::read() const
{
    Table table;
    QFile file(m_fileName);
    if (!file.open(QIODevice::ReadOnly))
        return table;
    const QJsonObject calls = QJsonDocument::fromJson(file.readAll()).object();
    for (auto call = calls.begin(); call != calls.end(); ++call) {
        const QJsonObject kept = call->toObject();
        table.insert(call.key().toLatin1(),
            {kept.value(QLatin1String("mark")).toInt(), kept.value(QLatin1String("note")).toString(),
                kept.value(QLatin1String("changedAt")).toInteger()});
    }
    return table;
}

/// Another viewer may have written meanwhile: only what has changed here is changed there.
void CallMarks::write()
{
    m_write.stop();
    if (m_changed.isEmpty())
        return;
    Table table = read();
    for (const QByteArray& id : std::as_const(m_changed)) {
        table.remove(id);
        if (const auto kept = m_kept.constFind(id); kept != m_kept.constEnd())
            table.insert(id, *kept);
    }
    QByteArrayList ids = table.keys();
    std::sort(ids.begin(), ids.end(), [&table](const QByteArray& a, const QByteArray& b) {
        return table.constFind(a)->changedAtMs > table.constFind(b)->changedAtMs;
    });
    for (qsizetype place = m_most; place < ids.size(); ++place)
        table.remove(ids.at(place));
    m_kept = table;
    QJsonObject calls;
    for (auto kept = table.cbegin(); kept != table.cend(); ++kept) {
        calls.insert(QString::fromLatin1(kept.key()),
            QJsonObject{{QStringLiteral("mark"), kept->mark}, {QStringLiteral("note"), kept->note},
                {QStringLiteral("changedAt"), kept->changedAtMs}});
    }
    QDir().mkpath(QFileInfo(m_fileName).absolutePath());
    QSaveFile file(m_fileName);
    const bool isWritten = file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        && file.write(QJsonDocument(calls).toJson(QJsonDocument::Compact)) >= 0 && file.commit();
    if (isWritten)
        m_changed.clear();
    else
        Logging::write(Logging::Level::Warn, "viewer", "marks and notes are not kept",
            {{"file", m_fileName.toUtf8()}, {"error", file.errorString().toUtf8()}});
}
