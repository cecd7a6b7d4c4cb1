// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testcertificates.h"

#include <QFile>
#include <QProcess>

namespace {
const QStringList newKey{QStringLiteral("-newkey"), QStringLiteral("ec"), QStringLiteral("-pkeyopt"),
    QStringLiteral("ec_paramgen_curve:prime256v1"), QStringLiteral("-nodes")};
const QString ownHosts = QStringLiteral("IP:127.0.0.1,IP:::1,DNS:localhost");

QStringList monthFromNow()
{
    return {QStringLiteral("-days"), QStringLiteral("30")};
}

/// OpenSSL from 3.5 on refuses an end before the start; only from 3.4 on it can be told the start.
QStringList inThePast()
{
    QProcess help;
    help.setProcessChannelMode(QProcess::MergedChannels);
    help.start(QStringLiteral("openssl"), {QStringLiteral("x509"), QStringLiteral("-help")});
    help.waitForFinished();
    if (!help.readAll().contains("-not_before"))
        return {QStringLiteral("-days"), QStringLiteral("-1")};
    return {QStringLiteral("-not_before"), QStringLiteral("20240101000000Z"), QStringLiteral("-not_after"),
        QStringLiteral("20240102000000Z")};
}

} // namespace

TestCertificates::TestCertificates()
{
    makeCa();
    m_good = makeServer(QStringLiteral("good"), ownHosts, monthFromNow());
    m_expired = makeServer(QStringLiteral("expired"), ownHosts, inThePast());
    m_wrongHost
        = makeServer(QStringLiteral("wronghost"), QStringLiteral("DNS:other.example"), monthFromNow());
    m_selfSigned = makeSelfSigned();
}

void TestCertificates::makeCa()
{
    openssl(QStringList{QStringLiteral("req"), QStringLiteral("-x509")} + newKey
        + QStringList{QStringLiteral("-keyout"), QStringLiteral("ca.key"), QStringLiteral("-out"),
            QStringLiteral("ca.pem"), QStringLiteral("-days"), QStringLiteral("30"), QStringLiteral("-subj"),
            QStringLiteral("/CN=langfuse-proxy test CA")});
    m_ca = QSslCertificate(readFile(QStringLiteral("ca.pem")));
}

ServerCertificate TestCertificates::makeServer(
    const QString& name, const QString& hosts, const QStringList& validity)
{
    writeFile(name + QStringLiteral(".ext"), "subjectAltName=" + hosts.toLatin1() + '\n');
    openssl(QStringList{QStringLiteral("req")} + newKey
        + QStringList{QStringLiteral("-keyout"), name + QStringLiteral(".key"), QStringLiteral("-out"),
            name + QStringLiteral(".csr"), QStringLiteral("-subj"), QStringLiteral("/CN=") + name});
    openssl(QStringList{QStringLiteral("x509"), QStringLiteral("-req"), QStringLiteral("-in"),
                name + QStringLiteral(".csr"), QStringLiteral("-CA"), QStringLiteral("ca.pem"),
                QStringLiteral("-CAkey"), QStringLiteral("ca.key"), QStringLiteral("-CAcreateserial"),
                QStringLiteral("-extfile"), name + QStringLiteral(".ext"), QStringLiteral("-out"),
                name + QStringLiteral(".pem")}
        + validity);
    ServerCertificate certificate = load(name);
    certificate.chain.append(m_ca);
    return certificate;
}

ServerCertificate TestCertificates::makeSelfSigned()
{
    const QString name = QStringLiteral("selfsigned");
    openssl(QStringList{QStringLiteral("req"), QStringLiteral("-x509")} + newKey
        + QStringList{QStringLiteral("-keyout"), name + QStringLiteral(".key"), QStringLiteral("-out"),
            name + QStringLiteral(".pem"), QStringLiteral("-days"), QStringLiteral("30"),
            QStringLiteral("-subj"), QStringLiteral("/CN=localhost"), QStringLiteral("-addext"),
            QStringLiteral("subjectAltName=") + ownHosts});
    return load(name);
}

ServerCertificate TestCertificates::load(const QString& name)
{
    const QSslCertificate certificate(readFile(name + QStringLiteral(".pem")));
    const QSslKey key(readFile(name + QStringLiteral(".key")), QSsl::Ec);
    if (isValid() && (certificate.isNull() || key.isNull()))
        m_errorText = QStringLiteral("Qt cannot read the certificate or key that openssl made: ") + name;
    return {{certificate}, key};
}

void TestCertificates::openssl(const QStringList& arguments)
{
    if (!isValid())
        return;
    QProcess process;
    process.setWorkingDirectory(m_directory.path());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral("openssl"), arguments);
    if (!process.waitForFinished() || process.exitStatus() != QProcess::NormalExit
        || process.exitCode() != 0) {
        m_errorText = QStringLiteral("openssl ") + arguments.join(u' ') + QStringLiteral(": ")
            + process.errorString() + QStringLiteral(": ") + QString::fromLocal8Bit(process.readAll());
    }
}

void TestCertificates::writeFile(const QString& name, const QByteArray& bytes)
{
    QFile file(m_directory.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        m_errorText = QStringLiteral("cannot write ") + file.fileName();
}

QByteArray TestCertificates::readFile(const QString& name)
{
    QFile file(m_directory.filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}
