// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The providers' own SDKs: every scenario once straight to fake-upstream and once through langfuse-proxy; the
// SDK must give the same, and the upstream must have seen the same. At the end every call must have become
// exactly one trace at Langfuse. Run by tests/run.sh.

import assert from 'node:assert/strict';
import { File } from 'node:buffer';
import { after, before, test } from 'node:test';

import { scenarios as anthropic } from './anthropic.mjs';
import { asForwarded, plainRequest, withoutUsageOption } from './comparison.mjs';
import { scenarios as gemini } from './gemini.mjs';
import { scenarios as openai } from './openai.mjs';
import { scenarios as responses } from './responses.mjs';
import { Setup, until } from './setup.mjs';

globalThis.File ??= File; // node 18 (Debian 12) has it, but not as a global; the SDKs want it for uploads

const setup = new Setup();
const deliveryTimeoutMs = 20000;
let forwarded = 0; // requests that went through the proxy

before(() => setup.start());

after(async () => {
  const code = await setup.stop();
  if (process.env.PROXY_BIN) assert.equal(code, 0, 'exit code of langfuse-proxy after SIGTERM');
});

async function observe(scenario, base) {
  const earlier = (await setup.seen()).length;
  const result = await scenario.run({ base, seen: () => setup.seen() });
  const requests = (await setup.seen()).slice(earlier);
  scenario.check(result);
  assert.equal(requests.length, scenario.requests ?? 1, 'requests that arrived upstream');
  return { result, requests };
}

for (const [provider, scenarios] of Object.entries({ openai, responses, anthropic, gemini })) {
  for (const scenario of scenarios) {
    test(`${provider}: ${scenario.name}`, { timeout: 60000 }, async () => {
      const direct = await observe(scenario, setup.upstreamUrl);
      if (!setup.proxyUrl) return;
      const proxied = await observe(scenario, setup.proxyUrl);
      forwarded += proxied.requests.length;
      assert.deepEqual(proxied.result, direct.result);
      if (scenario.splicesUsageOption) {
        proxied.requests.forEach((request, index) => withoutUsageOption(direct.requests[index], request));
      } else {
        const expected = direct.requests.map((request) => asForwarded(plainRequest(request)));
        assert.deepEqual(proxied.requests.map(plainRequest), expected);
      }
    });
  }
}

const withoutTraces = !process.env.PROXY_BIN
  ? 'PROXY_BIN is not set: direct runs only'
  : !process.env.FAKE_LANGFUSE_BIN && 'FAKE_LANGFUSE_BIN is not set';

test('every call is one trace at Langfuse', { skip: withoutTraces, timeout: 60000 }, async () => {
  await until(() => setup.spans().length >= forwarded, deliveryTimeoutMs);
  const spans = setup.spans();
  assert.equal(spans.length, forwarded);
  assert.equal(new Set(spans.map((span) => span.spanId)).size, forwarded);
  assert.ok(!JSON.stringify(spans).match(/sk-test-openai|sk-ant-test|sk-ant-oat01-test|gemini-test-key/), 'keys in traces');
});

for (const { usage } of [...openai, ...responses, ...anthropic, ...gemini].filter((scenario) => scenario.usage)) {
  test(`usage of ${usage.model} is traced`, { skip: withoutTraces, timeout: 60000 }, async () => {
    const modelOf = (span) => span.attributes['langfuse.observation.model.name'];
    const span = await until(() => setup.spans().find((each) => modelOf(each) === usage.model), deliveryTimeoutMs);
    assert.ok(span, 'a span with that model');
    const { total, ...buckets } = JSON.parse(span.attributes['langfuse.observation.usage_details']);
    assert.equal(total, usage.total);
    assert.equal(Object.values(buckets).reduce((sum, tokens) => sum + tokens, 0), usage.total, 'sum of the buckets');
  });
}
