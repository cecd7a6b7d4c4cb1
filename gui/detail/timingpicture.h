// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TimingPicture: the phases of a call as one bar to scale, and below it how many bytes of the answer came
// when. Main thread, owned by the TimingView.

#include <QJsonObject>
#include <QWidget>

#include <optional>

struct CallPhase
{
    enum class Kind { Sending, Waiting, Thinking, Streaming };

    Kind kind = Kind::Sending;
    double fromMs = 0;
    double toMs = 0;

    bool operator==(const CallPhase&) const = default;
};

class TimingPicture final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TimingPicture)

public:
    explicit TimingPicture(QWidget* parent = nullptr);
    ~TimingPicture() override;

    void setTimings(const QJsonObject& timings);
    [[nodiscard]] QSize sizeHint() const override;

    /// Of `timings` of a call; those that are not known are part of the one before.
    [[nodiscard]] static QList<CallPhase> phases(const QJsonObject& timings);
    [[nodiscard]] static QString title(CallPhase::Kind kind);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintRate(QPainter* painter, const QRectF& area) const;

    QList<CallPhase> m_phases;
    QList<double> m_rate; // bytes, by equal parts of the time
    double m_totalMs = 0;
};
