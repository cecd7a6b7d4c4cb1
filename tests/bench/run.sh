#!/bin/sh
# SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The benchmark, one command: sh tests/bench/run.sh [--quick] [--no-build] [--subscribers N]
# Builds the preset `bench`, then measures direct, through nginx and through langfuse-proxy (full telemetry on:
# store on disk, a fake Langfuse), interleaved, streams also through the plainest proxy in Node; then what a
# trace costs by itself. One JSON document on stdout, a readable table on stderr.
# Where the desktop viewer can be built, its own proxy is measured beside the daemon, then what its window costs.
# The streams also go through a second proxy whose /api/events so many clients read (--subscribers, 50): a
# minute after the last one left a proxy still makes events, so that one cannot be both.
# About five minutes by default, one and a half with --quick. PROXY_BIN names another proxy binary.
set -eu

repository=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
programs=$repository/build/bench/tests/bench
proxy=${PROXY_BIN:-$repository/build/bench/cli/langfuse-proxy}
viewer=$repository/build/bench/gui/langfuse-proxy-gui
rounds=4 streamRounds=3 milliseconds=2000 chunks=200 holdMilliseconds=1500
build=yes subscribers=50
while [ $# -gt 0 ]; do
    case $1 in
    --quick) rounds=2 streamRounds=1 milliseconds=800 chunks=100 holdMilliseconds=500 ;;
    --no-build) build=no ;;
    --subscribers)
        subscribers=${2:-}
        [ "$subscribers" -ge 0 ] 2> /dev/null || { echo "$0: --subscribers wants a number" >&2; exit 64; }
        shift
        ;;
    *) echo "usage: $0 [--quick] [--no-build] [--subscribers N]" >&2; exit 64 ;;
    esac
    shift
done

say() { echo "bench: $*" >&2; }
fail() { say "$*"; exit 1; }

command -v nginx > /dev/null 2>&1 || PATH=$PATH:/usr/sbin
command -v nginx > /dev/null 2>&1 || fail "nginx is missing; it is the yardstick (Debian: apt-get install nginx-light)"
command -v node > /dev/null 2>&1 || fail "node is missing; it writes the report (Debian: apt-get install nodejs)"
ulimit -n "$(ulimit -Hn)"
[ "$(ulimit -n)" = unlimited ] || [ "$(ulimit -n)" -ge 4096 ] || fail "1,000 streams need 4,096 open files; see ulimit -n"

work=$(mktemp -d "${TMPDIR:-/tmp}/langfuse-proxy-bench.XXXXXX")
pids=
stopAll() {
    trap - EXIT INT TERM HUP
    for pid in $pids; do kill "$pid" 2> /dev/null || true; done
    (
        sleep 10 &
        nap=$!
        trap 'kill $nap; exit' TERM
        wait $nap
        for pid in $pids; do kill -9 "$pid" 2> /dev/null; done
    ) > /dev/null 2>&1 &
    lastResort=$!
    for pid in $pids; do wait "$pid" 2> /dev/null || true; done
    kill "$lastResort" 2> /dev/null || true
    wait "$lastResort" 2> /dev/null || true
    rm -rf "$work"
}
trap stopAll EXIT
trap 'exit 130' INT TERM HUP

if [ "$build" = yes ]; then
    say "building"
    targets="bench-mock-upstream bench-load"
    if [ -z "${PROXY_BIN:-}" ] && [ -f "$repository/cli/CMakeLists.txt" ]; then
        targets="$targets langfuse-proxy bench-telemetry bench-api"
    fi
    # shellcheck disable=SC2086 # the targets are words
    (
        cd "$repository" && cmake --preset bench || exit 1
        # Without what it is built of there is no viewer, and no target of that name.
        cmake --build --preset bench --target help | grep -q '^bench-viewer:' \
            && targets="$targets langfuse-proxy-gui bench-viewer"
        cmake --build --preset bench --target $targets
    ) \
        > "$work/build.log" 2>&1 || { tail -n 40 "$work/build.log" >&2; fail "the build failed"; }
fi
load=$programs/bench-load
[ -x "$load" ] || fail "$load is missing; run without --no-build"

# start NAME COMMAND...: in the background, in $work, its output in $work/NAME.log; the pid is in $started.
start() {
    name=$1
    shift
    (cd "$work" && exec "$@") > "$work/$name.log" 2>&1 &
    started=$!
    pids="$started $pids"
}

