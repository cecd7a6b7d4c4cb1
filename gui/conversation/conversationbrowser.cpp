// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/conversation/conversationbrowser.h"

#include "gui/conversation/conversationhtml.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QImageReader>
#include <QTextBlock>
#include <QUrl>

namespace {

constexpr QSize thumbnailSize(320, 200);
constexpr double documentMargin = 6;

/// Formats whose readers only decode pixels; a drawing (SVG) could refer to other things.
QByteArray pixelFormat(const QByteArray& mediaType)
{
    for (const char* format : {"png", "jpeg", "gif", "webp", "bmp"}) {
        if (mediaType == QByteArray("image/") + format)
            return format;
    }
    return mediaType == "image/jpg" ? QByteArray("jpeg") : QByteArray();
}

} // namespace

ConversationBrowser::ConversationBrowser(const QList<ConversationBlock>* blocks, QWidget* parent)
    : QTextBrowser(parent)
    , m_shown(blocks)
{
    setObjectName(QStringLiteral("conversationText"));
    setAccessibleName(tr("Conversation"));
    setOpenLinks(false);
    setUndoRedoEnabled(false);
    setFrameShape(QFrame::NoFrame);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    document()->setDocumentMargin(documentMargin);
}

ConversationBrowser::~ConversationBrowser() = default;

QVariant ConversationBrowser::loadResource(int type, const QUrl& name)
{
    if (type != QTextDocument::ImageResource
        || name.scheme() != QLatin1String(ConversationHtml::pictureScheme))
        return {};
    const qsizetype place = name.path().toLongLong();
    if (place < 0 || place >= m_shown->size())
        return {};
    return thumbnail(m_shown->at(place).media, devicePixelRatioF());
}

QImage ConversationBrowser::thumbnail(const QByteArray& dataUri, double scale)
{
    const qsizetype comma = dataUri.indexOf(',');
    const QByteArray head = dataUri.left(comma); // data:image/png;base64
    if (comma < 0 || !head.startsWith("data:") || !head.endsWith(";base64"))
        return {};
    const QByteArray format = pixelFormat(head.mid(5, head.indexOf(';') - 5).toLower());
    if (format.isEmpty())
        return {};
    QByteArray bytes = QByteArray::fromBase64(dataUri.sliced(comma + 1));
    QBuffer buffer(&bytes);
    QImageReader reader(&buffer, format);
    reader.setAutoDetectImageFormat(false);
    const QSize most = thumbnailSize * scale;
    if (const QSize size = reader.size(); size.width() > most.width() || size.height() > most.height())
        reader.setScaledSize(size.scaled(most, Qt::KeepAspectRatio));
    QImage image = reader.read();
    image.setDevicePixelRatio(scale);
    return image;
}

double ConversationBrowser::anchorTop(const QString& name) const
{
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            if (it.fragment().charFormat().anchorNames().contains(name))
                return document()->documentLayout()->blockBoundingRect(block).top();
        }
    }
    return 0;
}
