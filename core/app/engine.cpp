// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine.h"

#ifdef Q_OS_LINUX
#include "app/epolldispatcher.h"
#endif
#include "app/engineoptions.h"
#include "app/enginesides.h"
#include "app/ledgerlog.h"
#include "app/recordrulesloader.h"
#include "app/requestlog.h"
#include "base/logging.h"
#include "http/clientcall.h"
#include "langfuse/sampling.h"
#include "proxy/callcapture.h"
#include "proxy/forwardingrules.h"
#include "trace/redactor.h"

#include <QTimer>

namespace {

constexpr std::chrono::seconds flushTimeout{5};
constexpr int portsToTry = 10;

/// Made for many sockets where there is one; else the platform's own.
std::unique_ptr<QAbstractEventDispatcher> engineDispatcher()
{
#ifdef Q_OS_LINUX
    return std::make_unique<EpollDispatcher>();
#else
    return {};
#endif
}

/// A call that never passed the door (unknown path, wrong proxy key, no proper request) is logged and not
/// kept: anybody could fill the store with them.
bool isStored(const TraceRecord& record)
{
    const bool isOutside = record.provider.isEmpty() || record.status == 401;
    return record.outcome != CallOutcome::Rejected || !isOutside;
}

/// What is logged of a request that never became a call; on its way it is bounded as all telemetry is.
CaptureSegment refusedCall(const RequestHead& head, const Refusal& refusal, const Clock& clock)
{
    CaptureSegment segment;
    segment.call = nextCallNumber();
    segment.start = CallStart{.startedAtUs = clock.wall().count(),
        .requestId = ForwardingRules::requestIdOf(head),
        .provider = {},
        .method = head.method,
        .target = Redactor::redactTarget(head.target),
        .upstreamOrigin = {},
        .requestHeaders = {},
        .credentials = {}};
    segment.response = CallResponse{refusal.status, {}, {}, 0};
    segment.end = CallEnd{.outcome = CallOutcome::Rejected,
        .error
        = {ErrorCode::Rejected, QString::fromLatin1(refusal.message), QString::fromLatin1(refusal.code)}};
    return segment;
}

} // namespace

Engine::Engine(const Config& config, QObject* parent)
    : QObject(parent)
    , m_config(config)
{
    qRegisterMetaType<Ledger>();
    qRegisterMetaType<DeliveryStatus>();
    qRegisterMetaType<ApiAnswer>();
    qRegisterMetaType<NetworkFigures>();
    qRegisterMetaType<QList<LiveEvent>>();
}

Engine::~Engine()
{
    release();
}

Result<quint16> Engine::start(bool strictPort)
{
    const Result<RecordRules> rules = loadRecordRules(m_config);
    if (!rules)
        return rules.error();
    m_telemetryThread = std::make_unique<ThreadHolder>(QStringLiteral("telemetry"));
    m_engineThread = std::make_unique<ThreadHolder>(QStringLiteral("engine"), engineDispatcher());
    if (Result<void> opened = openStore(*rules); !opened) {
        release();
        return opened.error();
    }
    makeQueries();
    m_engineThread->run([this] { makeNetwork(); });
    m_telemetryThread->run([this] { makeTelemetry(); });
    Result<quint16> port = listen(strictPort);
    if (!port)
        release();
    return port;
}

Result<void> Engine::openStore(const RecordRules& rules)
{
    Result<void> opened;
    m_telemetryThread->run([this, &opened, &rules] {
        m_telemetry = new TelemetrySide;
        m_telemetry->rules = rules;
        opened = m_telemetry->store.open(storeOptions(m_config));
    });
    return opened;
}

/// A store in memory has no second connection: there the telemetry thread answers questions too.
void Engine::makeQueries()
{
    if (m_config.storePath == QLatin1String(":memory:")) {
        m_telemetryThread->run([this] {
            m_queries = new QueryRunner([store = &m_telemetry->store] { return store->reader(); });
        });
        return;
    }
    m_queryThread = std::make_unique<ThreadHolder>(QStringLiteral("query"));
    m_queryThread->run([this] {
        m_queries = new QueryRunner([path = m_config.storePath] { return StoreReader::open(path); });
    });
}