# waitFor NAME PORT PATH: until it answers.
waitFor() {
    "$load" get --port "$2" --path "$3" --milliseconds 10000 > /dev/null && return
    tail -n 20 "$work/$1.log" >&2
    fail "$1 did not answer on port $2"
}

# shellcheck disable=SC2046 # seven numbers
set -- $("$load" ports --count 7)
directPort=$1 langfusePort=$2 nginxPort=$3 proxyPort=$4 nodePort=$5 watchedPort=$6 viewerPort=$7

start upstream "$programs/bench-mock-upstream" --port "$directPort"
start langfuse "$programs/bench-mock-upstream" --port "$langfusePort"

cat > "$work/nginx.conf" << END
daemon off;
master_process off;
worker_processes 1;
worker_rlimit_nofile $(ulimit -n | sed s/unlimited/65536/);
pid $work/nginx.pid;
error_log $work/nginx-error.log;
events { worker_connections 8192; }
http {
    access_log off;
    client_body_temp_path $work/nginx-body;
    proxy_temp_path $work/nginx-proxy;
    fastcgi_temp_path $work/nginx-fastcgi;
    uwsgi_temp_path $work/nginx-uwsgi;
    scgi_temp_path $work/nginx-scgi;
    keepalive_requests 100000000;
    upstream mock {
        server 127.0.0.1:$directPort;
        keepalive 1024;
        keepalive_requests 100000000;
    }
    server {
        listen 127.0.0.1:$nginxPort backlog=4096;
        location / {
            proxy_pass http://mock;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_buffering off;
            proxy_read_timeout 300s;
        }
    }
}
END
start nginx nginx -e "$work/nginx-error.log" -c "$work/nginx.conf"
nginxPid=$started

start node node "$repository/tests/bench/nodeproxy.mjs" "$nodePort" "$directPort"
nodePid=$started

# startProxy NAME PORT [PROGRAM ARGUMENT...]: the daemon, or what runs a proxy as it does; without SSL_CERT_FILE,
# which has it hold 1.5 MiB of certificates.
startProxy() {
    name=$1 port=$2
    shift 2
    [ $# -gt 0 ] || set -- "$proxy"
    start "$name" env -u SSL_CERT_FILE NODE_ENV=production HOST=127.0.0.1 PORT="$port" STORE_PATH="$work/$name.db" \
        UPSTREAM_BASE_URL="http://127.0.0.1:$directPort" ANTHROPIC_BASE_URL="http://127.0.0.1:$directPort" \
        GEMINI_BASE_URL="http://127.0.0.1:$directPort" LANGFUSE_BASE_URL="http://127.0.0.1:$langfusePort" \
        LANGFUSE_PUBLIC_KEY=pk-lf-bench LANGFUSE_SECRET_KEY=sk-lf-bench SHUTDOWN_TIMEOUT_MS=5000 "$@"
}

targets="direct nginx"
proxyPid=0 watchedPid=0 viewerPid=0 withViewer=
if [ -x "$proxy" ]; then
    startProxy proxy "$proxyPort"
    proxyPid=$started
    targets="direct nginx proxy"
    if [ -x "$viewer" ]; then
        startProxy viewer "$viewerPort" env QT_QPA_PLATFORM=offscreen XDG_CONFIG_HOME="$work" XDG_RUNTIME_DIR="$work" "$viewer"
        viewerPid=$started withViewer=viewer
    fi
else
    say "$proxy is not there: measuring direct and nginx only"
fi

waitFor upstream "$directPort" /counts
waitFor langfuse "$langfusePort" /counts
waitFor nginx "$nginxPort" /counts
waitFor node "$nodePort" /counts
[ "$proxyPid" = 0 ] || waitFor proxy "$proxyPort" /v1/models
[ "$viewerPid" = 0 ] || waitFor viewer "$viewerPort" /v1/models

# measure TARGET PHASE MODE OPTIONS...: one line for the report.
measure() {
    target=$1 phase=$2 mode=$3
    shift 3
    case $target in
    direct) port=$directPort pid=0 ;;
    nginx) port=$nginxPort pid=$nginxPid ;;
    node) port=$nodePort pid=$nodePid ;;
    proxy) port=$proxyPort pid=$proxyPid ;;
    watched) port=$watchedPort pid=$watchedPid ;;
    viewer) port=$viewerPort pid=$viewerPid ;;
    esac
    timeout 90 "$load" "$mode" --label "$target/$phase" --port "$port" --pid "$pid" "$@" >> "$work/results" || {
        [ ! -f "$work/$target.log" ] || tail -n 20 "$work/$target.log" >&2
        fail "$phase failed on $target"
    }
}

