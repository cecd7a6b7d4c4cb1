// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/result.h"
#include "support/testprogram.h"

#include <memory>

using namespace Qt::StringLiterals;

class TestResult final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsAValue();
    void holdsAnError();
    void takesAValueThatOnlyMoves();
    void tellsSuccessWithoutAValue();
};

void TestResult::holdsAValue()
{
    Result<QByteArray> result("abc"_ba);
    QVERIFY(result);
    QCOMPARE(*result, "abc"_ba);
    result->append('d');
    QCOMPARE(std::as_const(result)->size(), 4);
    QVERIFY(Result<bool>(false)); // success, whatever the value is
}

void TestResult::holdsAnError()
{
    const Error error{ErrorCode::Timeout, u"no answer"_s, u"api.example"_s};
    const Result<int> result(error);
    QVERIFY(!result);
    QCOMPARE(result.error(), error);
    QVERIFY(!(result.error() == Error{ErrorCode::Timeout, u"no answer"_s, u"other"_s}));
}

void TestResult::takesAValueThatOnlyMoves()
{
    Result<std::unique_ptr<int>> result(std::make_unique<int>(7));
    QVERIFY(result);
    const std::unique_ptr<int> taken = std::move(*result);
    QCOMPARE(*taken, 7);
}

void TestResult::tellsSuccessWithoutAValue()
{
    QVERIFY(Result<void>());
    const Result<void> failed(Error{ErrorCode::StoreFailed, u"disk full"_s, {}});
    QVERIFY(!failed);
    QCOMPARE(failed.error().code, ErrorCode::StoreFailed);
    QVERIFY(!Result<void>(Error{})); // even an empty error is one
}

REGISTER_TEST(TestResult)
#include "tst_result.moc"
