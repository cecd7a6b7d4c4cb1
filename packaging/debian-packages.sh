# SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What is needed from the system, and how it gets there. Sourced by packaging/run.sh and tests/run.sh (POSIX sh).
# shellcheck shell=sh disable=SC2034
#
# Debian 12 and 13, Ubuntu 24.04 and later have all of it under these names.

build_packages="cmake ninja-build g++ pkg-config qt6-base-dev qt6-httpserver-dev qt6-websockets-dev
    libqt6sql6-sqlite libsimdjson-dev zlib1g-dev libzstd-dev libbrotli-dev libprotozero-dev libcli11-dev
    ca-certificates"
gui_packages="qt6-svg-dev qt6-tools-dev qt6-l10n-tools libmd4c-dev libmd4c-html0-dev fonts-dejavu-core" # the desktop viewer
test_packages="clang libclang-rt-dev lld llvm ccache openssl sqlite3 clang-format zsh fish"
# What a screen reader sees of the viewer is tested on a display of its own.
test_packages="$test_packages xvfb at-spi2-core dbus-daemon"
# Debian starts this server when it is installed: only where nothing starts services, as in CI. Its test skips elsewhere.
[ -d /run/systemd/system ] || test_packages="$test_packages prometheus"
node_packages="nodejs npm"

exit_unavailable=69 # EX_UNAVAILABLE (sysexits.h): something that is needed is not there

exit_cannot_create=73 # EX_CANTCREAT

# The folder that everything is built in, below the current one.
make_build_folder()
{
    mkdir -p build 2>/dev/null && [ -w build ] && return
    echo "$PWD/build is needed for building, and $(id -un) cannot write there. Use a checkout of your own." >&2
    exit $exit_cannot_create
}

has_command()
{
    command -v "$1" >/dev/null 2>&1
}

# Prints those of the packages that are not installed. A tool that is on the PATH counts as its package: it may
# have come another way.
missing_packages()
{
    for package in "$@"; do
        case $package in
        cmake | ccache | openssl | sqlite3 | clang-format | npm | prometheus | zsh | fish) has_command "$package" && continue ;;
        ninja-build) has_command ninja && continue ;;
        nodejs) has_command node && continue ;;
        esac
        dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' || printf '%s ' "$package"
    done
}

# Installs what is missing of the packages, where that is possible; ends the script where it is not.
ensure_packages()
{
    if ! has_command dpkg-query || ! has_command apt-get; then
        ensure_tools "$@"
        return
    fi
    # Unquoted on purpose, here and below: the lists are words.
    # shellcheck disable=SC2046
    set -- $(missing_packages "$@")
    [ $# -eq 0 ] && return
    if [ "$(id -u)" -ne 0 ]; then
        echo "These packages are needed and can be installed by root only: $*" >&2
        echo "Run this once, then start again: sudo apt-get install $*" >&2
        exit $exit_unavailable
    fi
    echo "Installing: $*"
    if ! apt-get update -q || ! DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"; then
        echo "apt-get could not install what is needed: $*" >&2
        exit $exit_unavailable
    fi
}

# Not Debian: nothing is installed. The tools must be there; CMake says which library is not.
ensure_tools()
{
    absent=""
    for tool in cmake ninja c++ pkg-config; do
        has_command "$tool" || absent="$absent $tool"
    done
    [ -z "$absent" ] && return
    echo "This system has no apt-get. Needed and not found:$absent." >&2
    echo "Also needed, under Debian's names: $*" >&2
    exit $exit_unavailable
}
