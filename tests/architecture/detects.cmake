# Proves that architecture.cmake can fail: it must find in the bad tree in data/ exactly the faults of
# data/expected.txt, each rule at least once, and end with an error.
#
#   cmake -D SCRIPT=<architecture.cmake> -D DATA=<data> -P detects.cmake
cmake_minimum_required(VERSION 3.24)

execute_process(
    COMMAND ${CMAKE_COMMAND} -D ROOT=${DATA} -D MAX_LINES=10 -P ${SCRIPT}
    RESULT_VARIABLE exitCode
    ERROR_VARIABLE output)
if(exitCode EQUAL 0)
    message(FATAL_ERROR "architecture.cmake accepted the bad tree")
endif()
string(REGEX REPLACE "CMake Error.*" "" found "${output}")
file(READ ${DATA}/expected.txt expected)
if(NOT found STREQUAL expected)
    message(FATAL_ERROR "Expected:\n${expected}\nFound:\n${found}")
endif()
