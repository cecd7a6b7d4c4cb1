// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/window/viewercommandline.h"

#include "base/version.h"
#include "gui/action/callexporter.h"
#include "gui/model/callfilter.h"
#include "gui/window/attachdialog.h"

#include <QCommandLineParser>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

namespace {

Error wrongArgument(const QString& message)
{
    return {ErrorCode::BadRequest, message, {}};
}

/// "127.0.0.1:3000", "[::1]:3000", ":3000" or "3000".
std::optional<std::pair<QByteArray, QByteArray>> readListen(const QString& text)
{
    const qsizetype colon = text.lastIndexOf(u':');
    const QString port = colon < 0 ? text : text.sliced(colon + 1);
    QString host = colon < 0 ? QString() : text.left(colon);
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.sliced(1, host.size() - 2);
    bool isNumber = false;
    const int number = port.toInt(&isNumber);
    if (!isNumber || number < 0 || number > 65535)
        return std::nullopt;
    return std::pair{host.toUtf8(), QByteArray::number(number)};
}

} // namespace

std::optional<QString> ViewerCommandLine::contradiction() const
{
    static const QRegularExpression name(QStringLiteral("^[A-Za-z0-9_-]{0,64}$"));
    if (isDiff && files.size() != 2)
        return tr("--diff wants two files");
    if (!isDiff && files.size() > 1)
        return tr("Only one file can be shown at a time");
    if (!files.isEmpty() && !attachTo.isEmpty())
        return tr("Either a file or --attach can be shown");
    if (isHeadless != !exportFile.isEmpty())
        return tr("--export and --headless go together");
    if (isHeadless && isDiff)
        return tr("--diff wants a window");
    if (!name.match(profile).hasMatch())
        return tr("--profile %1: a name has letters, digits, - and _").arg(profile);
    return std::nullopt;
}

Result<void> ViewerCommandLine::takeExport(const QString& text)
{
    exportForm = text.section(u':', 0, 0);
    const QString file = text.section(u':', 1);
    const bool isKnown = exportForm == QLatin1String(csvForm) || CallExporter::formatOf(exportForm);
    if (!isKnown || file.isEmpty())
        return wrongArgument(
            tr("--export %1: wanted are har, jsonl, records, csv, markdown or html, a colon and a file")
                .arg(text));
    exportFile = QFileInfo(file).absoluteFilePath();
    return {};
}

Result<ViewerCommandLine> ViewerCommandLine::parse(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        tr("Shows the calls of a langfuse-proxy: of its own, of another, or of a file."));
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")}, tr("Show this."));
    const QCommandLineOption version(
        {QStringLiteral("v"), QStringLiteral("version")}, tr("Show the version."));
    const QCommandLineOption attach(
        QStringLiteral("attach"), tr("Show the calls of the proxy at URL."), QStringLiteral("URL"));
    const QCommandLineOption tokenFile(
        QStringLiteral("token-file"), tr("ADMIN_TOKEN of that proxy is in FILE."), QStringLiteral("FILE"));
    const QCommandLineOption listen(
        QStringLiteral("listen"), tr("Run a proxy at ADDRESS:PORT."), QStringLiteral("ADDRESS:PORT"));
    const QCommandLineOption envFile(
        QStringLiteral("env-file"), tr("Read settings from FILE."), QStringLiteral("FILE"));
    const QCommandLineOption filter(
        QStringLiteral("filter"), tr("Show only calls that match."), QStringLiteral("EXPRESSION"));
    const QCommandLineOption highlight(
        QStringLiteral("highlight"), tr("Dim calls that do not match."), QStringLiteral("EXPRESSION"));
    const QCommandLineOption select(
        QStringLiteral("select"), tr("Select the call ID."), QStringLiteral("ID"));
    const QCommandLineOption look(
        QStringLiteral("theme"), tr("system, light or dark."), QStringLiteral("THEME"));
    const QCommandLineOption diff(QStringLiteral("diff"),
        tr("Compare the newest call of the first FILE with the newest of the second, which is shown."));
    const QCommandLineOption exportTo(QStringLiteral("export"),
        tr("Write the calls of FILE, of the proxy at --attach or else of STORE_PATH into a file: har, jsonl, "
           "records, csv, markdown or html, and its name. With --headless."),
        QStringLiteral("FORM:FILE"));
    const QCommandLineOption headless(
        QStringLiteral("headless"), tr("No window: end when --export is done."));
    const QCommandLineOption profileName(QStringLiteral("profile"),
        tr("Keep settings, sources and the layout apart under NAME."), QStringLiteral("NAME"));
    const QCommandLineOption minimized(QStringLiteral("minimized"), tr("Start as an icon."));
    parser.addOptions({help, version, attach, tokenFile, listen, envFile, filter, highlight, select, look,
        minimized, diff, exportTo, headless, profileName});
    parser.addPositionalArgument(
        QStringLiteral("FILE"), tr("A store or a HAR to show."), QStringLiteral("[FILE]"));
    if (!parser.parse(arguments))
        return wrongArgument(parser.errorText());
    ViewerCommandLine line;
    if (parser.isSet(help) || parser.isSet(version)) {
        line.answer = parser.isSet(help)
            ? parser.helpText()
            : QStringLiteral("langfuse-proxy-gui %1\n").arg(QLatin1String(versionText));
        return line;
    }
    for (const QString& file : parser.positionalArguments())
        line.files.append(QFileInfo(file).absoluteFilePath());
    line.isDiff = parser.isSet(diff);
    line.isHeadless = parser.isSet(headless);
    line.profile = parser.value(profileName);
    if (parser.isSet(exportTo)) {
        if (const Result<void> taken = line.takeExport(parser.value(exportTo)); !taken)
            return taken.error();
    }
    if (parser.isSet(attach)) {
        const Result<QUrl> address = AttachDialog::readAddress(parser.value(attach));
        if (!address)
            return wrongArgument(QStringLiteral("--attach: %1").arg(address.error().message));
        line.attachTo = *address;
    }
    if (const auto wrong = line.contradiction())
        return wrongArgument(*wrong);
    if (parser.isSet(tokenFile)) {
        QFile file(parser.value(tokenFile));
        if (!parser.isSet(attach))
            return wrongArgument(tr("--token-file is of use with --attach only"));
        if (!file.open(QIODevice::ReadOnly))
            return wrongArgument(tr("--token-file %1: %2").arg(file.fileName(), file.errorString()));
        line.token = Secret(file.readLine(4096).trimmed());
    }
    if (parser.isSet(listen)) {
        const auto where = readListen(parser.value(listen));
        if (!where)
            return wrongArgument(tr("--listen %1: an address and a port are wanted, 127.0.0.1:3000")
                                     .arg(parser.value(listen)));
        std::tie(line.listenHost, line.listenPort) = *where;
    }
    line.envFile = parser.value(envFile).toLocal8Bit();
    line.filter = parser.value(filter);
    line.highlight = parser.value(highlight);
    for (const auto& [name, text] : {std::pair{"--filter", line.filter}, {"--highlight", line.highlight}}) {
        if (const auto parsed = CallFilter::parse(text); !parsed)
            return wrongArgument(QStringLiteral("%1: %2").arg(QLatin1String(name), parsed.error().message));
    }
    line.selectId = parser.value(select).toLatin1();
    if (parser.isSet(look)) {
        bool isKnown = false;
        line.preference = theme::preferenceOf(parser.value(look), &isKnown);
        if (!isKnown)
            return wrongArgument(tr("--theme is one of system, light and dark"));
    }
    line.isMinimized = parser.isSet(minimized);
    return line;
}