say "1,000 streams held open"
for target in $targets; do
    measure "$target" hold hold --streams 1000 --interval-us 1000000 --chunks 1000 --ramp-us 1000 \
        --milliseconds "$holdMilliseconds"
done
round=1
while [ $round -le $rounds ]; do
    say "requests, round $round of $rounds"
    for target in $targets; do
        measure "$target" one rps --connections 1 --milliseconds "$milliseconds"
        measure "$target" many rps --connections 32 --milliseconds "$milliseconds"
    done
    # Its window shows each of these calls, on the same two processors: so it comes last.
    [ -z "$withViewer" ] || measure viewer one rps --connections 1 --milliseconds "$milliseconds"
    round=$((round + 1))
done
watched=
if [ "$subscribers" -gt 0 ] && [ "$proxyPid" != 0 ]; then
    say "$subscribers subscribers of /api/events"
    startProxy watched "$watchedPort"
    watchedPid=$started watched=watched
    waitFor watched "$watchedPort" /v1/models
    start watch "$load" watch --port "$watchedPort" --count "$subscribers"
fi
round=1
while [ $round -le $streamRounds ]; do
    say "200 streams of 50 chunks a second, round $round of $streamRounds"
    for target in $targets $withViewer $watched node; do
        measure "$target" stream stream --streams 200 --interval-us 20000 --chunks "$chunks"
    done
    round=$((round + 1))
done

smallTraces=5000 agentTraces=100 imageTraces=40 backlogTraces=100000
[ "$rounds" -gt 2 ] || smallTraces=2000 agentTraces=40 imageTraces=20 backlogTraces=20000
: > "$work/telemetry"
if [ -x "$programs/bench-telemetry" ]; then
    round=1
    while [ $round -le "$streamRounds" ]; do
        say "traces from capture to delivery, round $round of $streamRounds"
        for kind in "small $smallTraces" "agent $agentTraces" "image $imageTraces" "backlog $backlogTraces"; do
            rm -f "$work"/bench.db*
            timeout 200 "$programs/bench-telemetry" --langfuse-port "$langfusePort" --store "$work/bench.db" \
                --kind "${kind% *}" --count "${kind#* }" >> "$work/telemetry" || fail "bench-telemetry failed"
        done
        rm -f "$work"/bench.db*
        timeout 200 "$programs/bench-telemetry" --langfuse-port "$langfusePort" --store "$work/bench.db" \
            --kind agent --count "$agentTraces" --redact all >> "$work/telemetry" || fail "bench-telemetry failed"
        round=$((round + 1))
    done
fi

echo null > "$work/api"
if [ -x "$programs/bench-api" ]; then
    say "questions to a store of 100,000 traces"
    timeout 200 "$programs/bench-api" --store "$work/api.db" --count 100000 > "$work/api" || fail "bench-api failed"
fi

echo null > "$work/viewer"
if [ -x "$programs/bench-viewer" ] && [ -x "$viewer" ]; then
    say "the viewer with 100,000 calls, and its start"
    QT_QPA_PLATFORM=offscreen timeout 300 "$programs/bench-viewer" --viewer "$viewer" --json > "$work/viewer" \
        || fail "bench-viewer failed"
fi

echo null > "$work/health"
if [ "$proxyPid" != 0 ]; then
    "$load" get --port "$proxyPort" --path /api/health > "$work/health.new" && mv "$work/health.new" "$work/health"
fi
"$load" get --port "$langfusePort" --path /counts > "$work/langfuse"
commit=$(git -C "$repository" rev-parse --short HEAD 2> /dev/null || echo unknown)
node "$repository/tests/bench/report.mjs" "$work/results" "$work/telemetry" "$work/health" "$work/langfuse" "$work/api" "$work/viewer" "$commit"
