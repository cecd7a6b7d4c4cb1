// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// SourceSwitch: which source the list shows. The proxy of our own runs on while another source is looked at;
// of the others there is one at a time. Gives each shown source a CallFeed into the list. Main thread, owned
// by the window.

#include "base/secret.h"
#include "gui/source/sourceevent.h"

#include <QObject>

#include <memory>

class CallFeed;
class QJsonObject;
class RequestListModel;
class TraceSource;

/// One line of the list of sources.
struct SourceEntry
{
    enum class Kind { Own, Remote, File };

    Kind kind = Kind::Own;
    QString where; // an URL, a path; empty: our own
    bool isReadOnly = false; // of a remote: nothing is changed there

    bool operator==(const SourceEntry&) const = default;
};

class SourceSwitch final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SourceSwitch)

public:
    /// `model` must outlive this.
    explicit SourceSwitch(RequestListModel* model, QObject* parent = nullptr);
    ~SourceSwitch() override;

    /// The proxy of our own, or what stands for it; starts and shows it.
    void setOwn(std::unique_ptr<TraceSource> source);
    [[nodiscard]] bool hasOwn() const { return m_own != nullptr; }
    [[nodiscard]] TraceSource* own() const { return m_own.get(); }
    void showOwn();
    void openFile(const QString& path);
    void attach(const QUrl& url, const Secret& token, bool isReadOnly = false);
    /// Another source for that entry; starts and shows it.
    void show(const SourceEntry& entry, std::unique_ptr<TraceSource> source);

    /// Nothing before the first source.
    [[nodiscard]] TraceSource* source() const { return m_shown; }
    [[nodiscard]] CallFeed* feed() const { return m_feed.get(); }
    [[nodiscard]] const SourceEntry& entry() const { return m_entry; }

    /// So many of the calls that a source has kept are fetched, the newest; from the next source on.
    void setMostKept(qsizetype most) { m_mostKept = most; }
    /// Brings the calls of gapFound() into the list.
    void loadGap();
    void setRecording(bool isRecording);
    [[nodiscard]] bool isRecording() const { return m_isRecording; }

Q_SIGNALS:
    /// Comes before the old source and its feed are gone: let go of them.
    void aboutToChange();
    void sourceChanged();
    void statusChanged(const SourceStatus& status);
    /// The calls that are kept already are in the list, or why they are not.
    void loaded(const QString& error);
    void telemetryChanged(const QJsonObject& telemetry);
    /// As CallFeed::gapFound().
    void gapFound(qint64 calls);

private:
    void change(const SourceEntry& entry, TraceSource* source);
    void askForHealth();

    RequestListModel* m_model;
    std::unique_ptr<TraceSource> m_own;
    std::unique_ptr<TraceSource> m_guest;
    std::unique_ptr<CallFeed> m_feed;
    TraceSource* m_shown = nullptr;
    SourceEntry m_entry;
    qsizetype m_mostKept = 10'000;
    bool m_isRecording = true;
};
