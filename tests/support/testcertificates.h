// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TestCertificates: a test CA and server certificates of several kinds, made with the openssl command in a
// temporary directory. Owned by the test; make it once (initTestCase), it runs openssl a dozen times.

#include <QSslCertificate>
#include <QSslKey>
#include <QTemporaryDir>

struct ServerCertificate
{
    QList<QSslCertificate> chain;
    QSslKey key;
};

class TestCertificates final
{
    Q_DISABLE_COPY_MOVE(TestCertificates)

public:
    TestCertificates();

    /// False when the openssl command is missing or failed: errorText() then says how.
    [[nodiscard]] bool isValid() const { return m_errorText.isEmpty(); }
    [[nodiscard]] QString errorText() const { return m_errorText; }

    [[nodiscard]] QSslCertificate ca() const { return m_ca; }
    /// PEM file with the CA's certificate, e.g. for SSL_CERT_FILE.
    [[nodiscard]] QString caFile() const { return m_directory.filePath(QStringLiteral("ca.pem")); }

    /// Signed by ca(), for 127.0.0.1, ::1 and localhost.
    [[nodiscard]] ServerCertificate good() const { return m_good; }
    /// As good(), ended yesterday.
    [[nodiscard]] ServerCertificate expired() const { return m_expired; }
    /// Signed by ca(), for another host.
    [[nodiscard]] ServerCertificate wrongHost() const { return m_wrongHost; }
    /// For 127.0.0.1, signed by itself.
    [[nodiscard]] ServerCertificate selfSigned() const { return m_selfSigned; }

private:
    void makeCa();
    [[nodiscard]] ServerCertificate makeServer(
        const QString& name, const QString& hosts, const QStringList& validity);
    [[nodiscard]] ServerCertificate makeSelfSigned();
    [[nodiscard]] ServerCertificate load(const QString& name);
    void openssl(const QStringList& arguments);
    void writeFile(const QString& name, const QByteArray& bytes);
    [[nodiscard]] QByteArray readFile(const QString& name);

    QTemporaryDir m_directory;
    QString m_errorText;
    QSslCertificate m_ca;
    ServerCertificate m_good;
    ServerCertificate m_expired;
    ServerCertificate m_wrongHost;
    ServerCertificate m_selfSigned;
};
