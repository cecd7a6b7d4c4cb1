// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// HexView: bytes as they are, sixteen a line. Paints the lines that are in sight and no others, so that its
// size costs nothing. Main thread.

#include <QAbstractScrollArea>
#include <QByteArray>

class HexView final : public QAbstractScrollArea
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HexView)

public:
    explicit HexView(QWidget* parent = nullptr);
    ~HexView() override;

    void setBytes(const QByteArray& bytes);
    /// "00000010  48 65 6c 6c 6f ...  Hello"
    [[nodiscard]] static QString line(const QByteArray& bytes, qsizetype number);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] qsizetype lines() const;
    void fitScrollBars();

    QByteArray m_bytes;
};