void Engine::makeTelemetry()
{
    TraceStore* store = &m_telemetry->store;
    const bool isEnabled = m_config.isDeliveryEnabled();
    const double sampleRate = m_config.langfuseSampleRate;
    m_telemetry->log = std::make_unique<StoreLog>(&m_clock, isEnabled);
    connect(m_telemetry->log.get(), &StoreLog::told, store,
        [](const QByteArray& text, const QList<Logging::Field>& fields) {
            Logging::write(Logging::Level::Info, "telemetry", text, fields);
        });
    m_telemetry->log->begin(store->ledger());
    connect(store, &TraceStore::ledgerChanged, m_telemetry->log.get(), &StoreLog::setLedger);
    m_telemetry->live = std::make_unique<LiveBus>(&m_clock);
    m_telemetry->metrics = std::make_unique<MetricsService>(&m_queue, &m_clock);
    LiveBus* live = m_telemetry->live.get();
    m_telemetry->pipeline
        = std::make_unique<TelemetryPipeline>(&m_queue, m_config.telemetryMaxBodyBytes, m_telemetry->rules);
    TelemetryPipeline* pipeline = m_telemetry->pipeline.get();
    connect(pipeline, &TelemetryPipeline::recordFinished, store,
        [store, live, side = m_telemetry, isEnabled, sampleRate](const TraceRecord& record) {
            logRequest(record);
            const bool isTest = !side->testOrigin.isEmpty() && record.upstreamOrigin == side->testOrigin;
            const bool isTaken = isEnabled && !isTest && Sampling::isDelivered(record, sampleRate);
            const DeliveryState state = isTaken ? DeliveryState::Pending : DeliveryState::Disabled;
            const QByteArray reason = isTest ? QByteArray("test_call")
                : isEnabled && !isTaken      ? QByteArray(Sampling::sampledOutReason)
                                             : QByteArray();
            if (isStored(record))
                store->append(record, state, reason);
            live->endCall(record, isStored(record), state, reason);
        });
    connect(pipeline, &TelemetryPipeline::callsDropped, store,
        [store](qint64 count, qint64 bytes, const QByteArray& reason) {
            store->noteDropped({count, bytes}, reason);
        });
    connect(store, &TraceStore::storeFailed, store, [](const Error& error) {
        Logging::write(
            Logging::Level::Error, "telemetry", error.message.toUtf8(), {{"store", error.subject.toUtf8()}});
    });

    // The API answers on the engine thread from the last values seen there.
    ApiService* api = &m_network->api;
    connect(store, &TraceStore::ledgerChanged, api, &ApiService::setLedger);
    connect(store, &TraceStore::availabilityChanged, api, &ApiService::setStoreAvailable);
    QMetaObject::invokeMethod(api, [api, ledger = store->ledger()] { api->setLedger(ledger); });
    if (m_config.isDeliveryEnabled()) {
        m_telemetry->delivery
            = std::make_unique<LangfuseDelivery>(langfuseOptions(m_config), store, &m_clock);
        connect(m_telemetry->delivery.get(), &LangfuseDelivery::statusChanged, api, &ApiService::setDelivery);
        QMetaObject::invokeMethod(
            api, [api, status = m_telemetry->delivery->status()] { api->setDelivery(status); });
        m_telemetry->delivery->start();
    }
    m_telemetry->editor.attach(pipeline, m_queries);
    connectLive();
    m_queue.setWakeUp(
        [pipeline] { QMetaObject::invokeMethod(pipeline, &TelemetryPipeline::wake, Qt::QueuedConnection); });
}

void Engine::makeNetwork()
{
    m_network = new NetworkSide(m_config, &m_clock, &m_queue, m_queries, &m_telemetry->editor);
    NetworkSide* network = m_network;
    network->frontend.onProxyCall([network](ClientCall* call) { network->service.handle(call); });
    network->frontend.onRefusal([this](const RequestHead& head, const Refusal& refusal) {
        m_queue.push(refusedCall(head, refusal, m_clock));
    });
    network->frontend.onApiCall([network](ClientCall* call) { network->api.handle(call); });
    connect(&network->api, &ApiService::answeredLocally, this, &Engine::answered);
}

