// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/usage/usagepage.h"

#include "gui/model/calltext.h"
#include "gui/source/tracesource.h"
#include "gui/style/theme.h"
#include "gui/usage/barchart.h"
#include "gui/usage/usagecharts.h"

#include <QClipboard>
#include <QComboBox>
#include <QDateTime>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>

#include <array>
#include <cmath>

namespace {

constexpr int soonMs = 2000;
constexpr qint64 secondUs = 1'000'000;

struct UsageWindow
{
    const char* name;
    qint64 lengthUs;
    int parts;
};

constexpr std::array<UsageWindow, 3> windows{{
    {QT_TRANSLATE_NOOP("UsagePage", "Last hour"), 3600 * secondUs, 60},
    {QT_TRANSLATE_NOOP("UsagePage", "Last 24 hours"), 86'400 * secondUs, 48},
    {QT_TRANSLATE_NOOP("UsagePage", "Last 7 days"), 7 * 86'400 * secondUs, 56},
}};

QByteArray isoTime(qint64 us)
{
    return QDateTime::fromMSecsSinceEpoch(us / 1000, Qt::UTC).toString(Qt::ISODate).toLatin1();
}

QString countText(const std::optional<qint64>& count)
{
    return count ? CallText::count(*count) : CallText::nothing();
}

QString timeText(const std::optional<double>& ms)
{
    return ms ? CallText::duration(qint64(std::llround(*ms * 1000))) : CallText::nothing();
}

std::optional<qint64> sumOf(std::initializer_list<std::optional<qint64>> counts)
{
    std::optional<qint64> sum;
    for (const auto& count : counts) {
        if (count)
            sum = sum.value_or(0) + *count;
    }
    return sum;
}

std::optional<qint64> promptTokens(const ModelUsage& usage)
{
    return sumOf({usage.inputTokens, usage.cachedTokens, usage.cacheWriteTokens});
}

std::optional<qint64> answerTokens(const ModelUsage& usage)
{
    return sumOf({usage.outputTokens, usage.reasoningTokens});
}

} // namespace

UsagePage::UsagePage(Now now, QWidget* parent)
    : QWidget(parent)
    , m_now(std::move(now))
    , m_window(new QComboBox(this))
    , m_measure(new QComboBox(this))
    , m_message(new QLabel(this))
    , m_overTime(new BarChart({}, this))
    , m_firstTokens(new BarChart(tr("Time to the first token"), this))
    , m_durations(new BarChart(tr("Duration of calls"), this))
    , m_table(new QTableWidget(this))
{
    setObjectName(QStringLiteral("usagePage"));
    setWindowTitle(tr("Usage"));
    resize(1080, 760);
    m_overTime->setObjectName(QStringLiteral("usageOverTime"));
    m_firstTokens->setObjectName(QStringLiteral("firstTokenTimes"));
    m_durations->setObjectName(QStringLiteral("durations"));
    m_message->setObjectName(QStringLiteral("usageMessage"));
    m_message->setWordWrap(true);
    m_message->hide();
    makeTable();
    auto* column = new QVBoxLayout(this);
    column->addLayout(makeHead());
    column->addWidget(m_message);
    column->addLayout(makeTiles());
    column->addWidget(m_overTime, 5);
    auto* times = new QHBoxLayout;
    times->addWidget(m_firstTokens);
    times->addWidget(m_durations);
    column->addLayout(times, 4);
    column->addWidget(m_table, 3);
    m_soon.setSingleShot(true);
    m_soon.setInterval(soonMs);
    connect(&m_soon, &QTimer::timeout, this, &UsagePage::refresh);
    applyColours();
    showTiles();
    showCharts();
}

UsagePage::~UsagePage() = default;

QHBoxLayout* UsagePage::makeHead()
{
    m_window->setObjectName(QStringLiteral("usageWindow"));
    m_window->setAccessibleName(tr("Time"));
    for (const UsageWindow& one : windows)
        m_window->addItem(tr(one.name));
    m_measure->setObjectName(QStringLiteral("usageMeasure"));
    m_measure->setAccessibleName(tr("What is counted"));
    m_measure->addItems({tr("Tokens"), tr("Cost"), tr("Calls")});
    auto* picture = new QPushButton(tr("Copy as &picture"), this);
    picture->setObjectName(QStringLiteral("copyPicture"));
    auto* csv = new QPushButton(tr("Copy as &CSV"), this);
    csv->setObjectName(QStringLiteral("copyCsv"));
    auto* row = new QHBoxLayout;
    row->addWidget(m_window);
    row->addWidget(m_measure);
    row->addStretch(1);
    row->addWidget(picture);
    row->addWidget(csv);
    connect(m_window, &QComboBox::currentIndexChanged, this, &UsagePage::refresh);
    connect(m_measure, &QComboBox::currentIndexChanged, this, &UsagePage::showCharts);
    connect(
        picture, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setPixmap(grab()); });
    connect(csv, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(QString::fromUtf8(m_data.csv())); });
    return row;
}

