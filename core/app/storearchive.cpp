// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/storearchive.h"

#include "app/harimport.h"
#include "live/apiquery.h"
#include "live/queryrunner.h"
#include "live/storequestions.h"

#include <QFile>
#include <QFileInfo>

StoreArchive::StoreArchive(QString path, QObject* parent)
    : QObject(parent)
    , m_path(std::move(path))
{
    qRegisterMetaType<ApiAnswer>();
}

StoreArchive::~StoreArchive()
{
    for (const auto& isGone : std::as_const(m_asked))
        *isGone = true;
    if (m_queries)
        m_thread->run([this] { delete m_queries; });
}

Result<void> StoreArchive::open()
{
    // SQLite would report a missing file only when it is read.
    if (!QFileInfo(m_path).isFile())
        return Error{ErrorCode::StoreFailed, QStringLiteral("there is no file %1").arg(m_path), m_path};
    if (const Result<void> read = readHar(); !read)
        return read;
    m_thread = std::make_unique<ThreadHolder>(QStringLiteral("query"));
    Result<void> opened;
    m_thread->run([this, &opened] {
        const auto reader = StoreReader::open(m_path);
        const auto page = reader ? (*reader)->traces({}, 1) : reader.error();
        if (!page) {
            opened = page.error();
            return;
        }
        m_queries = new QueryRunner([path = m_path] { return StoreReader::open(path); });
        connect(m_queries, &QueryRunner::answered, this, &StoreArchive::give);
    });
    return opened;
}

Result<void> StoreArchive::readHar()
{
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::StoreFailed, file.errorString(), m_path};
    if (!file.peek(64).trimmed().startsWith('{')) // a store begins with "SQLite format 3"
        return {};
    m_imported = std::make_unique<QTemporaryDir>();
    const QString store = m_imported->filePath(QStringLiteral("imported.db"));
    if (const Result<qsizetype> read = importHar(file.readAll(), store); !read)
        return read.error();
    m_path = store;
    return {};
}

bool StoreArchive::ask(quint64 number, const QByteArray& method, const QByteArray& target)
{
    if (!m_queries)
        return false;
    const auto isGone = std::make_shared<std::atomic_bool>(false);
    m_asked.insert(number, isGone);
    const auto later = [this, number](const ApiAnswer& answer) {
        QMetaObject::invokeMethod(
            this, [this, number, answer] { give(number, answer); }, Qt::QueuedConnection);
    };
    const auto query = ApiQuery::parse(target);
    if (!query) {
        later(StoreQuestions::refusalOf(query.error()));
        return true;
    }
    const auto question = StoreQuestions::questionOf(*query, {m_clock.wall().count(), {}});
    if (!question || method != "GET")
        later(ApiAnswer::error(405, "read_only", "A store file by itself can be read only"));
    else if (!*question)
        later(StoreQuestions::refusalOf(question->error()));
    else if (!m_queries->ask(number, isGone, **question))
        later(QueryRunner::refusal());
    return true;
}

void StoreArchive::dropQuestion(quint64 number)
{
    if (const auto isGone = m_asked.take(number))
        *isGone = true;
}

void StoreArchive::give(quint64 number, const ApiAnswer& answer)
{
    if (m_asked.remove(number) > 0)
        Q_EMIT answered(number, answer);
}
