// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Result<T>: a value or an Error, for every failure that is expected (bad input, a refused connection, a full
// disk). Programming errors are Q_ASSERT; asynchronous failure arrives in the one terminal signal.

#include <QByteArray>
#include <QString>

#include <utility>
#include <variant>

enum class ErrorCode {
    BadRequest, // framing or syntax that RFC 9112 forbids
    TooLarge, // a limit of ours was exceeded
    Timeout,
    ConnectionFailed, // refused, reset, host not found, closed early
    TlsFailed,
    ProtocolError, // the peer's answer cannot be understood
    Cancelled,
    InvalidConfig,
    StoreFailed,
    Rejected, // the peer understood and said no, for good
    Internal,
};

/// What failed (message), with what (subject: a key, a path, a host; never a secret).
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    QString message;
    QString subject;

    bool operator==(const Error&) const = default;
};

/// The value, or why there is none. `if (auto r = f(); r) use(*r); else log(r.error());`
template <typename T>
class [[nodiscard]] Result
{
public:
    Result(T value)
        : m_value(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error)
        : m_value(std::in_place_index<1>, std::move(error))
    {
    }

    explicit operator bool() const { return m_value.index() == 0; }
    T& operator*() { return std::get<0>(m_value); }
    const T& operator*() const { return std::get<0>(m_value); }
    T* operator->() { return &std::get<0>(m_value); }
    const T* operator->() const { return &std::get<0>(m_value); }
    const Error& error() const { return std::get<1>(m_value); }

private:
    std::variant<T, Error> m_value;
};

/// Success without a value, or why not.
template <>
class [[nodiscard]] Result<void>
{
public:
    Result() = default;
    Result(Error error)
        : m_error(std::move(error))
        , m_failed(true)
    {
    }

    explicit operator bool() const { return !m_failed; }
    const Error& error() const { return m_error; }

private:
    Error m_error;
    bool m_failed = false;
};