QHBoxLayout* UsagePage::makeTiles()
{
    auto* row = new QHBoxLayout;
    const QList<QByteArray> names{"calls", "prompt", "answer", "cost", "firstToken", "duration"};
    for (const QByteArray& name : names) {
        Tile tile{new QLabel(this), new QLabel(this)};
        tile.value->setObjectName(QStringLiteral("tile-") + QString::fromLatin1(name));
        QFont large = tile.value->font();
        large.setPointSizeF(large.pointSizeF() * 1.6);
        large.setBold(true);
        tile.value->setFont(large);
        tile.value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        tile.caption->setObjectName(QStringLiteral("caption-") + QString::fromLatin1(name));
        auto* column = new QVBoxLayout;
        column->setSpacing(0);
        column->addWidget(tile.value);
        column->addWidget(tile.caption);
        row->addLayout(column, 1);
        m_tiles.append(tile);
    }
    return row;
}

void UsagePage::makeTable()
{
    m_table->setObjectName(QStringLiteral("usageTable"));
    m_table->setAccessibleName(tr("By model"));
    const QStringList columns{tr("Model"), tr("Calls"), tr("Errors"), tr("In"), tr("Cached"), tr("Out"),
        tr("Cost"), tr("First token, median"), tr("Duration, median"), tr("Duration, 95 %")};
    m_table->setColumnCount(int(columns.size()));
    m_table->setHorizontalHeaderLabels(columns);
    m_table->verticalHeader()->hide();
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    m_table->horizontalHeader()->setMinimumSectionSize(
        fontMetrics().horizontalAdvance(QStringLiteral("≥ $1,234.56")));
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_table->horizontalHeader()->setHighlightSections(false);
}

void UsagePage::setSource(TraceSource* source)
{
    if (m_source) {
        m_source->disconnect(this);
        m_source->drop(m_ticket);
    }
    m_source = source;
    m_ticket = 0;
    setUsage({});
    if (!source)
        return;
    connect(source, &TraceSource::eventsArrived, this, [this](const QList<SourceEvent>& events) {
        for (const SourceEvent& event : events) {
            if (event.type == "call.ended" && isVisible() && !m_soon.isActive())
                m_soon.start();
        }
    });
    connect(source, &TraceSource::statusChanged, this, [this](const SourceStatus& status) {
        if (status.state == SourceStatus::State::Attached && isVisible())
            refresh();
    });
    if (isVisible())
        refresh();
}

