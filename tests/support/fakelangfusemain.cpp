// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// fake-langfuse: FakeLangfuse as a program, for shell and node tests and the benchmark. Prints {"port":N},
// then one JSON object a line for each accepted span. Keys: pk-lf-test and sk-lf-test unless --public-key and
// --secret-key say otherwise. --quiet prints no spans. Ends with SIGTERM.

#include "support/fakelangfuse.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

namespace {

void printLine(const QJsonObject& object)
{
    const QByteArray line = QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stdout);
    std::fflush(stdout);
}

void printSpan(const LangfuseSpan& span)
{
    const auto text = [](const QByteArray& bytes) { return QString::fromUtf8(bytes); };
    QJsonObject attributes;
    for (auto it = span.attributes.cbegin(); it != span.attributes.cend(); ++it)
        attributes.insert(text(it.key()), text(it.value()));
    printLine({{QStringLiteral("traceId"), text(span.traceId)}, {QStringLiteral("spanId"), text(span.spanId)},
        {QStringLiteral("parentSpanId"), text(span.parentSpanId)}, {QStringLiteral("name"), text(span.name)},
        {QStringLiteral("startNs"), QString::number(span.startNs)},
        {QStringLiteral("endNs"), QString::number(span.endNs)},
        {QStringLiteral("statusCode"), span.statusCode},
        {QStringLiteral("statusMessage"), text(span.statusMessage)},
        {QStringLiteral("scope"), text(span.scopeName)}, {QStringLiteral("attributes"), attributes}});
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    const QCommandLineOption publicKey(
        QStringLiteral("public-key"), QString(), QStringLiteral("key"), QStringLiteral("pk-lf-test"));
    const QCommandLineOption secretKey(
        QStringLiteral("secret-key"), QString(), QStringLiteral("key"), QStringLiteral("sk-lf-test"));
    const QCommandLineOption port(
        QStringLiteral("port"), QString(), QStringLiteral("number"), QStringLiteral("0"));
    const QCommandLineOption quiet(QStringLiteral("quiet"));
    QCommandLineParser parser;
    parser.addOptions({publicKey, secretKey, port, quiet});
    parser.process(app);
    FakeLangfuseOptions options;
    options.publicKey = parser.value(publicKey).toUtf8();
    options.secretKey = parser.value(secretKey).toUtf8();
    options.port = parser.value(port).toUShort();
    if (!parser.isSet(quiet))
        options.onSpan = printSpan;
    const FakeLangfuse server(options);
    printLine({{QStringLiteral("port"), server.port()}});
    return QCoreApplication::exec();
}
