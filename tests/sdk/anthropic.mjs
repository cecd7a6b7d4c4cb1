// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The @anthropic-ai/sdk package against a base URL; see openai.mjs.

import assert from 'node:assert/strict';

import Anthropic, { toFile } from '@anthropic-ai/sdk';

import { abortAfter, failureOf, plainHeaders } from './comparison.mjs';

const client = (base, options = {}) => new Anthropic({ apiKey: 'sk-ant-test', baseURL: base, maxRetries: 0, ...options });

const ask = (model, more = {}) => ({
  model,
  max_tokens: 64,
  messages: [{ role: 'user', content: 'Wie ist das Wetter? 😀' }],
  ...more,
});

const tools = [{ name: 'get_weather', input_schema: { type: 'object', properties: { city: { type: 'string' } } } }];

export const scenarios = [
  {
    name: 'text, with its response headers',
    async run({ base }) {
      const { data, response } = await client(base).messages.create(ask('claude-text')).withResponse();
      return { data, status: response.status, headers: plainHeaders(response.headers) };
    },
    check({ data, headers }) {
      assert.equal(data.content[0].text, 'Grüezi from "here".');
      assert.ok(headers.some(([name, value]) => name === 'request-id' && value === 'req_anthropic_1'));
    },
    usage: { model: 'claude-text', total: 47 },
  },
  {
    name: 'stream, every event',
    async run({ base }) {
      const events = [];
      for await (const event of await client(base).messages.create(ask('claude-stream', { stream: true }))) events.push(event);
      return events;
    },
    check(events) {
      assert.equal(events.at(0).type, 'message_start');
      assert.equal(events.at(-1).type, 'message_stop');
    },
    usage: { model: 'claude-stream', total: 47 },
  },
  {
    name: 'tool call with thinking',
    run: ({ base }) => client(base).messages.create(ask('claude-tools', { tools, thinking: { type: 'adaptive' } })),
    check: (message) => assert.deepEqual(message.content[1].input, { city: 'Zürich' }),
    usage: { model: 'claude-tools', total: 47 },
  },
  {
    name: 'tool call with thinking, streamed',
    run: ({ base }) => client(base).messages.stream(ask('claude-tools', { tools })).finalMessage(),
    check(message) {
      assert.deepEqual(message.content[0], { type: 'thinking', thinking: 'The user wants weather.', signature: 'c2lnbmF0dXJl' });
      assert.deepEqual(message.content[1].input, { city: 'Zürich' });
      assert.equal(message.stop_reason, 'tool_use');
    },
  },
  {
    name: 'overloaded, retried by the SDK as retry-after-ms says',
    async run({ base }) {
      const started = performance.now();
      const message = await client(base, { maxRetries: 2 }).messages.create(ask('claude-529'));
      return { message, obeyed: performance.now() - started >= 25 };
    },
    check: ({ message, obeyed }) => assert.deepEqual([message.stop_reason, obeyed], ['end_turn', true]),
    requests: 2,
  },
  {
    name: '529 as an error',
    async run({ base }) {
      const error = await failureOf(client(base).messages.create(ask('claude-529')));
      await client(base).messages.create(ask('claude-529')); // the turn that succeeds
      return error;
    },
    check(error) {
      assert.equal(error.status, 529);
      assert.ok(error.headers.some(([name, value]) => name === 'retry-after-ms' && value === '30'));
    },
    requests: 2,
  },
  {
    name: '400',
    run: ({ base }) => failureOf(client(base).messages.create(ask('claude-400'))),
    check: (error) => assert.deepEqual([error.class, error.requestId], ['BadRequestError', 'req_anthropic_1']),
  },
  {
    name: '401 to a stream',
    run: ({ base }) => failureOf(client(base).messages.create(ask('claude-401', { stream: true }))),
    check: (error) => assert.equal(error.class, 'AuthenticationError'),
  },
  {
    name: 'error event in a stream',
    run: ({ base }) => failureOf(client(base).messages.stream(ask('claude-error-event')).finalMessage()),
    check: (error) => assert.match(error.message, /overloaded_error/),
  },
  {
    name: 'abort mid-stream',
    async run(context) {
      const stream = await client(context.base).messages.create(ask('claude-endless', { stream: true }));
      return abortAfter(3, stream, () => stream.controller.abort(), context);
    },
    check: (result) => assert.deepEqual(result, { parts: 3, upstreamClosed: true }),
  },
  {
    name: 'beta headers and version arrive',
    run: ({ base }) => client(base).beta.messages.create({ ...ask('claude-echo'), betas: ['feature-a-2026-01-01', 'feature-b-2026-02-02'] }),
    check: (message) =>
      assert.match(message.content[0].text, / beta=feature-a-2026-01-01,feature-b-2026-02-02 version=20\d\d-\d\d-\d\d /),
  },
  {
    name: 'token of an OAuth login instead of a key',
    run: ({ base }) => client(base, { apiKey: null, authToken: 'sk-ant-oat01-test' }).messages.create(ask('claude-text')),
    check: (message) => assert.equal(message.role, 'assistant'),
  },
  {
    name: 'count tokens',
    run: ({ base }) => client(base).messages.countTokens({ model: 'claude-text', messages: ask('').messages }),
    check: (result) => assert.deepEqual(result, { input_tokens: 2095 }),
  },
  {
    name: 'models',
    async run({ base }) {
      const ids = [];
      for await (const model of client(base).models.list()) ids.push(model.id);
      return ids;
    },
    check: (ids) => assert.deepEqual(ids, ['claude-text']),
  },
  {
    name: 'file upload',
    run: async ({ base }) =>
      client(base).beta.files.upload({ file: await toFile(Buffer.alloc(2_000_000, 'xyz'), 'notes.txt', { type: 'text/plain' }) }),
    check: (file) => assert.deepEqual([file.filename, file.mime_type, file.size_bytes], ['notes.txt', 'text/plain', 2_000_000]),
  },
  {
    name: 'body of 6 MB',
    run: ({ base }) => client(base).messages.create(ask('claude-echo', { system: 'ü'.repeat(3_000_000) })),
    check: (message) => assert.match(message.content[0].text, / body=60\d{5} [0-9a-f]{40}$/),
  },
];
