// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ViewerCommandLine: what the viewer was started with. A value.
//
//     langfuse-proxy-gui [FILE] [--attach URL] [--token-file F] [--listen ADDRESS:PORT] [--env-file F]
//                        [--filter EXPRESSION] [--highlight EXPRESSION] [--select ID] [--theme WORD]
//                        [--minimized] [--profile NAME]
//     langfuse-proxy-gui --diff FILE FILE
//     langfuse-proxy-gui --headless --export FORM:FILE [FILE] [--attach URL] [--filter EXPRESSION]

#include "base/result.h"
#include "base/secret.h"
#include "gui/style/theme.h"

#include <QCoreApplication>
#include <QStringList>
#include <QUrl>

#include <optional>

struct ViewerCommandLine
{
    Q_DECLARE_TR_FUNCTIONS(ViewerCommandLine)

public:
    static constexpr const char* csvForm = "csv";

    QStringList files; // whole paths; of isDiff two
    QUrl attachTo; // empty: none
    Secret token; // of --token-file
    QByteArray listenHost; // of --listen; empty: as the settings say
    QByteArray listenPort;
    QByteArray envFile;
    QString filter;
    QString highlight;
    QByteArray selectId;
    std::optional<theme::Preference> preference;
    bool isMinimized = false;
    bool isDiff = false; // the newest calls of both files are compared
    bool isHeadless = false; // no window: only the export
    QString exportForm; // a word of CallExporter::formatOf(), or csvForm
    QString exportFile; // a whole path
    QString profile; // settings and layout of its own; letters, digits, - and _; empty: the usual ones
    QString answer; // to --help or --version: printed, and that is all

    /// A proxy of our own is started: nothing else is to be shown, or an address was given for it.
    [[nodiscard]] bool startsProxy() const
    {
        return !isHeadless && (!listenPort.isEmpty() || (files.isEmpty() && attachTo.isEmpty()));
    }
    /// The running viewer may do it instead.
    [[nodiscard]] bool canBeHandedOver() const
    {
        return attachTo.isEmpty() && listenPort.isEmpty() && filter.isEmpty() && selectId.isEmpty() && !isDiff
            && !isHeadless;
    }

    /// `arguments`: with the program's name. BadRequest: a message for people, whose program shall end
    /// with 2.
    [[nodiscard]] static Result<ViewerCommandLine> parse(const QStringList& arguments);

private:
    /// What is wrong with how the options go together; nothing when all is well.
    [[nodiscard]] std::optional<QString> contradiction() const;
    [[nodiscard]] Result<void> takeExport(const QString& text);
};
