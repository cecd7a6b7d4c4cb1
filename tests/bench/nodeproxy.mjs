// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The least that a proxy in Node can do for a stream: the yardstick for CPU a chunk, beside nginx. It reads,
// records and changes nothing. node nodeproxy.mjs PORT UPSTREAM_PORT
import http from 'node:http';

const [port, upstreamPort] = process.argv.slice(2).map(Number);
const agent = new http.Agent({ keepAlive: true });
http.createServer((request, response) => {
    const { method, url, headers } = request;
    const call = http.request({ host: '127.0.0.1', port: upstreamPort, path: url, method, headers, agent }, (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
    });
    request.pipe(call);
}).listen(port, '127.0.0.1');
