// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the direct run and the run through the proxy are compared by.

import assert from 'node:assert/strict';

import { until } from './setup.mjs';

// RFC 9110 7.6.1, and what either hop makes for itself.
const perHop = new Set(['host', 'connection', 'keep-alive', 'te', 'transfer-encoding', 'upgrade', 'content-length', 'date']);

/** Headers of a fetch Response, without what belongs to the hop or was added by the proxy as documented. */
export function plainHeaders(headers) {
  return [...headers].filter(([name]) => !perHop.has(name) && !(name === 'x-request-id' && headers.has('request-id')));
}

/** An SDK error as a value. */
export function plainError(error) {
  return {
    class: error.constructor.name,
    status: error.status,
    message: error.message,
    code: error.code,
    type: error.type,
    requestId: error.requestID,
    headers: error.headers instanceof Headers ? plainHeaders(error.headers) : undefined,
  };
}

/** The error that the promise fails with, as a value. */
export async function failureOf(promise) {
  try {
    await promise;
  } catch (error) {
    return plainError(error);
  }
  throw new assert.AssertionError({ message: 'the call should have failed' });
}

/** Reads `count` parts of an endless stream, aborts, and tells whether the upstream saw the close. */
export async function abortAfter(count, stream, abort, context) {
  let parts = 0;
  try {
    for await (const part of stream) {
      if (part && ++parts === count) abort();
      if (parts > count) break;
    }
  } catch (error) {
    if (!/abort/i.test(`${error.name} ${error.message}`)) throw error;
  }
  const closed = await until(async () => (await context.seen()).at(-1).connectionClosed, 5000);
  return { parts: Math.min(parts, count), upstreamClosed: closed };
}

/** One request as fake-upstream saw it, without what may differ between two runs or two hops. */
export function plainRequest(entry) {
  const isMultipart = entry.headers.some(([name, value]) => name === 'content-type' && value.startsWith('multipart/'));
  const headers = entry.headers
    .filter(([name]) => !perHop.has(name.toLowerCase()) && name.toLowerCase() !== 'x-request-id')
    .map(([name, value]) => [name, value.replace(/boundary=.*/, 'boundary=...')]);
  const request = { method: entry.method, target: entry.target, headers, size: entry.size };
  return isMultipart ? request : { ...request, sha1: entry.sha1 }; // the boundary is random
}

/**
 * What the proxy makes of a request's headers by rule: a plain Anthropic key that came as a bearer token (as the
 * SDK sends it) becomes x-api-key where it stood; tokens of an OAuth login stay.
 */
export function asForwarded(request) {
  if (!request.headers.some(([name]) => name === 'anthropic-version')) return request;
  const headers = request.headers.map(([name, value]) =>
    name === 'authorization' && !value.startsWith('Bearer sk-ant-oat') ? ['x-api-key', value.replace('Bearer ', '')] : [name, value],
  );
  return { ...request, headers };
}

/** The one allowed change of a body: stream_options.include_usage where the client left it open. */
export function withoutUsageOption(direct, proxied) {
  const body = JSON.parse(proxied.body);
  assert.deepEqual(body.stream_options, { include_usage: true });
  delete body.stream_options;
  assert.deepEqual(body, JSON.parse(direct.body));
  const { size: _s, sha1: _h, ...request } = plainRequest(proxied);
  const { size: _t, sha1: _i, ...expected } = plainRequest(direct);
  assert.deepEqual(request, expected);
}
