// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The bodies of the call that a DetailPane shows.

#include "gui/detail/bodyview.h"
#include "gui/detail/detailpane.h"
#include "gui/detail/rawpath.h"
#include "gui/source/tracesource.h"

#include <QFileDialog>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>
#include <QMessageBox>
#include <QSaveFile>

void DetailPane::fillBody(BodyView* view, const char* side)
{
    const QJsonObject half = m_call.value(QLatin1String(side)).toObject();
    const QJsonValue body = half.value(QLatin1String("body"));
    BodyView::Body shown;
    shown.bytes = body[QLatin1String("text")].isString()
        ? body[QLatin1String("text")].toString().toUtf8()
        : QByteArray::fromBase64(body[QLatin1String("base64")].toString().toLatin1());
    for (const QJsonValue& header : half.value(QLatin1String("headers")).toArray()) {
        if (header[0].toString().compare(QLatin1String("content-type"), Qt::CaseInsensitive) == 0)
            shown.mediaType = header[1].toString();
    }
    const qint64 bytes = half.value(QLatin1String("bytes")).toInteger();
    QStringList notes{QLocale().formattedDataSize(bytes)};
    if (m_call.value(QLatin1String("truncated")).toBool() && shown.bytes.size() < bytes)
        notes.append(tr("cut when it was kept"));
    if (m_call.value(QLatin1String("contentOmitted")).toBool())
        notes.append(tr("content is not kept"));
    if (!m_call.isEmpty())
        shown.note = notes.join(QStringLiteral(" · "));
    else if (!m_id.isEmpty() && m_problem->isHidden())
        shown.note = tr("Shown when the call has ended");
    if (qstrcmp(side, "request") == 0) {
        QStringList words;
        const QJsonObject parameters = m_call.value(QLatin1String("parameters")).toObject();
        for (auto it = parameters.begin(); it != parameters.end(); ++it)
            words.append(it.key() + u' ' + it.value().toVariant().toString());
        words.removeIf([](const QString& word) { return word.endsWith(u' ') || word.size() > 60; });
        shown.head = words.join(QStringLiteral("   "));
    } else {
        shown.reassembled = m_call.value(QLatin1String("output"));
    }
    view->setBody(shown);
}

void DetailPane::showRaw(const QString& path)
{
    if (path.startsWith(QLatin1String("output"))) {
        setTab(Response);
        m_response->setForm(BodyView::Tree);
        return;
    }
    setTab(Request);
    const QByteArray body
        = m_call.value(QLatin1String("request"))[QLatin1String("body")][QLatin1String("text")]
              .toString()
              .toUtf8();
    m_request->showPath(rawPath(path, m_call, QJsonDocument::fromJson(body).object()));
}

/// The bytes as they are stored, not as they are shown.
void DetailPane::save(const char* side)
{
    if (!m_source || m_call.isEmpty())
        return;
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Save the body"), QString::fromLatin1(m_id.left(8) + '-' + side));
    if (file.isEmpty())
        return;
    m_source->ask("GET", "/api/traces/" + m_id.toPercentEncoding() + '/' + side, this,
        [this, file](const SourceAnswer& answer) {
            QSaveFile target(file);
            const bool isWritten = answer.isOk() && target.open(QIODevice::WriteOnly)
                && target.write(answer.body) == answer.body.size() && target.commit();
            if (!isWritten)
                QMessageBox::warning(this, tr("Save the body"),
                    answer.isOk() ? target.errorString() : TraceSource::errorText(answer.body));
        });
}
