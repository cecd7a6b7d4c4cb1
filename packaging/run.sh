#!/bin/sh
# SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# From a fresh checkout to a running proxy: installs what is missing, builds, starts the daemon on
# 127.0.0.1:3000 in the foreground. Arguments go to the daemon. Quick when run again.
#
#     sh packaging/run.sh
#     PORT=4000 sh packaging/run.sh

set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
here=$PWD # the daemon reads .env there
. "$root/packaging/debian-packages.sh"

cd "$root"
# shellcheck disable=SC2086
ensure_packages $build_packages
if has_command ccache; then
    export CMAKE_CXX_COMPILER_LAUNCHER="${CMAKE_CXX_COMPILER_LAUNCHER-ccache}"
fi

make_build_folder
log=build/run.log
# Configured once; afterwards ninja does that again when a CMakeLists.txt has changed.
if [ ! -f build/release/build.ninja ] && ! cmake --preset release -D LANGFUSE_PROXY_GUI=OFF >"$log" 2>&1; then
    cat "$log" >&2
    echo "CMake found that something is missing (above). Under Debian's names it is in: $build_packages" >&2
    rm -f build/release/build.ninja
    exit $exit_unavailable
fi
cmake --build --preset release
cmake --install build/release --prefix build/install >"$log" 2>&1 || { cat "$log" >&2; exit 1; }

address="http://${HOST:-127.0.0.1}:${PORT:-3000}"
cat <<END

Point the SDKs at the proxy (it says below when it listens, and where):

  OpenAI      export OPENAI_BASE_URL=$address/v1
  Anthropic   export ANTHROPIC_BASE_URL=$address
  Gemini      export GOOGLE_GEMINI_BASE_URL=$address

Keys stay as they are: the proxy passes each consumer's own on. Traces go to the local store; with
LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY set they go to Langfuse too. Ctrl+C ends it.

END
cd "$here"
exec "$root/build/install/bin/langfuse-proxy" "$@"
