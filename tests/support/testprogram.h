// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TestProgram: the test classes of a folder in one program, so that they are compiled and linked together.
// `program tst_name [arguments of Qt Test]` runs one of them; test_program has the main(),
// test_guiprogram one for tests of windows.

#include <QStringList>
#include <QTest>

namespace TestProgram {

/// Gives the exit status. `arguments`: the program, then what follows the name.
using Run = int (*)(const QStringList& arguments);

/// Puts `run` among what the program can run, before main() begins. `name`: a file's path stands for its
/// base name.
struct Entry
{
    Entry(const char* name, Run run);
};

/// Runs what the program's arguments name; the application must be there. Gives the exit status.
[[nodiscard]] int run();

template <typename TestClass>
int runTest(const QStringList& arguments)
{
    TestClass test;
    return QTest::qExec(&test, arguments);
}

} // namespace TestProgram

/// At the end of tst_name.cpp: its class, as the test `tst_name`.
#define REGISTER_TEST(TestClass)                                                                             \
    static const TestProgram::Entry entryOf##TestClass(__FILE__, &TestProgram::runTest<TestClass>);

/// What a test starts as a process of its own, with `name` as its first argument.
#define REGISTER_CHILD(name, run) static const TestProgram::Entry childEntry##run(name, run);
