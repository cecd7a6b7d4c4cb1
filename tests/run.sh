#!/bin/sh
# SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Every test, from a fresh checkout: installs what is missing, then format check, release build and tests, the
# providers' SDKs through what that installs, tests with sanitizers (address, undefined; by clang where it is).
# Goes on after a failure, names all of them at the end. Quick when run again.
#
#     sh tests/run.sh            all of it
#     sh tests/run.sh --quick    the dev build and its tests only

set -u
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/packaging/debian-packages.sh"
cd "$root" || exit 1

quick=no
case ${1-} in
--quick) quick=yes ;;
'') ;;
*)
    echo "usage: sh tests/run.sh [--quick]" >&2
    exit 64 # EX_USAGE
    ;;
esac

failed=""
skipped=""

# step NAME COMMAND...: runs it, notes a failure, gives its status.
step()
{
    name=$1
    shift
    started=$(date +%s)
    printf '\n== %s\n' "$name"
    status=0
    "$@" || status=$?
    seconds=$(($(date +%s) - started))
    if [ $status -eq 0 ]; then
        echo "== $name: passed ($seconds s)"
    else
        echo "== $name: FAILED with $status ($seconds s)"
        failed="$failed$name; "
    fi
    return $status
}

skip()
{
    printf '\n== %s: skipped, %s\n' "$1" "$2"
    skipped="$skipped$1 ($2); "
}

build()
{
    cmake --preset "$1" >"build/configure-$1.log" 2>&1 || { cat "build/configure-$1.log" >&2; return 1; }
    cmake --build --preset "$1"
}

build_and_test()
{
    # More than there are processors: most tests wait for a clock or for another program.
    build "$1" && ctest --preset "$1" --parallel $((2 * $(getconf _NPROCESSORS_ONLN)))
}

# Another major version formats differently.
format_version=14

check_format()
{
    git ls-files -z -- '*.cpp' '*.h' | xargs -0 clang-format --dry-run -Werror
}

format_step()
{
    if ! has_command clang-format; then
        skip format "clang-format is not installed"
    elif ! clang-format --version | grep -q "version $format_version\."; then
        skip format "only clang-format $format_version decides; this is $(clang-format --version)"
    elif ! git rev-parse --git-dir >/dev/null 2>&1; then
        skip format "not a git checkout"
    else
        step format check_format
    fi
}

viewer_or_skip()
{
    [ -x "build/$1/gui/langfuse-proxy-gui" ] \
        || skip "desktop viewer and its tests" "see build/configure-$1.log for what it needs"
}

# npm ci starts from nothing each time: only when the lock file is another than the installed one.
install_sdks()
{
    cmp -s package-lock.json node_modules/.installed-lock && return
    npm ci --ignore-scripts --no-audit --no-fund && cp package-lock.json node_modules/.installed-lock
}

test_sdks()
{
    (
        cd tests/sdk || exit 1
        cmake --install "$root/build/check" --prefix "$root/build/install" >"$root/build/install.log" || exit 1
        install_sdks || exit 1
        PROXY_BIN=$root/build/install/bin/langfuse-proxy \
            FAKE_UPSTREAM_BIN=$root/build/check/tests/support/fake-upstream \
            FAKE_LANGFUSE_BIN=$root/build/check/tests/support/fake-langfuse \
            node --test
    )
}

sdk_step()
{
    if ! has_command node || ! has_command npm; then
        skip "SDK tests" "node or npm is not installed"
    else
        step "SDK tests" test_sdks
    fi
}

# The cache then serves any checkout, not this folder alone. Told by the compiler which headers a file includes, it
# need not read them all before each file.
export CCACHE_BASEDIR="$root" CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_DEPEND=1

# shellcheck disable=SC2086
ensure_packages $build_packages $gui_packages $test_packages
make_build_folder
if [ $quick = yes ]; then
    step "dev build and tests" build_and_test dev
    viewer_or_skip dev
else
    format_step
    step "release build and tests" build_and_test check
    viewer_or_skip check
    # Without node everything but the SDK tests can run: so it is installed where that is possible, else skipped.
    # shellcheck disable=SC2086
    if has_command apt-get && [ "$(id -u)" -eq 0 ]; then
        (ensure_packages $node_packages) || true
    fi
    sdk_step
    # A second compiler sees other mistakes, and needs half the time for code with sanitizers.
    sanitizers=dev-asan
    if echo 'int main() { }' | clang++ -fsanitize=address,undefined -x c++ -o build/sanitized - 2>/dev/null; then
        sanitizers=dev-asan-clang
    fi
    step "sanitizer build and tests" build_and_test $sanitizers
fi

printf '\n'
[ -z "$skipped" ] || echo "Skipped: ${skipped%; }"
if [ -n "$failed" ]; then
    echo "FAILED: ${failed%; }"
    exit 1
fi
echo "All tests passed."
