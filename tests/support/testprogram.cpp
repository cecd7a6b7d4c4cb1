// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QMap>

#include <cstdio>

namespace {

QMap<QString, TestProgram::Run>& entries()
{
    static QMap<QString, TestProgram::Run> all;
    return all;
}

} // namespace

TestProgram::Entry::Entry(const char* name, Run run)
{
    entries().insert(QFileInfo(QString::fromLocal8Bit(name)).completeBaseName(), run);
}

int TestProgram::run()
{
    QStringList arguments = QCoreApplication::arguments();
    const TestProgram::Run run = entries().value(arguments.value(1));
    if (!run) {
        std::fprintf(stderr, "usage: %s NAME [arguments of Qt Test]; NAME is one of:\n",
            qPrintable(arguments.value(0)));
        for (const QString& name : entries().keys())
            std::fprintf(stderr, "    %s\n", qPrintable(name));
        return 64; // EX_USAGE
    }
    arguments.removeAt(1);
    return run(arguments);
}
