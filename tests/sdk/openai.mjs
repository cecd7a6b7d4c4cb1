// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The openai package against a base URL. A scenario's run() gives a plain value, check() says what it must be.

import assert from 'node:assert/strict';

import OpenAI, { toFile } from 'openai';

import { abortAfter, failureOf, plainHeaders } from './comparison.mjs';

const client = (base, options = {}) =>
  new OpenAI({ apiKey: 'sk-test-openai', baseURL: `${base}/v1`, maxRetries: 0, ...options });

const ask = (model, more = {}) => ({ model, messages: [{ role: 'user', content: 'Wie ist das Wetter? 😀' }], ...more });

const tools = [
  { type: 'function', function: { name: 'get_weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } } },
];

async function collect(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

export const scenarios = [
  {
    name: 'text, with its response headers',
    async run({ base }) {
      const { data, response } = await client(base).chat.completions.create(ask('gpt-text')).withResponse();
      return { data, status: response.status, headers: plainHeaders(response.headers) };
    },
    check({ data, headers }) {
      assert.equal(data.choices[0].message.content, 'Grüezi number 0');
      assert.deepEqual(headers.filter(([name]) => name === 'set-cookie').length, 2);
      assert.ok(headers.some(([name, value]) => name === 'x-request-id' && value === 'req_openai_1'));
    },
    usage: { model: 'gpt-text', total: 27 },
  },
  {
    name: 'several choices',
    run: ({ base }) => client(base).chat.completions.create(ask('gpt-n', { n: 2 })),
    check: (result) => assert.equal(result.choices[1].message.content, 'Grüezi number 1'),
  },
  {
    name: 'gzip answer',
    run: ({ base }) => client(base).chat.completions.create(ask('gpt-gzip')),
    check: (result) => assert.equal(result.usage.total_tokens, 27),
    usage: { model: 'gpt-gzip', total: 27 },
  },
  {
    name: 'stream that leaves the usage option open',
    splicesUsageOption: true,
    async run({ base }) {
      const chunks = await collect(await client(base).chat.completions.create(ask('gpt-stream', { stream: true })));
      // Asked for usage, OpenAI marks the other chunks with "usage":null.
      return chunks.map(({ usage, ...chunk }) => (usage ? { usage, ...chunk } : chunk));
    },
    check(chunks) {
      assert.equal(chunks.map((chunk) => chunk.choices[0].delta.content ?? '').join(''), 'Grüezi from the fake 😀.');
      assert.ok(chunks.every((chunk) => !chunk.usage));
    },
    usage: { model: 'gpt-stream', total: 27 },
  },
  {
    name: 'stream with usage, two choices',
    run: async ({ base }) =>
      collect(await client(base).chat.completions.create(ask('gpt-stream-n', { n: 2, stream: true, stream_options: { include_usage: true } }))),
    check: (chunks) => assert.equal(chunks.at(-1).usage.total_tokens, 27),
    usage: { model: 'gpt-stream-n', total: 27 },
  },
  {
    name: 'stream that refuses usage',
    run: async ({ base }) =>
      collect(await client(base).chat.completions.create(ask('gpt-no-usage', { stream: true, stream_options: { include_usage: false } }))),
    check: (chunks) => assert.ok(chunks.every((chunk) => chunk.usage === undefined && chunk.choices.length === 1)),
  },
  {
    name: 'tool calls',
    run: ({ base }) => client(base).chat.completions.create(ask('gpt-tools', { tools })),
    check(result) {
      assert.deepEqual(JSON.parse(result.choices[0].message.tool_calls[0].function.arguments), { city: 'Zürich', days: 2 });
      assert.equal(result.choices[0].finish_reason, 'tool_calls');
    },
    usage: { model: 'gpt-tools', total: 27 },
  },
  {
    name: 'tool calls, streamed',
    run: ({ base }) =>
      client(base)
        .chat.completions.stream(ask('gpt-tools', { tools, stream_options: { include_usage: true } }))
        .finalChatCompletion(),
    check(result) {
      assert.deepEqual(
        result.choices[0].message.tool_calls.map((call) => [call.id, call.function.name, call.function.arguments]),
        [
          ['call_1', 'get_weather', '{"city":"Zürich","days":2}'],
          ['call_2', 'get_time', '{}'],
        ],
      );
    },
  },
  {
    name: 'rate limit, retried by the SDK as retry-after-ms says',
    async run({ base }) {
      const started = performance.now();
      const result = await client(base, { maxRetries: 2 }).chat.completions.create(ask('gpt-429'));
      return { result, obeyed: performance.now() - started >= 25 };
    },
    check({ result, obeyed }) {
      assert.equal(result.choices[0].finish_reason, 'stop');
      assert.ok(obeyed);
    },
    requests: 2,
  },
  {
    name: 'server errors until the retries are used up',
    run: ({ base }) => failureOf(client(base, { maxRetries: 1 }).chat.completions.create(ask('gpt-500'))),
    check: (error) => assert.equal(error.class, 'InternalServerError'),
    requests: 2,
  },
  {
    name: '401',
    run: ({ base }) => failureOf(client(base).chat.completions.create(ask('gpt-401'))),
    check: (error) => assert.deepEqual([error.class, error.code], ['AuthenticationError', 'invalid_api_key']),
  },
  {
    name: '400 to a stream',
    splicesUsageOption: true,
    run: ({ base }) => failureOf(client(base).chat.completions.create(ask('gpt-400', { stream: true }))),
    check: (error) => assert.deepEqual([error.class, error.code], ['BadRequestError', 'context_length_exceeded']),
  },
  {
    name: '404',
    run: ({ base }) => failureOf(client(base).models.retrieve('no-such-model')),
    check: (error) => assert.equal(error.class, 'NotFoundError'),
  },
  {
    name: 'stream cut by the upstream',
    splicesUsageOption: true,
    async run({ base }) {
      const stream = await client(base).chat.completions.create(ask('gpt-cut', { stream: true }));
      let chunks = 0;
      try {
        for await (const _ of stream) chunks += 1;
      } catch (error) {
        return { chunks, failed: error.constructor.name };
      }
      return { chunks, failed: 'nothing' };
    },
    check: (result) => assert.deepEqual(result, { chunks: 4, failed: 'TypeError' }),
  },
  {
    name: 'abort mid-stream',
    splicesUsageOption: true,
    async run(context) {
      const stream = await client(context.base).chat.completions.create(ask('gpt-endless', { stream: true }));
      return abortAfter(3, stream, () => stream.controller.abort(), context);
    },
    check: (result) => assert.deepEqual(result, { parts: 3, upstreamClosed: true }),
  },
  {
    name: 'twenty streams at once',
    splicesUsageOption: true,
    async run({ base }) {
      const one = async () => (await collect(await client(base).chat.completions.create(ask('gpt-many', { stream: true })))).length;
      return Promise.all(Array.from({ length: 20 }, one));
    },
    check: (counts) => assert.deepEqual(counts, Array(20).fill(6)),
    requests: 20,
  },
  {
    name: 'models',
    async run({ base }) {
      const ids = [];
      for await (const model of client(base).models.list()) ids.push(model.id);
      return ids;
    },
    check: (ids) => assert.deepEqual(ids, ['gpt-text', 'gpt-tools']),
  },
  {
    name: 'embeddings',
    run: ({ base }) => client(base).embeddings.create({ model: 'text-embedding', input: 'hello' }),
    check: (result) => assert.deepEqual(result.data[0].embedding, [0.25, -1.5]),
    usage: { model: 'text-embedding', total: 4 },
  },
  {
    name: 'moderation',
    run: ({ base }) => client(base).moderations.create({ model: 'omni-moderation-latest', input: ['hello', 'world'] }),
    check: (result) => assert.deepEqual(result.results[0].categories, { harassment: true, violence: false }),
  },
  {
    name: 'image',
    run: ({ base }) => client(base).images.generate({ model: 'gpt-image', prompt: 'a cat' }),
    check: (result) => assert.equal(result.data[0].b64_json, 'aVBORw0='),
    usage: { model: 'gpt-image', total: 110 },
  },
  {
    name: 'image, streamed',
    async run({ base }) {
      const types = [];
      for await (const event of await client(base).images.generate({ model: 'gpt-image', prompt: 'a cat', stream: true, partial_images: 1 }))
        types.push(event.type);
      return types;
    },
    check: (types) => assert.deepEqual(types, ['image_generation.partial_image', 'image_generation.completed']),
  },
  {
    name: 'transcription of a file',
    run: async ({ base }) =>
      client(base).audio.transcriptions.create({ model: 'gpt-transcribe', file: await toFile(Buffer.alloc(500_000, 'abc'), 'speech.mp3') }),
    check: (result) => assert.match(result.text, /^speech\.mp3 500000 [0-9a-f]{40}$/),
    usage: { model: 'gpt-transcribe', total: 19 },
  },
  {
    name: 'transcription of a file, streamed',
    async run({ base }) {
      const file = await toFile(Buffer.alloc(500_000, 'abc'), 'speech.mp3');
      const events = [];
      for await (const event of await client(base).audio.transcriptions.create({ model: 'gpt-transcribe', file, stream: true })) events.push(event);
      return events;
    },
    check(events) {
      assert.equal(events.at(-1).type, 'transcript.text.done');
      assert.match(events[0].delta, /^speech\.mp3 500000 [0-9a-f]{40}$/);
    },
  },
  {
    name: 'speech',
    async run({ base }) {
      const response = await client(base).audio.speech.create({ model: 'gpt-tts', voice: 'alloy', input: 'hello' });
      return { type: response.headers.get('content-type'), bytes: (await response.arrayBuffer()).byteLength };
    },
    check: (result) => assert.deepEqual(result, { type: 'audio/mpeg', bytes: 100_000 }),
  },
  {
    name: 'file upload',
    run: async ({ base }) =>
      client(base).files.create({ purpose: 'batch', file: await toFile(Buffer.alloc(3_000_000, 'abc'), 'input.jsonl') }),
    check: (file) => assert.deepEqual([file.bytes, file.filename, file.purpose], [3_000_000, 'input.jsonl', 'batch']),
  },
  {
    name: 'body of 6 MB',
    run: ({ base }) => client(base).chat.completions.create(ask('gpt-echo', { user: 'ü'.repeat(3_000_000) })),
    check: (result) => assert.match(result.choices[0].message.content, /^60\d{5} [0-9a-f]{40}$/),
  },
];
