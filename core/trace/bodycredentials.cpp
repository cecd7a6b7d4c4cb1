// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/bodycredentials.h"

#include "trace/jsonpath.h"
#include "trace/redactor.h"
#include "wire/jsonparser.h"
#include "wire/jsonscanner.h"
#include "wire/jsonstring.h"

namespace BodyCredentials {

namespace {

constexpr char credentialPaths[]
    = "tools[*].headers.* tools[*].authorization mcp_servers[*].authorization_token "
      "tools[*].mcpServers[*].streamableHttpTransport.headers.* "
      "tools[*].mcp_servers[*].streamable_http_transport.headers.*";
constexpr char serverUrlPaths[]
    = "tools[*].server_url mcp_servers[*].url tools[*].mcpServers[*].streamableHttpTransport.url "
      "tools[*].mcp_servers[*].streamable_http_transport.url";
constexpr char maskedJson[] = "\"***\"";

/// Whether it is worth a closer look: most requests name no server. Not `"mcp__github__issue"`, the name that
/// an agent gives to a tool of its own.
bool mayNameServers(QByteArrayView body)
{
    static constexpr QByteArrayView start("\"mcp");
    for (qsizetype at = body.indexOf(start); at >= 0; at = body.indexOf(start, at + start.size())) {
        const QByteArrayView rest = body.sliced(at + start.size());
        if (rest.startsWith('"') || rest.startsWith("_servers\"") || rest.startsWith("Servers\""))
            return true;
    }
    return false;
}

class Masking final
{
public:
    Masking(QByteArray* body, QList<Secret>* found)
        : m_body(body)
        , m_text(*body)
        , m_found(found)
    {
    }

    [[nodiscard]] bool run()
    {
        JsonParser parser;
        const JsonValue root = parser.parse(m_text);
        if (root.exists())
            maskIn(root);
        else
            maskInBroken();
        if (m_copied == 0)
            return false;
        *m_body = m_masked.append(QByteArrayView(m_text).sliced(m_copied));
        return true;
    }

private:
    void maskIn(JsonValue root)
    {
        static const QList<JsonPath> credentials = *JsonPath::parseList(credentialPaths);
        static const QList<JsonPath> all
            = *JsonPath::parseList(QByteArray(credentialPaths) + ' ' + serverUrlPaths);
        const QList<JsonValue> keys = JsonPath::select(credentials, root);
        qsizetype next = 0;
        const qsizetype start = JsonScanner::skipSpace(m_text, 0);
        for (const JsonValue value : JsonPath::select(all, root)) {
            const bool isKey = next < keys.size() && keys[next].raw().data() == value.raw().data();
            next += isKey ? 1 : 0;
            const qsizetype at = start + (value.raw().data() - root.raw().data());
            if (isKey)
                maskKey(value.name(), value.scalar(), at, value.raw().size());
            else
                maskUrl(value.text(), at, value.raw().size());
        }
    }

    void maskKey(const QByteArray& name, const QByteArray& value, qsizetype at, qsizetype size)
    {
        // A field of an MCP tool means what the header of that name means.
        const QByteArray header = name.startsWith("authorization") ? QByteArray("authorization") : name;
        *m_found += Redactor::credentialsIn({{header, value}}, {});
        replace(at, size, maskedJson);
    }

    void maskUrl(const QByteArray& url, qsizetype at, qsizetype size)
    {
        const QByteArray masked = Redactor::redactTarget(url);
        if (masked == url)
            return;
        *m_found += Redactor::credentialsIn({}, url);
        replace(at, size, quoteJson(masked));
    }

    void maskInBroken()
    {
        qsizetype at = 0;
        while ((at = m_text.indexOf("uthorization", at)) >= 0) {
            const qsizetype nameEnd = m_text.indexOf('"', at);
            const qsizetype colon = nameEnd < 0 ? -1 : JsonScanner::skipSpace(m_text, nameEnd + 1);
            at += 1;
            if (colon < 0 || colon == m_text.size() || m_text[colon] != ':')
                continue;
            const qsizetype begin = JsonScanner::skipSpace(m_text, colon + 1);
            if (begin == m_text.size() || m_text[begin] != '"')
                continue;
            const qsizetype found = JsonScanner::skipString(m_text, begin);
            const qsizetype end = found < 0 ? m_text.size() : found;
            const QByteArrayView inside
                = QByteArrayView(m_text).sliced(begin + 1, end - begin - (found < 0 ? 1 : 2));
            maskKey("authorization", unescapeJson(inside), begin, end - begin);
            at = end;
        }
    }

    void replace(qsizetype at, qsizetype size, const QByteArray& json)
    {
        m_masked.append(QByteArrayView(m_text).sliced(m_copied, at - m_copied)).append(json);
        m_copied = at + size;
    }

    QByteArray* m_body;
    const QByteArray m_text;
    QList<Secret>* m_found;
    QByteArray m_masked;
    qsizetype m_copied = 0;
};

} // namespace

bool mask(QByteArray* body, QList<Secret>* found)
{
    return mayNameServers(*body) && Masking(body, found).run();
}

} // namespace BodyCredentials
