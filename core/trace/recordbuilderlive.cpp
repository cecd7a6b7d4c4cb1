// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a RecordBuilder tells of a call before its end.

#include "trace/attribution.h"
#include "trace/bodycredentials.h"
#include "trace/callpreview.h"
#include "trace/livetexts.h"
#include "trace/recordbuilder.h"
#include "trace/responsesessions.h"
#include "wire/dialects.h"

LiveCall RecordBuilder::live()
{
    LiveCall call;
    call.isTextShown = !m_rules || (m_rules->keepsContent && m_rules->redaction.isEmpty());
    TraceRecord& facts = call.facts;
    for (QByteArray TraceRecord::*text : {&TraceRecord::id, &TraceRecord::requestId, &TraceRecord::provider,
             &TraceRecord::dialect, &TraceRecord::method, &TraceRecord::target, &TraceRecord::upstreamOrigin})
        facts.*text = m_record.*text;
    facts.startedAtUs = m_record.startedAtUs;
    facts.status = m_record.status;
    facts.isStream = m_record.isStream;
    facts.responseHeadUs = m_record.responseHeadUs;
    facts.durationUs = m_lastSeenNs / 1000;
    facts.requestBytes = m_requestBytes;
    facts.responseBytes = m_responseBytes;
    readRequestEarly();
    if (m_early) {
        facts.requestModel = m_early->request.model;
        call.preview = call.isTextShown ? m_early->preview : QByteArray();
    }
    facts.attribution = attribution(m_early ? m_early->request : ParsedRequest());
    if (m_reader) {
        const ParsedResponse& response = m_reader->response();
        facts.isStream = response.isStream.value_or(m_record.isStream);
        facts.responseModel = response.model;
        facts.usage = response.usage;
        facts.serviceTier = response.serviceTier;
        facts.firstTokenUs = facts.isStream && response.firstTokenNs >= 0 ? response.firstTokenNs / 1000 : -1;
    }
    maskCredentials(&facts, m_credentials);
    if (m_rules)
        applyRules(&facts, *m_rules);
    if (m_reader && call.isTextShown && facts.isStream) {
        if (!m_liveTexts)
            m_liveTexts = std::make_unique<LiveTexts>(m_credentials);
        call.texts = m_liveTexts->take(m_reader->response().output, isEnded());
    }
    return call;
}

/// Once the upstream answers, the request is usually whole. With rules for values in JSON it is changed
/// before it is read, so that it waits for the end then.
void RecordBuilder::readRequestEarly()
{
    const bool mayRead = m_dialect && !m_form && m_record.status > 0 && !m_record.bodiesDropped
        && (!m_rules || m_rules->redaction.isEmpty());
    if (m_early || !mayRead)
        return;
    Result<QByteArray> decoded = ContentDecoder::decodeAll(
        m_requestBody, m_record.requestHeaders.value("content-encoding"), maxInflatedRequestBytes);
    m_early = std::make_unique<EarlyRequest>();
    if (!decoded)
        return;
    // What a tool server's key is must be known before text is shown. A body that has some is read again at
    // the end.
    if (!BodyCredentials::mask(&*decoded, &m_credentials))
        m_early->bodyBytes = m_requestBody.size();
    m_early->request = m_dialect->readRequest(*decoded, dialectContext());
    // Masked before it is cut: half a key would not be found.
    TraceRecord shown;
    shown.input.messages = CallPreview::newMessages(m_early->request.input.messages);
    maskCredentials(&shown, m_credentials);
    m_early->preview = CallPreview::ofInput(shown.input);
}

Attribution RecordBuilder::attribution(const ParsedRequest& request) const
{
    return attributionOf(
        {m_record.requestHeaders, m_record.requestId, m_record.id, request.user, request.session,
            m_sessions ? m_sessions->continuing(request.previousResponseId) : request.previousResponseId,
            request.promptCacheKey});
}
