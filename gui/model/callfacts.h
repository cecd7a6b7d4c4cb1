// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CallFacts: a call as a row of the list shows it, and no more: bodies and conversation are a CallDetail.
// Made of the API's summary of a call or of its events. A value of the main thread; what is not known is
// absent.

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>

class QJsonObject;

struct CallFacts
{
    enum class State {
        Pending, // no answer yet
        Streaming, // the answer comes
        Done,
        Cancelled, // the client left
        UpstreamError, // refused, failed, or an error inside the stream
        ProxyError, // refused by the proxy itself
        CutOff, // the answer broke off
    };
    enum class Delivery {
        Off, // not configured, or refused at the door
        SampledOut,
        Queued,
        Retrying, // queued, after a failure
        Accepted,
        Failed, // rejected for good, until somebody retries
    };

    qint64 number = 0; // its place in the list, from 1; never given to another
    QByteArray id;
    State state = State::Pending;
    qint64 startedAtUs = 0; // microseconds since 1970 UTC
    QString provider; // openai, anthropic, gemini
    QString model; // as answered, else as asked for
    QString requestModel;
    QString method;
    QString path;
    QString name; // the client's, for the trace
    QString preview; // of what is new in the request, one line
    std::optional<int> status;
    QString error; // code
    QString errorText; // the provider's words
    QString session;
    QString agent; // which of a session's agents, a short word; empty: not known
    QString user;
    QStringList tags;
    QStringList tools; // that the answer calls
    QString finishReason;
    bool isStream = false;

    std::optional<qint64> firstByteUs; // these three: microseconds since the start
    std::optional<qint64> firstTokenUs;
    std::optional<qint64> durationUs; // so far, while it is open
    std::optional<qint64> inputTokens; // of the whole prompt, cache included
    std::optional<qint64> cachedTokens; // of them read from the provider's cache
    std::optional<qint64> cacheWriteTokens; // and written to it
    std::optional<qint64> outputTokens; // reasoning included
    std::optional<qint64> reasoningTokens;
    std::optional<qint64> outputEstimate; // while it is open: of the text that came
    std::optional<double> costUsd;
    qint64 bytes = 0; // both bodies

    Delivery delivery = Delivery::Off;
    int attempts = 0; // of delivery, that failed
    QString deliveryError; // the last one's, or why it was rejected

    int mark = 0; // a colour's number, by hand; 0: none
    QString note; // by hand

    [[nodiscard]] bool isOpen() const { return state == State::Pending || state == State::Streaming; }
    [[nodiscard]] bool isError() const
    {
        return state == State::UpstreamError || state == State::ProxyError || state == State::CutOff;
    }
    /// 0..100; absent when nothing is known of the prompt or its cache.
    [[nodiscard]] std::optional<double> cachedPercent() const;
    /// After the first token. Absent below 250 ms or 10 tokens, where it would be noise.
    [[nodiscard]] std::optional<double> tokensPerSecond() const;

    bool operator==(const CallFacts&) const = default;

    /// Of `call` in the list of /api/traces or in call.ended. Numbers, marks and notes are the viewer's.
    [[nodiscard]] static CallFacts fromSummary(const QJsonObject& call);
    /// Of the data of call.started, call.response or call.ended.
    [[nodiscard]] static CallFacts fromEvent(const QJsonObject& data);
    /// Adds what the data of call.progress says.
    void addProgress(const QJsonObject& data);
    /// Adds one of `traces` in the data of a delivery event, or `delivery` of a summary.
    void setDelivery(const QJsonObject& delivery);
};
