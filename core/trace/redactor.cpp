// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/redactor.h"

#include "base/httpsyntax.h"

#include <QVarLengthArray>

#include <algorithm>
#include <array>
#include <initializer_list>

namespace Redactor {

namespace {

constexpr qsizetype minimumShownTailLength = 20;
constexpr qsizetype minimumSecretLength = 8;

bool containsAny(const QByteArray& text, const auto& words)
{
    return std::any_of(words.begin(), words.end(), [&](const char* word) { return text.contains(word); });
}

bool beginsWithAny(QByteArrayView text, std::initializer_list<QByteArrayView> words)
{
    return std::any_of(
        words.begin(), words.end(), [&](QByteArrayView word) { return text.startsWith(word); });
}

QByteArray maskedValue(QByteArrayView value)
{
    QByteArray text("***");
    if (value.size() >= minimumShownTailLength)
        text.append(value.last(4));
    return text;
}

/// The length of the scheme and the space behind it, 0 when the value has none ("Bearer x": 7).
qsizetype schemeLength(QByteArrayView value)
{
    const qsizetype space = value.indexOf(' ');
    return space > 0 && HttpSyntax::isToken(value.first(space)) ? space + 1 : 0;
}

QByteArray maskedHeaderValue(QByteArrayView name, QByteArrayView value)
{
    const QByteArray lowerName = name.toByteArray().toLower();
    if (lowerName.contains("cookie"))
        return QByteArrayLiteral("***");
    if (!lowerName.endsWith("authorization"))
        return maskedValue(value);
    const QByteArrayView scheme = value.first(schemeLength(value));
    const QByteArrayView credential = value.sliced(scheme.size());
    // The tail of a Basic credential is the end of a password, in base64.
    const bool isBearer = isSameHeaderName(scheme.chopped(scheme.isEmpty() ? 0 : 1), "Bearer");
    return scheme.toByteArray()
        + (isBearer || scheme.isEmpty() ? maskedValue(credential) : QByteArray("***"));
}

bool isSecretParameter(QByteArrayView encodedName)
{
    const QByteArray name
        = QByteArray::fromPercentEncoding(encodedName.toByteArray()).toLower().replace('-', '_');
    if (name.contains("page")) // Gemini's pageToken is a position, not a credential
        return false;
    static constexpr std::array exact{"key", "auth", "sig", "jwt", "passwd"};
    static constexpr std::array within{
        "api_key", "apikey", "access_key", "secret", "password", "authorization", "credential", "signature"};
    return std::any_of(exact.begin(), exact.end(), [&](const char* word) { return name == word; })
        || containsAny(name, within) || name.endsWith("token");
}

struct QueryParameter
{
    qsizetype valueStart = 0;
    qsizetype valueEnd = 0;
};

/// Where the credentials stand in the query and the fragment of a target.
QList<QueryParameter> secretParameters(QByteArrayView target)
{
    QList<QueryParameter> found;
    const auto isStart = [](char c) { return c == '?' || c == '&' || c == ';' || c == '#'; };
    const auto begin = target.begin();
    auto at = std::find_if(begin, target.end(), [](char c) { return c == '?' || c == '#'; });
    while (at != target.end()) {
        const auto nameStart = std::next(at);
        const auto nameEnd
            = std::find_if(nameStart, target.end(), [&](char c) { return c == '=' || isStart(c); });
        at = nameEnd;
        if (nameEnd == target.end() || *nameEnd != '=')
            continue;
        const auto valueStart = std::next(nameEnd);
        if (isSecretParameter(target.sliced(nameStart - begin, nameEnd - nameStart))) {
            // A credential may hold ';' and '?'; only these two certainly end it.
            at = std::find_if(valueStart, target.end(), [](char c) { return c == '&' || c == '#'; });
            found.append({valueStart - begin, at - begin});
        } else {
            at = std::find_if(valueStart, target.end(), isStart);
        }
    }
    return found;
}

} // namespace

// Asked for every header of every call, on the engine thread: one pass, no copies.
bool isSecretHeader(QByteArrayView name)
{
    QVarLengthArray<char, 64> lower(name.size());
    std::transform(name.begin(), name.end(), lower.begin(), [](char c) {
        return c == '_' ? '-' : c >= 'A' && c <= 'Z' ? char(c + ('a' - 'A')) : c;
    });
    bool isSecret = false;
    for (QByteArrayView rest(lower.constData(), lower.size()); !rest.isEmpty(); rest = rest.sliced(1)) {
        switch (rest.front()) {
        case 'a':
            isSecret |= beginsWithAny(rest, {"authorization", "api-key", "apikey", "auth-key", "access-key"});
            break;
        case 'c':
            isSecret |= beginsWithAny(rest, {"cookie", "credential"});
            break;
        case 'f':
            isSecret |= beginsWithAny(rest, {"functions-key"});
            break;
        case 'j':
            isSecret |= beginsWithAny(rest, {"jwt"});
            break;
        case 'p':
            isSecret |= beginsWithAny(rest, {"password", "private-key"});
            break;
        case 'r':
            if (beginsWithAny(rest, {"ratelimit", "rate-limit"}))
                return false;
            break;
        case 's':
            isSecret |= beginsWithAny(rest, {"secret", "subscription-key"});
            break;
        case 't': // at the end of a word
            isSecret |= rest == "token" || rest.startsWith("token-");
            break;
        }
    }
    return isSecret;
}

HeaderList redactHeaders(const HeaderList& headers)
{
    HeaderList redacted;
    for (const Header& header : headers) {
        if (isSecretHeader(header.name))
            redacted.append(header.name, maskedHeaderValue(header.name, header.value));
        else
            redacted.append(header.name, redactTarget(header.value));
    }
    return redacted;
}

QByteArray redactTarget(const QByteArray& target)
{
    const QList<QueryParameter> secrets = secretParameters(target);
    if (secrets.isEmpty())
        return target;
    QByteArray redacted;
    qsizetype copied = 0;
    for (const QueryParameter& parameter : secrets) {
        redacted.append(QByteArrayView(target).sliced(copied, parameter.valueStart - copied));
        redacted.append("***");
        copied = parameter.valueEnd;
    }
    return redacted.append(QByteArrayView(target).sliced(copied));
}

QList<Secret> credentialsIn(const HeaderList& headers, const QByteArray& target)
{
    QList<Secret> found;
    const auto add = [&](const QByteArray& value) {
        if (const Secret secret(value); !secret.isEmpty() && !found.contains(secret))
            found.append(secret);
    };
    for (const Header& header : headers) {
        if (!isSecretHeader(header.name) || header.name.toLower().contains("cookie"))
            continue;
        const QByteArrayView value = HttpSyntax::trimmed(header.value);
        add(HttpSyntax::trimmed(value.sliced(schemeLength(value))).toByteArray());
    }
    for (const QueryParameter& parameter : secretParameters(target)) {
        const QByteArray value
            = target.sliced(parameter.valueStart, parameter.valueEnd - parameter.valueStart);
        add(value);
        add(QByteArray::fromPercentEncoding(value));
    }
    return found;
}

bool isMaskable(const Secret& secret)
{
    return secret.reveal().size() >= minimumSecretLength;
}

QByteArray redactText(const QByteArray& text, const QList<Secret>& knownSecrets)
{
    QByteArray redacted = text;
    for (const Secret& secret : knownSecrets) {
        if (isMaskable(secret) && redacted.contains(secret.reveal()))
            redacted.replace(secret.reveal(), "***");
    }
    return redacted;
}

} // namespace Redactor
