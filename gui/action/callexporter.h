// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CallExporter: writes calls into a file, one after the other as the source gives them. What is exported is
// what is stored: credentials are masked there already. Main thread; for one export.

#include <QByteArrayList>
#include <QObject>
#include <QPointer>
#include <QSaveFile>

#include <optional>

class TraceSource;
struct SourceAnswer;

enum class ExportFormat {
    Har, // 1.2
    JsonLines, // a line each, as GET /api/traces/{id}
    Records, // a line each, for `traces import`
    Markdown,
    Html, // one page that needs nothing around it
};

class CallExporter final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CallExporter)

public:
    CallExporter(TraceSource* source, QByteArrayList ids, ExportFormat format, QObject* parent = nullptr);
    ~CallExporter() override;

    /// Begins; finished() follows. A file that is there already is replaced when all is written, not before.
    void start(const QString& fileName);
    /// Ends without a file and without finished().
    void cancel();

    /// Of "har", "jsonl", "records", "markdown" and "html", as command lines say it.
    [[nodiscard]] static std::optional<ExportFormat> formatOf(QStringView word);
    /// har, jsonl, md ...
    [[nodiscard]] static QString suffix(ExportFormat format);

Q_SIGNALS:
    void progressed(qsizetype done, qsizetype all);
    /// Terminal. `problem`: for people, and there is no file then; empty: all is written. `left`: so many
    /// calls are not there any more, or have not ended yet.
    void finished(const QString& problem, qsizetype left);

private:
    void askNext();
    void take(const SourceAnswer& answer);
    [[nodiscard]] QByteArray entryOf(const QByteArray& json) const;
    void end();
    void fail(const QString& problem);

    QPointer<TraceSource> m_source;
    QByteArrayList m_ids;
    ExportFormat m_format;
    QSaveFile m_file;
    qsizetype m_next = 0;
    qsizetype m_written = 0;
    quint64 m_ticket = 0;
    bool m_isOver = false;
};