Result<quint16> Engine::listen(bool strictPort)
{
    Result<quint16> port = Error{};
    m_engineThread->run([&] {
        HttpFrontend& frontend = m_network->frontend;
        const int attempts = strictPort || m_config.port == 0 ? 1 : portsToTry;
        for (int i = 0; i < attempts && m_config.port + i <= 65535; ++i) {
            port = frontend.listen(m_config.host, quint16(m_config.port + i));
            if (port || !frontend.isAddressInUse())
                return;
            if (i + 1 < attempts) {
                Logging::write(Logging::Level::Warn, "proxy",
                    "port " + QByteArray::number(m_config.port + i) + " is in use, trying the next one");
            }
        }
    });
    return port;
}

void Engine::stop()
{
    if (std::exchange(m_isStopping, true))
        return;
    if (!m_network) {
        Q_EMIT stopped();
        return;
    }
    NetworkSide* network = m_network;
    QMetaObject::invokeMethod(&network->service, [this, network] {
        // Every connection closes after its answer, so the last one to close is the end of all responses.
        connect(&network->frontend, &HttpFrontend::idle, this, &Engine::closeNetwork);
        network->events.stop();
        network->frontend.stopAccepting();
        QTimer::singleShot(m_config.shutdownTimeout, &network->service, [network] {
            Logging::write(Logging::Level::Warn, "proxy", "cutting responses that are still running",
                {{"open", QByteArray::number(network->frontend.openConnections()), true}});
            network->frontend.closeAll();
        });
    });
}

void Engine::closeNetwork()
{
    if (!m_network)
        return; // both the last connection and the deadline may ask
    m_engineThread->run([this] { delete std::exchange(m_network, nullptr); });
    flushTelemetry();
}

void Engine::flushTelemetry()
{
    m_telemetryThread->run([this] {
        m_telemetry->pipeline->drain();
        m_telemetry->pipeline->finishAll();
        if (Result<void> flushed = m_telemetry->store.flush(); !flushed)
            Logging::write(Logging::Level::Error, "telemetry", flushed.error().message.toUtf8());
        m_telemetry->log->beginFlush(m_telemetry->store.ledger());
    });
    if (!m_telemetry->delivery) {
        closeTelemetry();
        return;
    }
    LangfuseDelivery* delivery = m_telemetry->delivery.get();
    connect(delivery, &LangfuseDelivery::flushed, this, &Engine::closeTelemetry);
    QTimer::singleShot(flushTimeout, this, &Engine::closeTelemetry);
    QMetaObject::invokeMethod(delivery, [delivery] { delivery->flush(); });
}

void Engine::closeTelemetry()
{
    if (!m_telemetry)
        return; // both the flush and its deadline may ask
    Ledger ledger;
    m_telemetryThread->run([this, &ledger] {
        m_telemetry->delivery.reset();
        ledger = m_telemetry->store.ledger();
    });
    release();
    logLedger(ledger);
    Q_EMIT stopped();
}

void Engine::release()
{
    if (m_network)
        m_engineThread->run([this] { delete std::exchange(m_network, nullptr); });
    if (m_telemetry)
        m_telemetryThread->run([this] { m_telemetry->editor.detach(); });
    if (m_queries) {
        ThreadHolder* thread = m_queryThread ? m_queryThread.get() : m_telemetryThread.get();
        thread->run([this] { delete std::exchange(m_queries, nullptr); });
    }
    m_queryThread.reset();
    m_queue.setWakeUp({});
    if (m_telemetry) {
        m_telemetryThread->run([this] {
            m_telemetry->pipeline.reset();
            m_telemetry->delivery.reset();
            m_telemetry->store.close();
            delete std::exchange(m_telemetry, nullptr);
        });
    }
    m_engineThread.reset();
    m_telemetryThread.reset();
}
