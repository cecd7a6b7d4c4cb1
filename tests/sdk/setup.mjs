// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The programs under and around the test, as child processes: fake-upstream, fake-langfuse, langfuse-proxy.
// Their paths come from FAKE_UPSTREAM_BIN, FAKE_LANGFUSE_BIN and PROXY_BIN; without PROXY_BIN only the
// direct runs happen, without FAKE_LANGFUSE_BIN the check of the traces is left out.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const startTimeoutMs = 20000;

/** Runs a program; `lines` grows with what it prints on the stream that it announces its port on. */
class Program {
  constructor(path, { environment, announcesOn }) {
    this.lines = [];
    this.child = spawn(path, [], {
      env: environment ?? { PATH: process.env.PATH },
      stdio: ['ignore', announcesOn === 'stdout' ? 'pipe' : 'ignore', announcesOn === 'stderr' ? 'pipe' : 'inherit'],
    });
    this.ended = once(this.child, 'exit');
    this.child.on('error', (error) => this.lines.push(String(error)));
    createInterface({ input: this.child[announcesOn] }).on('line', (line) => this.lines.push(line));
    this.killAtExit = () => this.child.kill('SIGKILL');
    process.on('exit', this.killAtExit);
  }

  /** The objects among the lines. */
  entries() {
    return this.lines.flatMap((line) => {
      try {
        return [JSON.parse(line)];
      } catch {
        return [];
      }
    });
  }

  async port(isAnnouncement) {
    const entry = await until(() => this.entries().find(isAnnouncement), startTimeoutMs);
    if (!entry) throw new Error(`no port was announced; the program wrote: ${this.lines.join('\n')}`);
    return entry.port;
  }

  /** SIGTERM; the exit code (null when a signal ended it). */
  async stop() {
    this.child.kill('SIGTERM');
    const [code] = await this.ended;
    process.off('exit', this.killAtExit);
    return code;
  }
}

/** Calls the function until it gives something truthy; undefined after the time. */
export async function until(probe, timeoutMs) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (Date.now() > deadline) return undefined;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export class Setup {
  async start() {
    const hasPort = (entry) => entry.port > 0;
    this.upstream = new Program(process.env.FAKE_UPSTREAM_BIN, { announcesOn: 'stdout' });
    this.upstreamUrl = `http://127.0.0.1:${await this.upstream.port(hasPort)}`;
    if (!process.env.PROXY_BIN) return;

    const environment = {
      UPSTREAM_BASE_URL: this.upstreamUrl,
      ANTHROPIC_BASE_URL: this.upstreamUrl,
      GEMINI_BASE_URL: this.upstreamUrl,
    };
    if (process.env.FAKE_LANGFUSE_BIN) {
      this.langfuse = new Program(process.env.FAKE_LANGFUSE_BIN, { announcesOn: 'stdout' });
      Object.assign(environment, {
        LANGFUSE_BASE_URL: `http://127.0.0.1:${await this.langfuse.port(hasPort)}`,
        LANGFUSE_PUBLIC_KEY: 'pk-lf-test',
        LANGFUSE_SECRET_KEY: 'sk-lf-test',
      });
    }
    this.directory = mkdtempSync(join(tmpdir(), 'langfuse-proxy-sdk-'));
    this.proxy = new Program(process.env.PROXY_BIN, {
      announcesOn: 'stderr',
      environment: {
        PATH: process.env.PATH,
        HOME: this.directory,
        HOST: '127.0.0.1',
        PORT: '0',
        NODE_ENV: 'production',
        STORE_PATH: join(this.directory, 'traces.db'),
        ...environment,
      },
    });
    this.proxyUrl = `http://127.0.0.1:${await this.proxy.port((entry) => entry.msg === 'listening')}`;
  }

  /** What has arrived at fake-upstream, in order. */
  async seen() {
    return (await fetch(`${this.upstreamUrl}/__seen`)).json();
  }

  /** The spans that fake-langfuse has accepted. */
  spans() {
    return this.langfuse.entries().filter((entry) => entry.spanId);
  }

  /** Ends everything; the proxy's exit code. */
  async stop() {
    const code = await this.proxy?.stop();
    await this.langfuse?.stop();
    await this.upstream.stop();
    if (this.directory) rmSync(this.directory, { recursive: true, force: true });
    return code;
  }
}
