// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/language/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

#include <memory>

namespace {

/// Whoever installed it is asked for it by name when it is to go.
bool installTranslator(const QString& name, const QLocale& locale, const QString& base, const QString& folder)
{
    QCoreApplication* application = QCoreApplication::instance();
    delete application->findChild<QTranslator*>(name, Qt::FindDirectChildrenOnly);
    auto translator = std::make_unique<QTranslator>(application);
    translator->setObjectName(name);
    return translator->load(locale, base, QStringLiteral("_"), folder)
        && QCoreApplication::installTranslator(translator.release());
}

} // namespace

bool installLanguage(const QLocale& locale)
{
    const QString own = QStringLiteral("langfuse-proxy-gui");
    const QString folder = QStringLiteral(":/translations");
    // English has plurals too: they stand below what another language lacks.
    installTranslator(QStringLiteral("englishPlurals"), QLocale(QLocale::English), own, folder);
    installTranslator(QStringLiteral("wordsOfQt"), locale, QStringLiteral("qtbase"),
        QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    return installTranslator(QStringLiteral("words"), locale, own, folder);
}
