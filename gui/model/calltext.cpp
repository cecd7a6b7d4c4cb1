// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/model/calltext.h"

#include <QDateTime>
#include <QLocale>

namespace {

QString decimal(double value, int digits)
{
    return QLocale().toString(value, 'f', digits);
}

QDateTime localTime(qint64 microseconds)
{
    return QDateTime::fromMSecsSinceEpoch(microseconds / 1000);
}

} // namespace

QString CallText::duration(qint64 microseconds)
{
    const double seconds = double(microseconds) / 1e6;
    if (seconds < 0.9995)
        return QStringLiteral("%1ms").arg(qRound64(seconds * 1000));
    if (seconds < 9.995)
        return decimal(seconds, 2) + u's';
    if (seconds < 99.95)
        return decimal(seconds, 1) + u's';
    const qint64 whole = qRound64(seconds);
    return QStringLiteral("%1m %2s").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
}

QString CallText::count(qint64 number)
{
    if (number < 1000)
        return QString::number(number);
    if (number < 99'950)
        return decimal(double(number) / 1e3, 1) + u'k';
    if (number < 999'500)
        return decimal(double(number) / 1e3, 0) + u'k';
    return decimal(double(number) / 1e6, number < 99'950'000 ? 1 : 0) + u'M';
}

QString CallText::cost(double usd)
{
    return u'$' + decimal(usd, usd != 0 && usd < 0.0095 ? 4 : usd < 0.995 ? 3 : 2);
}

QString CallText::percent(double percent)
{
    return QStringLiteral("%1%").arg(qRound64(percent));
}

QString CallText::time(qint64 microseconds)
{
    return localTime(microseconds).toString(QStringLiteral("HH:mm:ss"));
}

QString CallText::moment(qint64 microseconds)
{
    return localTime(microseconds).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
}

QString CallText::state(CallFacts::State state)
{
    switch (state) {
    case CallFacts::State::Pending:
        return tr("waiting");
    case CallFacts::State::Streaming:
        return tr("streaming");
    case CallFacts::State::Done:
        return tr("done");
    case CallFacts::State::Cancelled:
        return tr("cancelled by client");
    case CallFacts::State::UpstreamError:
        return tr("upstream error");
    case CallFacts::State::ProxyError:
        return tr("refused by the proxy");
    case CallFacts::State::CutOff:
        return tr("cut off");
    }
    return {};
}

QString CallText::delivery(CallFacts::Delivery delivery)
{
    switch (delivery) {
    case CallFacts::Delivery::Off:
        return tr("not sent to Langfuse");
    case CallFacts::Delivery::SampledOut:
        return tr("not sent to Langfuse: sample rate");
    case CallFacts::Delivery::Queued:
        return tr("queued for Langfuse");
    case CallFacts::Delivery::Retrying:
        return tr("will be sent to Langfuse again");
    case CallFacts::Delivery::Accepted:
        return tr("accepted by Langfuse");
    case CallFacts::Delivery::Failed:
        return tr("rejected by Langfuse");
    }
    return {};
}

QString CallText::providerMark(const QString& provider)
{
    if (provider == QLatin1String("anthropic"))
        return QStringLiteral("ANT");
    if (provider == QLatin1String("openai"))
        return QStringLiteral("OAI");
    if (provider == QLatin1String("gemini"))
        return QStringLiteral("GEM");
    return provider.left(3).toUpper();
}

QString CallText::subject(const CallFacts& facts)
{
    if (facts.isError())
        return outcome(facts);
    if (!facts.preview.isEmpty())
        return facts.preview;
    return facts.method + u' ' + facts.path;
}

QString CallText::outcome(const CallFacts& facts)
{
    QStringList words;
    if (facts.status)
        words.append(QString::number(*facts.status));
    if (facts.isError()) {
        if (facts.state == CallFacts::State::CutOff)
            words.append(state(facts.state));
        if (!facts.error.isEmpty())
            words.append(facts.error);
        const QString code = words.join(u' ');
        if (facts.errorText.isEmpty())
            return code.isEmpty() ? state(facts.state) : code;
        return code + QStringLiteral(": ") + facts.errorText;
    }
    words.append(state(facts.state));
    return words.join(QStringLiteral(" · "));
}

QString CallText::whyNoUsage(const CallFacts& facts)
{
    if (facts.inputTokens || facts.outputTokens)
        return {};
    if (facts.isOpen())
        return tr("The provider tells the tokens at the end");
    if (facts.state == CallFacts::State::Cancelled || facts.state == CallFacts::State::CutOff)
        return tr("The answer ended before the provider told its tokens");
    if (facts.isError())
        return tr("An error uses no tokens");
    if (facts.provider == QLatin1String("openai") && facts.isStream)
        return tr("OpenAI stream without stream_options.include_usage");
    return tr("The answer told no tokens");
}
