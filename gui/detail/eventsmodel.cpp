// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/detail/eventsmodel.h"

#include "wire/ssedecoder.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>

#include <algorithm>

namespace {

constexpr double longGapMs = 1000;
constexpr qsizetype shownData = 300; // bytes

QString typeOf(const SseEvent& event, const QByteArray& data)
{
    if (!event.type.isEmpty())
        return QString::fromUtf8(event.type);
    // OpenAI's chat names none: the data says what it is.
    if (data == "[DONE]")
        return QStringLiteral("[DONE]");
    const QJsonObject json = QJsonDocument::fromJson(data).object();
    for (const char* key : {"type", "object"}) {
        if (const QString type = json.value(QLatin1String(key)).toString(); !type.isEmpty())
            return type;
    }
    return QStringLiteral("message");
}

QString millisecondsShown(std::optional<double> ms)
{
    return ms ? QLocale().toString(*ms, 'f', *ms < 10 ? 1 : 0) : QStringLiteral("–");
}

} // namespace

EventsModel::EventsModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

EventsModel::~EventsModel() = default;

void EventsModel::setCall(const QJsonObject& call)
{
    beginResetModel();
    m_events.clear();
    const QJsonObject response = call.value(QLatin1String("response")).toObject();
    bool isEventStream = false;
    for (const QJsonValue& header : response.value(QLatin1String("headers")).toArray()) {
        if (header[0].toString().compare(QLatin1String("content-type"), Qt::CaseInsensitive) == 0)
            isEventStream = header[1].toString().startsWith(QLatin1String("text/event-stream"));
    }
    if (isEventStream)
        readEvents(response.value(QLatin1String("body"))[QLatin1String("text")].toString().toUtf8(),
            call.value(QLatin1String("timings")).toObject());
    applyFilter();
    endResetModel();
}

/// A compressed answer is shown unpacked, but its pieces are counted packed: they are stretched to fit.
void EventsModel::readEvents(const QByteArray& body, const QJsonObject& timings)
{
    std::optional<double> now;
    std::optional<double> before;
    SseDecoder decoder([&](const SseEvent& sse) {
        Event event;
        event.data = sse.data.toByteArray();
        event.type = typeOf(sse, event.data);
        event.atMs = now;
        if (now && before)
            event.gapMs = *now - *before;
        before = now;
        m_events.push_back(std::move(event));
    });
    const QJsonArray arrivals = timings.value(QLatin1String("arrivals")).toArray();
    qint64 total = 0;
    for (const QJsonValue& arrival : arrivals)
        total += arrival[QLatin1String("bytes")].toInteger();
    qint64 seen = 0;
    qsizetype fed = 0;
    for (const QJsonValue& arrival : arrivals) {
        seen += arrival[QLatin1String("bytes")].toInteger();
        now = arrival[QLatin1String("atMs")].toDouble();
        const auto end
            = qsizetype(total == body.size() ? seen : double(body.size()) * double(seen) / double(total));
        const qsizetype until = std::clamp<qsizetype>(end, fed, body.size());
        decoder.feed(QByteArrayView(body).sliced(fed, until - fed));
        fed = until;
    }
    decoder.feed(QByteArrayView(body).sliced(fed));
    decoder.finish();
}

void EventsModel::setFilter(const QString& text)
{
    beginResetModel();
    m_filter = text;
    applyFilter();
    endResetModel();
}

void EventsModel::setType(const QString& type)
{
    beginResetModel();
    m_type = type;
    applyFilter();
    endResetModel();
}

QList<std::pair<QString, int>> EventsModel::types() const
{
    QList<std::pair<QString, int>> types;
    for (const Event& event : m_events) {
        const auto known = std::find_if(
            types.begin(), types.end(), [&event](const auto& type) { return type.first == event.type; });
        if (known == types.end())
            types.append({event.type, 1});
        else
            ++known->second;
    }
    return types;
}

void EventsModel::applyFilter()
{
    m_shown.clear();
    for (std::size_t i = 0; i < m_events.size(); ++i) {
        const Event& event = m_events[i];
        if (!m_type.isEmpty() && event.type != m_type)
            continue;
        if (m_filter.isEmpty() || event.type.contains(m_filter, Qt::CaseInsensitive)
            || QString::fromUtf8(event.data).contains(m_filter, Qt::CaseInsensitive))
            m_shown.push_back(int(i));
    }
}

int EventsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

int EventsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant EventsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const int number = m_shown[std::size_t(index.row())];
    const Event& event = m_events[std::size_t(number)];
    const bool hasLongGap = event.gapMs.value_or(0) > longGapMs;
    switch (role) {
    case LongGapRole:
        return hasLongGap;
    case PayloadRole:
        return event.data;
    case Qt::TextAlignmentRole:
        return int((index.column() == Type || index.column() == Data ? Qt::AlignLeft : Qt::AlignRight)
            | Qt::AlignVCenter);
    case Qt::ToolTipRole:
        return hasLongGap && index.column() == Gap ? QVariant(tr("Nothing came for more than a second"))
                                                   : QVariant();
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    switch (index.column()) {
    case Number:
        return number + 1;
    case At:
        return event.atMs ? u'+' + millisecondsShown(event.atMs) : millisecondsShown({});
    case Gap:
        return millisecondsShown(event.gapMs);
    case Type:
        return event.type;
    case Bytes:
        return QLocale().toString(event.data.size());
    default:
        return QString::fromUtf8(event.data.left(shownData)).simplified();
    }
}

QVariant EventsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number:
        return tr("#");
    case At:
        return tr("+ms");
    case Gap:
        return tr("Gap ms");
    case Type:
        return tr("Type");
    case Bytes:
        return tr("Bytes");
    default:
        return tr("Data");
    }
}
