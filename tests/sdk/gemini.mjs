// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The @google/genai package against a base URL; see openai.mjs.

import assert from 'node:assert/strict';

import { GoogleGenAI } from '@google/genai';

import { abortAfter, failureOf } from './comparison.mjs';

const client = (base, httpOptions = {}) => new GoogleGenAI({ apiKey: 'gemini-test-key', httpOptions: { baseUrl: base, ...httpOptions } });

const ask = (model, config = {}) => ({ model, contents: 'Wie ist das Wetter? 😀', config });

const tools = [{ functionDeclarations: [{ name: 'get_weather', parametersJsonSchema: { type: 'object', properties: { city: { type: 'string' } } } }] }];

/** A response without the copy of the HTTP headers, which has the hop's own. */
const plain = ({ sdkHttpResponse: _, ...response }) => structuredClone(response);

async function collect(stream) {
  const parts = [];
  for await (const part of stream) parts.push(plain(part));
  return parts;
}

export const scenarios = [
  {
    name: 'text with thoughts',
    run: async ({ base }) => plain(await client(base).models.generateContent(ask('gemini-text'))),
    check: (response) => assert.equal(response.candidates[0].content.parts[1].text, 'Grüezi from Gemini.'),
    usage: { model: 'gemini-text', total: 22 },
  },
  {
    name: 'stream',
    run: async ({ base }) => collect(await client(base).models.generateContentStream(ask('gemini-stream'))),
    check(parts) {
      assert.equal(parts.length, 3);
      assert.equal(parts.at(-1).candidates[0].finishReason, 'STOP');
    },
    usage: { model: 'gemini-stream', total: 22 },
  },
  {
    name: 'function call',
    run: async ({ base }) => plain(await client(base).models.generateContent(ask('gemini-tools', { tools }))),
    check: (response) =>
      assert.deepEqual(response.candidates[0].content.parts[0].functionCall, { name: 'get_weather', args: { city: 'Zürich', days: 2 } }),
    usage: { model: 'gemini-tools', total: 22 },
  },
  {
    name: 'function call, streamed',
    run: async ({ base }) => collect(await client(base).models.generateContentStream(ask('gemini-tools', { tools }))),
    check: (parts) => assert.equal(parts.at(-1).candidates[0].content.parts[0].thoughtSignature, 'c2lnbmF0dXJl'),
  },
  {
    name: '429, retried by the SDK',
    run: async ({ base }) =>
      plain(await client(base, { retryOptions: { attempts: 2, initialDelay: 0.03, maxDelay: 0.1 } }).models.generateContent(ask('gemini-429'))),
    check: (response) => assert.equal(response.modelVersion, 'gemini-429'),
    requests: 2,
  },
  {
    name: '429 as an error',
    async run({ base }) {
      const error = await failureOf(client(base).models.generateContent(ask('gemini-429')));
      await client(base).models.generateContent(ask('gemini-429')); // the turn that succeeds
      return error;
    },
    check(error) {
      assert.deepEqual([error.class, error.status], ['ApiError', 429]);
      assert.match(error.message, /RESOURCE_EXHAUSTED.*retryDelay/s);
    },
    requests: 2,
  },
  {
    name: '400 to a stream',
    run: ({ base }) => failureOf(client(base).models.generateContentStream(ask('gemini-400'))),
    check: (error) => assert.deepEqual([error.class, error.status], ['ApiError', 400]),
  },
  {
    name: 'abort mid-stream',
    async run(context) {
      const abort = new AbortController();
      const stream = await client(context.base).models.generateContentStream(ask('gemini-endless', { abortSignal: abort.signal }));
      return abortAfter(3, stream, () => abort.abort(), context);
    },
    check: (result) => assert.deepEqual(result, { parts: 3, upstreamClosed: true }),
  },
  {
    name: 'count tokens',
    run: async ({ base }) => plain(await client(base).models.countTokens({ model: 'gemini-text', contents: 'hello' })),
    check: (result) => assert.equal(result.totalTokens, 31),
  },
  {
    name: 'prompt that is blocked',
    run: async ({ base }) => plain(await client(base).models.generateContent(ask('gemini-blocked'))),
    check: (response) => assert.deepEqual([response.promptFeedback.blockReason, response.candidates], ['SAFETY', undefined]),
    usage: { model: 'gemini-blocked', total: 5 },
  },
  {
    name: 'embeddings',
    run: async ({ base }) => plain(await client(base).models.embedContent({ model: 'gemini-embedding', contents: 'hello' })),
    check: (result) => assert.deepEqual(result.embeddings[0].values, [0.25, -1.5]),
  },
  {
    name: 'models',
    async run({ base }) {
      const names = [];
      for await (const model of await client(base).models.list()) names.push(model.name);
      return names;
    },
    check: (names) => assert.deepEqual(names, ['models/gemini-text']),
  },
  {
    name: 'resumable file upload',
    run: async ({ base }) =>
      plain(await client(base).files.upload({ file: new Blob([Buffer.alloc(2_000_000, 'xyz')]), config: { mimeType: 'text/plain' } })),
    check: (file) => assert.deepEqual([file.sizeBytes, file.state], ['2000000', 'ACTIVE']),
    requests: 2,
  },
  {
    name: 'body of 6 MB',
    run: async ({ base }) => plain(await client(base).models.generateContent(ask('gemini-echo', { systemInstruction: 'ü'.repeat(3_000_000) }))),
    check: (response) => assert.match(response.candidates[0].content.parts[0].text, /^60\d{5} [0-9a-f]{40}$/),
  },
];
