// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/window/tokenstore.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QStandardPaths>

namespace {

constexpr QFileDevice::Permissions ownersOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

QString tokenKey(const QUrl& url)
{
    return url.toString(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo);
}

QJsonObject readTokens(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

} // namespace

TokenStore::TokenStore(const QString& path)
    : m_path(path.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation)
                + QStringLiteral("/tokens.json")
                            : path)
{
}

Secret TokenStore::token(const QUrl& url) const
{
    return Secret(readTokens(m_path).value(tokenKey(url)).toString().toUtf8());
}

Result<void> TokenStore::setToken(const QUrl& url, const Secret& token)
{
    QJsonObject tokens = readTokens(m_path);
    if (token.isEmpty() && !tokens.contains(tokenKey(url)))
        return {};
    tokens.remove(tokenKey(url));
    if (!token.isEmpty())
        tokens.insert(tokenKey(url), QString::fromUtf8(token.reveal()));
    QDir().mkpath(QFileInfo(m_path).absolutePath());
    QSaveFile file(m_path);
    // The rights come before the content.
    const bool isWritten = file.open(QIODevice::WriteOnly) && file.setPermissions(ownersOnly)
        && file.write(QJsonDocument(tokens).toJson()) > 0 && file.commit();
    if (!isWritten)
        return Error{ErrorCode::StoreFailed, file.errorString(), m_path};
    return {};
}
