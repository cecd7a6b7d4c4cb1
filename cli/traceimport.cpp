// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/traceimport.h"

#include "app/engineoptions.h"
#include "app/harimport.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "store/tracestore.h"
#include "trace/recordcodec.h"

#include <QDateTime>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace {

constexpr int recordsACommit = 100;

struct Imported
{
    qint64 taken = 0;
    qint64 known = 0; // there is one with its id
    qint64 expired = 0;
};

Error badLine(qint64 number, const QString& why)
{
    return {ErrorCode::BadRequest,
        QStringLiteral("line %1 is no call of `traces export --format records`: %2").arg(number).arg(why),
        {}};
}

Result<TraceRecord> recordOf(const QByteArray& line, qint64 number)
{
    const QJsonDocument document = QJsonDocument::fromJson(line);
    if (!document.isObject())
        return badLine(number, QStringLiteral("not a JSON object"));
    const QString text = document.object().value(QLatin1String("record")).toString();
    const auto bytes
        = QByteArray::fromBase64Encoding(text.toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (text.isEmpty() || !bytes)
        return badLine(number, QStringLiteral("it has no \"record\" in base64"));
    const Result<TraceRecord> record = RecordCodec::decode(*bytes);
    if (!record)
        return badLine(number, record.error().message);
    if (record->id.isEmpty()
        || QString::fromUtf8(record->id) != document.object().value(QLatin1String("id")).toString())
        return badLine(number, QStringLiteral("its record has another id"));
    return *record;
}

class Importer final
{
public:
    Importer(TraceStore* store, const Config& config, bool isDelivered)
        : m_store(store)
        , m_state(isDelivered ? DeliveryState::Pending : DeliveryState::Disabled)
        , m_horizonUs(QDateTime::currentMSecsSinceEpoch() * 1000
              - std::chrono::microseconds(config.storeMaxAge).count())
    {
    }

    [[nodiscard]] Result<void> take(const TraceRecord& record)
    {
        if (record.startedAtUs < m_horizonUs) {
            ++m_imported.expired;
            return {};
        }
        const Result<QList<qint64>> rows = m_store->rowsOf({record.id});
        if (!rows)
            return rows.error();
        if (!rows->isEmpty() || m_uncommitted.contains(record.id)) {
            ++m_imported.known;
            return {};
        }
        m_store->append(record, m_state, m_state == DeliveryState::Disabled ? importedReason : QByteArray());
        m_uncommitted.insert(record.id);
        ++m_imported.taken;
        return m_uncommitted.size() < recordsACommit ? Result<void>() : commit();
    }
    [[nodiscard]] Result<void> commit()
    {
        m_uncommitted.clear();
        return m_store->flush();
    }
    [[nodiscard]] const Imported& imported() const { return m_imported; }

private:
    TraceStore* m_store;
    DeliveryState m_state;
    qint64 m_horizonUs;
    QSet<QByteArray> m_uncommitted;
    Imported m_imported;
};

Result<void> takeAll(QFile* file, Importer* importer)
{
    Progress progress("importing, KiB", file->isSequential() ? 0 : file->size() / 1024);
    qint64 bytes = 0;
    for (qint64 number = 1;; ++number) {
        const QByteArray line = file->readLine();
        if (line.isEmpty())
            break;
        progress.advance((bytes + line.size()) / 1024 - bytes / 1024);
        bytes += line.size();
        if (line.trimmed().isEmpty())
            continue;
        const Result<TraceRecord> record = recordOf(line, number);
        if (!record)
            return record.error();
        if (const Result<void> taken = importer->take(*record); !taken)
            return taken.error();
    }
    if (file->error() != QFile::NoError)
        return Error{ErrorCode::StoreFailed, QStringLiteral("cannot read: %1").arg(file->errorString()),
            file->fileName()};
    return {};
}

QByteArray summaryText(const Imported& imported)
{
    QByteArray text = QByteArray::number(imported.taken) + " imported";
    if (imported.known > 0)
        text += ", " + QByteArray::number(imported.known) + " there already";
    if (imported.expired > 0)
        text += ", " + QByteArray::number(imported.expired) + " older than STORE_MAX_AGE and left out";
    return text + '\n';
}

QByteArray summaryJson(const Imported& imported)
{
    return QJsonDocument(
               QJsonObject{{QStringLiteral("imported"), imported.taken},
                   {QStringLiteral("known"), imported.known}, {QStringLiteral("expired"), imported.expired}})
               .toJson(QJsonDocument::Compact)
        + '\n';
}

bool openInput(QFile* file, const QByteArray& name)
{
    if (name == "-")
        return file->open(stdin, QIODevice::ReadOnly);
    file->setFileName(QFile::decodeName(name));
    return file->open(QIODevice::ReadOnly);
}

} // namespace

ExitCode importTraces(const CommandLine& commandLine)
{
    const Result<ProcessSettings> settings = processSettings(commandLine.settings);
    if (!settings)
        return fail(settings.error());
    QFile file;
    if (!openInput(&file, commandLine.inputFile))
        return fail({ErrorCode::BadRequest, QStringLiteral("cannot read: %1").arg(file.errorString()),
            QString::fromLocal8Bit(commandLine.inputFile)});
    TraceStore store;
    if (const Result<void> opened = store.open(storeOptions(settings->loaded.config)); !opened)
        return fail(opened.error());
    Importer importer(&store, settings->loaded.config, commandLine.isDelivered);
    const Result<void> done = takeAll(&file, &importer);
    const Result<void> committed = importer.commit();
    print(commandLine.json ? summaryJson(importer.imported()) : summaryText(importer.imported()));
    if (!committed)
        return fail(committed.error());
    return done ? ExitCode::Ok : fail(done.error());
}
