// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Check 13: a body of 12 MB with pictures in it, and one line of 5 MB.

#include "gui/detail/bodyview.h"
#include "gui/detail/detailpane.h"
#include "support/sanitized.h"
#include "support/testprogram.h"
#include "unit/gui/detail/detailsamples.h"

#include <QBuffer>
#include <QElapsedTimer>
#include <QFileDialog>
#include <QImage>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextFormat>
#include <QTimer>

#include <random>

namespace {

// The bound is the optimised program's; this is not.
constexpr qint64 openMs = isSanitized ? 12'000 : 3000;
constexpr int pictureSide = 860; // of noise: 3 MB of base64

/// A picture that does not compress, as a data: URL.
QString noisePicture(quint32 seed)
{
    QImage image(pictureSide, pictureSide, QImage::Format_RGB32);
    std::mt19937 random(seed);
    for (int y = 0; y < image.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < image.width(); ++x)
            line[x] = 0xff000000U | (quint32(random()) & 0xffffffU);
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return QStringLiteral("data:image/png;base64,") + QString::fromLatin1(bytes.toBase64());
}

} // namespace

class TestLargeBodies final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void picturesAreShownAndSavedAsTheyAre()
    {
        QJsonArray parts{detailPart(QStringLiteral("text"), QStringLiteral("What is on these?"))};
        for (quint32 seed = 1; seed <= 4; ++seed)
            parts.append(detailPart(QStringLiteral("image"), noisePicture(seed),
                {{QStringLiteral("mediaType"), QStringLiteral("image/png")}}));
        const QJsonArray input{detailMessage(QStringLiteral("user"), parts)};
        const QByteArray body = detailJson({{QStringLiteral("messages"), input}});
        QVERIFY(body.size() > 11'000'000);
        QJsonObject call = detailCall(QStringLiteral("big"), input,
            {detailText(QStringLiteral("assistant"), QStringLiteral("Noise."))}, {},
            {{QStringLiteral("session"), QJsonValue()}});
        call.insert(QStringLiteral("request"),
            QJsonObject{{QStringLiteral("bytes"), body.size()},
                {QStringLiteral("body"), QJsonObject{{QStringLiteral("text"), QString::fromUtf8(body)}}}});
        const QByteArray answer = detailJson(call);

        ScriptedSource source;
        DetailPane pane(&source);
        pane.resize(1000, 640);
        pane.show();
        QVERIFY(QTest::qWaitForWindowExposed(&pane));
        QElapsedTimer timer;
        timer.start();
        pane.showCall("big");
        source.answerNext(answer);
        pane.repaint();
        QVERIFY2(timer.elapsed() < openMs, qPrintable(QString::number(timer.elapsed())));
        const auto* text = pane.findChild<QTextBrowser*>(QStringLiteral("conversationText"));
        int pictures = 0;
        for (QTextBlock block = text->document()->begin(); block.isValid(); block = block.next()) {
            for (auto it = block.begin(); !it.atEnd(); ++it) {
                const QTextImageFormat format = it.fragment().charFormat().toImageFormat();
                if (!format.isValid())
                    continue;
                ++pictures;
                const QVariant shown
                    = text->document()->resource(QTextDocument::ImageResource, QUrl(format.name()));
                const int width = shown.value<QImage>().width() + shown.value<QPixmap>().width();
                QVERIFY2(width > 0 && width < pictureSide, qPrintable(QString::number(width))); // small
            }
        }
        QCOMPARE(pictures, 4);

        timer.restart();
        pane.setTab(DetailPane::Request);
        pane.repaint();
        QVERIFY2(timer.elapsed() < openMs, qPrintable(QString::number(timer.elapsed())));

        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("body.json"));
        QTimer whenAsked;
        connect(&whenAsked, &QTimer::timeout, this, [&] {
            auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            if (!dialog)
                return;
            whenAsked.stop();
            dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->setText(file);
            QMetaObject::invokeMethod(dialog, "accept");
        });
        whenAsked.start(10);
        while (!source.questions().isEmpty())
            source.answerNext("{}");
        pane.findChild<BodyView*>(QStringLiteral("request"))
            ->findChild<QPushButton*>(QStringLiteral("saveBody"))
            ->click();
        QCOMPARE(source.questions(), QList<QByteArray>{"/api/traces/big/request"});
        source.answerNext(body);
        QFile saved(file);
        QVERIFY(saved.open(QIODevice::ReadOnly));
        QVERIFY(saved.readAll() == body);
    }

    void aLineOf5MegabytesScrolls()
    {
        BodyView view(QStringLiteral("request"), false);
        view.resize(1000, 640);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        BodyView::Body body;
        body.bytes = "{\"data\":\"" + QByteArray(5'000'000, 'x') + "\"}";
        for (const BodyView::Form form : {BodyView::Pretty, BodyView::Raw}) {
            view.setForm(form);
            view.setBody(body);
            auto* text = view.findChild<QPlainTextEdit*>(QStringLiteral("bodyText"));
            double worst = 0;
            for (int step = 0; step < 20; ++step) {
                QElapsedTimer timer;
                timer.start();
                text->verticalScrollBar()->setValue(text->verticalScrollBar()->maximum() * step / 20);
                text->viewport()->repaint();
                worst = std::max(worst, double(timer.nsecsElapsed()) / 1e6);
            }
            QVERIFY2(worst < 50 * (isSanitized ? 10 : 1),
                qPrintable(QStringLiteral("form %1: %2 ms").arg(int(form)).arg(worst)));
        }
    }
};

REGISTER_TEST(TestLargeBodies)
#include "tst_largebodies.moc"
