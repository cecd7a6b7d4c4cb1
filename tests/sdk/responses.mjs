// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The openai package's Responses API against a base URL; scenarios as in openai.mjs.

import assert from 'node:assert/strict';

import OpenAI from 'openai';

import { failureOf } from './comparison.mjs';

const client = (base, options = {}) =>
  new OpenAI({ apiKey: 'sk-test-openai', baseURL: `${base}/v1`, maxRetries: 0, ...options });

const ask = (model, more = {}) => ({ model, instructions: 'Be brief.', input: 'Wie ist das Wetter? 😀', ...more });

const tools = [
  { type: 'function', name: 'get_weather', parameters: { type: 'object', properties: { city: { type: 'string' } } }, strict: false },
];

async function collect(stream) {
  const events = [];
  for await (const event of stream) events.push(event);
  return events;
}

const greeting = 'Grüezi from the fake 😀.';

export const scenarios = [
  {
    name: 'text',
    run: ({ base }) => client(base).responses.create(ask('gpt-resp-text')),
    check: (result) => assert.equal(result.output_text, greeting),
    usage: { model: 'gpt-resp-text', total: 27 },
  },
  {
    name: 'stream',
    run: async ({ base }) => collect(await client(base).responses.create(ask('gpt-resp-stream', { stream: true }))),
    check(events) {
      const deltas = events.filter((event) => event.type === 'response.output_text.delta');
      assert.equal(deltas.map((event) => event.delta).join(''), greeting);
      assert.equal(events.at(-1).response.usage.total_tokens, 27);
    },
    usage: { model: 'gpt-resp-stream', total: 27 },
  },
  {
    name: 'tool call',
    run: ({ base }) => client(base).responses.create(ask('gpt-resp-tools', { tools })),
    check: (result) => assert.deepEqual(JSON.parse(result.output[1].arguments), { city: 'Zürich', days: 2 }),
    usage: { model: 'gpt-resp-tools', total: 27 },
  },
  {
    name: 'tool call, streamed',
    run: ({ base }) => client(base).responses.stream(ask('gpt-resp-tools', { tools })).finalResponse(),
    check(result) {
      assert.equal(result.output[0].summary[0].text, '**Looking** it up');
      assert.equal(result.output[1].arguments, '{"city":"Zürich","days":2}');
    },
  },
  {
    name: 'items, files and images in the input',
    run: ({ base }) =>
      client(base).responses.create(
        ask('gpt-resp-items', {
          previous_response_id: 'resp_0',
          input: [
            { role: 'user', content: [{ type: 'input_image', detail: 'auto', image_url: 'data:image/png;base64,iVBORw0KGgo=' }] },
            { type: 'function_call', call_id: 'call_1', name: 'get_weather', arguments: '{}' },
            { type: 'function_call_output', call_id: 'call_1', output: 'sunny' },
          ],
        }),
      ),
    check: (result) => assert.equal(result.status, 'completed'),
  },
  {
    name: 'incomplete stream',
    run: async ({ base }) => collect(await client(base).responses.create(ask('gpt-resp-incomplete', { stream: true }))),
    check: (events) => assert.equal(events.at(-1).response.incomplete_details.reason, 'max_output_tokens'),
    usage: { model: 'gpt-resp-incomplete', total: 27 },
  },
  {
    name: 'failed stream',
    run: async ({ base }) => collect(await client(base).responses.create(ask('gpt-resp-failed', { stream: true }))),
    check: (events) => assert.equal(events.at(-1).response.error.code, 'server_error'),
  },
  {
    name: 'rate limit, retried',
    run: ({ base }) => client(base, { maxRetries: 1 }).responses.create(ask('gpt-resp-429')),
    check: (result) => assert.equal(result.status, 'completed'),
    requests: 2,
  },
  {
    name: '400 to a stream',
    run: ({ base }) => failureOf(client(base).responses.create(ask('gpt-resp-400', { stream: true }))),
    check: (error) => assert.deepEqual([error.class, error.code], ['BadRequestError', 'context_length_exceeded']),
  },
  {
    name: 'retrieve, input items, cancel',
    async run({ base }) {
      const { responses } = client(base);
      const items = [];
      for await (const item of responses.inputItems.list('resp_1')) items.push(item.id);
      return { kept: await responses.retrieve('resp_1'), items, cancelled: await responses.cancel('resp_1') };
    },
    check({ kept, items, cancelled }) {
      assert.equal(kept.output_text, greeting);
      assert.deepEqual([items, cancelled.status], [['msg_0'], 'cancelled']);
    },
    requests: 3,
  },
  {
    name: 'compact, count input tokens',
    async run({ base }) {
      const { responses } = client(base);
      const count = await responses.inputTokens.count({ model: 'gpt-resp-count', input: 'Hi' });
      return { count, compacted: await responses.compact({ model: 'gpt-resp-compact', input: 'Hi' }) };
    },
    check({ count, compacted }) {
      assert.deepEqual([count.input_tokens, compacted.object], [11, 'response.compaction']);
    },
    requests: 2,
    usage: { model: 'gpt-resp-compact', total: 27 },
  },
];
