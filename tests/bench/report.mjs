// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The report of tests/bench/run.sh: medians over the rounds, ratios within the run, targets met or missed.
// node report.mjs RESULTS TELEMETRY HEALTH LANGFUSE API VIEWER COMMIT: JSON on stdout, a table on stderr.
import { readFileSync } from 'node:fs';
import os from 'node:os';

const [resultsPath, telemetryPath, healthPath, langfusePath, apiPath, viewerPath, commit] = process.argv.slice(2);
const readLines = (path) =>
    readFileSync(path, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
const results = readLines(resultsPath);
const telemetryRounds = readLines(telemetryPath);
const targets = ['direct', 'nginx', 'proxy'].filter((name) => results.some((r) => r.label.startsWith(`${name}/`)));

const median = (values) => {
    const sorted = [...values].sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
const rounded = (value, digits = 1) => Number(value.toFixed(digits));
// The median over the rounds of what `pick` takes from each.
const over = (target, phase, pick, digits) =>
    rounded(median(results.filter((r) => r.label === `${target}/${phase}`).map(pick)), digits);

const medians = {};
for (const target of targets) {
    const many = (pick, digits) => over(target, 'many', pick, digits);
    const one = (pick, digits) => over(target, 'one', pick, digits);
    const stream = (pick, digits) => over(target, 'stream', pick, digits);
    const hold = (pick, digits) => over(target, 'hold', pick, digits);
    medians[target] = {
        requestsPerSecondAt32: many((r) => r.requestsPerSecond, 0),
        cpuMicrosecondsPerRequestAt32: many((r) => r.cpuMicroseconds / r.requests),
        p50MicrosecondsAt1: one((r) => r.latencyMicroseconds.p50),
        p99MicrosecondsAt1: one((r) => r.latencyMicroseconds.p99),
        p99MicrosecondsAt32: many((r) => r.latencyMicroseconds.p99),
        chunkDelayP50Microseconds: stream((r) => r.delayMicroseconds.p50),
        chunkDelayP99Microseconds: stream((r) => r.delayMicroseconds.p99),
        firstChunkP50Microseconds: stream((r) => r.firstChunkMicroseconds.p50),
        firstChunkP99Microseconds: stream((r) => r.firstChunkMicroseconds.p99),
        cpuMicrosecondsPerChunk: stream((r) => r.cpuMicrosecondsPerChunk, 2),
        streamsCompleted: stream((r) => r.completed / r.streams, 4),
        streamsHeldOpen: hold((r) => r.open, 0),
        residentIdleMib: hold((r) => r.idleKib / 1024),
        residentIdleAnonymousMib: hold((r) => r.idleAnonymousKib / 1024),
        kibPerStream: hold((r) => r.kibPerStream),
        firstStreamsP50Microseconds: hold((r) => r.firstStreamsMicroseconds.p50),
        lastStreamsP50Microseconds: hold((r) => r.lastStreamsMicroseconds.p50),
        slowestStreamMicroseconds: hold((r) => r.firstChunkMicroseconds.max),
        errors: many((r) => r.errors) + one((r) => r.errors),
        caughtUpAfterMillisecondsAt32: many((r) => r.caughtUpAfterMilliseconds, 0),
    };
}

const node = { cpuMicrosecondsPerChunk: over('node', 'stream', (r) => r.cpuMicrosecondsPerChunk, 2) };

// The proxy with subscribers of its events, beside the one without in the same rounds.
const watched = results.some((r) => r.label === 'watched/stream') && {
    chunkDelayP50Microseconds: over('watched', 'stream', (r) => r.delayMicroseconds.p50),
    chunkDelayP99Microseconds: over('watched', 'stream', (r) => r.delayMicroseconds.p99),
    cpuMicrosecondsPerChunk: over('watched', 'stream', (r) => r.cpuMicrosecondsPerChunk, 2),
    streamsCompleted: over('watched', 'stream', (r) => r.completed / r.streams, 4),
};

// The viewer's own proxy, with its window beside it, in the same rounds.
const viewer = results.some((r) => r.label === 'viewer/stream') && {
    p50MicrosecondsAt1: over('viewer', 'one', (r) => r.latencyMicroseconds.p50),
    p99MicrosecondsAt1: over('viewer', 'one', (r) => r.latencyMicroseconds.p99),
    chunkDelayP50Microseconds: over('viewer', 'stream', (r) => r.delayMicroseconds.p50),
    chunkDelayP99Microseconds: over('viewer', 'stream', (r) => r.delayMicroseconds.p99),
    streamsCompleted: over('viewer', 'stream', (r) => r.completed / r.streams, 4),
};

const traces = {};
for (const kind of new Set(telemetryRounds.map((r) => r.kind))) {
    const of = (key) => rounded(median(telemetryRounds.filter((r) => r.kind === kind).map((r) => r[key])));
    traces[kind] = {
        cpuMicrosecondsToStore: of('cpuMicrosecondsToStore'),
        cpuMicrosecondsToDeliver: of('cpuMicrosecondsToDeliver'),
        tracesPerSecondFromBacklog: of('tracesPerSecondFromBacklog'),
        tracesPerBatch: of('tracesPerBatch'),
        batchesToNewTrace: of('batchesToNewTrace'),
        diskBytesPerTrace: of('diskBytesPerTrace'),
        peakResidentMib: of('peakResidentMib'),
    };
}

// name, value, limit, unit; 'atLeast' for the one that should be large.
const added = (key) => rounded(medians.proxy[key] - medians.direct[key]);
const checks = [];
const check = (name, value, limit, unit, atLeast = false) =>
    checks.push({ name, value, limit, unit, atLeast, pass: atLeast ? value >= limit : value <= limit });
if (medians.proxy) {
    const { proxy, nginx } = medians;
    check('requests/s at 32, of nginx\'s', rounded(proxy.requestsPerSecondAt32 / nginx.requestsPerSecondAt32, 3),
        0.15, 'x', true);
    check('p50 at 1, above nginx\'s', rounded(proxy.p50MicrosecondsAt1 - nginx.p50MicrosecondsAt1), 120, 'us');
    check('p99 at 1, of nginx\'s', rounded(proxy.p99MicrosecondsAt1 / nginx.p99MicrosecondsAt1, 2), 3, 'x');
    // The proxy in Node that this one follows needed 21 us where 12 were asked of us. On another machine both
    // are other numbers, and less than nginx's is not to be had: what holds is the ratio.
    check('CPU a streamed chunk, of a plain Node proxy\'s',
        rounded(proxy.cpuMicrosecondsPerChunk / node.cpuMicrosecondsPerChunk, 2), rounded(12 / 21, 2), 'x');
    check('resident, idle', proxy.residentIdleMib, 25, 'MiB');
    check('resident, a stream at 1,000', proxy.kibPerStream, 40, 'KiB');
    check('streams open at once', proxy.streamsHeldOpen, 1000, '', true);
    check('last streams\' first chunk, above the first\'s',
        rounded(proxy.lastStreamsP50Microseconds - proxy.firstStreamsP50Microseconds), 5000, 'us');
    check('streams complete', proxy.streamsCompleted, 1, 'x', true);
    if (watched) {
        check('streams complete, with subscribers', watched.streamsCompleted, 1, 'x', true);
        check('CPU a chunk with subscribers, of that without',
            rounded(watched.cpuMicrosecondsPerChunk / proxy.cpuMicrosecondsPerChunk, 2), 1.5, 'x');
        check('delay p50 with subscribers, of that without',
            rounded(watched.chunkDelayP50Microseconds / proxy.chunkDelayP50Microseconds, 2), 1.25, 'x');
    }
    if (viewer) {
        // A tenth is what two rounds of the same proxy differ by.
        const addedAt1 = (value) => value - medians.direct.p50MicrosecondsAt1;
        check('the viewer\'s proxy, p50 added at 1, of the daemon\'s',
            rounded(addedAt1(viewer.p50MicrosecondsAt1) / addedAt1(proxy.p50MicrosecondsAt1), 2), 1.1, 'x');
        check('streams complete through the viewer', viewer.streamsCompleted, 1, 'x', true);
    }
    check('failed requests', proxy.errors, 0, '');
}
if (traces.small) {
    const cost = traces.small.cpuMicrosecondsToStore + traces.small.cpuMicrosecondsToDeliver;
    check('small traces a second of one core', rounded(1e6 / cost, 0), 5000, '/s', true);
    check('a 400 KB request parsed and stored, CPU', rounded(traces.agent.cpuMicrosecondsToStore / 1000, 2), 5, 'ms');
    check('the same with all detectors of REDACT, CPU', rounded(traces['agent, redacted'].cpuMicrosecondsToStore / 1000, 2), 10, 'ms');
}
if (traces.backlog) {
    // Full batches hold 256. A new trace waits for the batch under way; one in four places of the next is for new ones.
    check('backlog: traces a batch', traces.backlog.tracesPerBatch, 250, '', true);
    check('backlog: batches up to a new trace\'s', traces.backlog.batchesToNewTrace, 5, '');
    check('backlog: resident at most', traces.backlog.peakResidentMib, 80, 'MiB');
}
const api = JSON.parse(readFileSync(apiPath, 'utf8'));
if (api) {
    check('a list of the API at 100,000 traces, the slowest of ' + api.lists, rounded(api.slowestListMilliseconds), 100, 'ms');
    check('statistics over all of them', rounded(api.statisticsOfAllMilliseconds), 200, 'ms');
}
const viewerFigures = JSON.parse(readFileSync(viewerPath, 'utf8'));
for (const figure of viewerFigures ?? [])
    if (figure.bound > 0) check(`viewer: ${figure.name}`, rounded(figure.median, 2), figure.bound, figure.unit);
const addedByProxy = medians.proxy && {
    chunkDelayP50Microseconds: added('chunkDelayP50Microseconds'),
    chunkDelayP99Microseconds: added('chunkDelayP99Microseconds'),
    firstChunkP50Microseconds: added('firstChunkP50Microseconds'),
    firstChunkP99Microseconds: added('firstChunkP99Microseconds'),
    p50MicrosecondsAt1: added('p50MicrosecondsAt1'),
};

const health = JSON.parse(readFileSync(healthPath, 'utf8'));
console.log(JSON.stringify({
    commit,
    machine: { cpu: os.cpus()[0]?.model ?? '', cores: os.cpus().length, kernel: os.release() },
    medians: { ...medians, node, watched: watched || null, viewer: viewer || null },
    addedByProxy: addedByProxy ?? null,
    traces,
    api,
    viewer: viewerFigures,
    checks,
    telemetry: health?.telemetry ?? null,
    langfuse: JSON.parse(readFileSync(langfusePath, 'utf8')),
    rounds: results,
    telemetryRounds,
}, null, 2));

const row = (cells) => console.error(cells.map((cell, i) => (i ? String(cell).padStart(12) : cell.padEnd(44))).join(''));
row(['', ...targets]);
for (const key of Object.keys(medians[targets[0]])) row([key, ...targets.map((target) => medians[target][key])]);
row(['node: cpuMicrosecondsPerChunk', node.cpuMicrosecondsPerChunk]);
for (const [key, value] of Object.entries(watched || {})) row([`watched: ${key}`, value]);
for (const [key, value] of Object.entries(viewer || {})) row([`viewer: ${key}`, value]);
for (const [key, value] of Object.entries(addedByProxy ?? {})) row([`added: ${key}`, value]);
for (const [kind, figures] of Object.entries(traces))
    for (const [key, value] of Object.entries(figures)) row([`${kind} trace: ${key}`, value]);
for (const { name, value, limit, unit, atLeast, pass } of checks)
    row([`${pass ? 'pass' : 'MISS'}  ${name}`, `${value} ${unit}`, `${atLeast ? '>=' : '<='} ${limit} ${unit}`]);
if (health?.telemetry) console.error(`telemetry: ${JSON.stringify(health.telemetry)}`);