void UsagePage::refresh()
{
    m_soon.stop();
    if (!m_source)
        return;
    m_source->drop(m_ticket);
    const UsageWindow& window = windows.at(std::size_t(m_window->currentIndex()));
    // Bars stand at round moments, so that they do not creep; the last one is not full yet.
    const qint64 part = window.lengthUs / window.parts;
    const qint64 until = (m_now() / part + 1) * part;
    const QByteArray target = "/api/stats?since=" + isoTime(until - window.lengthUs)
        + "&until=" + isoTime(until) + "&buckets=" + QByteArray::number(window.parts);
    m_ticket = m_source->ask("GET", target, this, [this](const SourceAnswer& answer) {
        m_ticket = 0;
        const std::optional<UsageData> usage = answer.isOk() ? UsageData::parse(answer.body) : std::nullopt;
        m_message->setVisible(!usage);
        if (usage) {
            setUsage(*usage);
            return;
        }
        const QString why = TraceSource::errorText(answer.body);
        m_message->setText(why.isEmpty() ? tr("The proxy is too old to tell what was used when.") : why);
    });
}

void UsagePage::setUsage(const UsageData& usage)
{
    m_data = usage;
    showTiles();
    showCharts();
    showTable();
}

void UsagePage::showCharts()
{
    const auto measure = UsageMeasure(m_measure->currentIndex());
    const QStringList titles{tr("Tokens by model"), tr("Cost by model, US dollars"), tr("Calls by model")};
    m_overTime->setTitle(titles.at(m_measure->currentIndex()));
    m_overTime->setBars(usageOverTime(m_data, measure));
    m_firstTokens->setBars(usageTimes(m_data.firstTokens));
    m_durations->setBars(usageTimes(m_data.durations));
}

void UsagePage::showTiles()
{
    const ModelUsage& all = m_data.all;
    const auto set = [this](int tile, const QString& value, const QString& caption) {
        m_tiles.at(tile).value->setText(value);
        m_tiles.at(tile).caption->setText(caption);
    };
    set(0, CallText::count(all.calls),
        all.errors > 0 ? tr("calls, %n failed", nullptr, int(all.errors)) : tr("calls"));
    const std::optional<double> cached = all.cachedPercent();
    set(1, countText(promptTokens(all)),
        cached ? tr("tokens in, %1 cached").arg(CallText::percent(*cached)) : tr("tokens in"));
    set(2, countText(answerTokens(all)),
        all.reasoningTokens ? tr("tokens out, %1 reasoning").arg(CallText::count(*all.reasoningTokens))
                            : tr("tokens out"));
    set(3, usageCost(all), all.isCostPartial() ? tr("cost, some prices unknown") : tr("cost"));
    set(4, timeText(all.firstTokenP50Ms), tr("first token, 95 %: %1").arg(timeText(all.firstTokenP95Ms)));
    set(5, timeText(all.durationP50Ms), tr("duration, 95 %: %1").arg(timeText(all.durationP95Ms)));
}

void UsagePage::showTable()
{
    m_table->setRowCount(int(m_data.models.size()));
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const ModelUsage& usage = m_data.models.at(row);
        const std::optional<double> cached = usage.cachedPercent();
        const QStringList texts{usage.name(), CallText::count(usage.calls), CallText::count(usage.errors),
            countText(promptTokens(usage)), cached ? CallText::percent(*cached) : CallText::nothing(),
            countText(answerTokens(usage)), usageCost(usage), timeText(usage.firstTokenP50Ms),
            timeText(usage.durationP50Ms), timeText(usage.durationP95Ms)};
        for (int column = 0; column < texts.size(); ++column) {
            auto* item = new QTableWidgetItem(texts.at(column));
            item->setTextAlignment((column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
            m_table->setItem(row, column, item);
        }
        m_table->item(row, 0)->setToolTip(usage.provider);
    }
}

void UsagePage::applyColours()
{
    for (const Tile& tile : m_tiles) {
        QPalette quiet = palette();
        quiet.setColor(QPalette::WindowText, theme::secondaryText(palette()));
        tile.caption->setPalette(quiet);
    }
    QPalette wrong = palette();
    wrong.setColor(QPalette::WindowText, theme::accent(theme::Accent::Error, palette()));
    m_message->setPalette(wrong);
}

void UsagePage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

void UsagePage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyColours();
}
