// A proxy in front of several servers of one service.

import { once } from 'node:events';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The smallest proxy that behaves as Caddy does (compose.mongo.yaml). It uses the servers in turn. If a connection is
 * refused, or a GET's connection is cut before its answer starts, it tries the next server. A scan that is sent again
 * counts as a repeat, not as a second scan.
 */
export async function openBalancer(
  addresses: readonly string[],
): Promise<{ address: string; close: () => Promise<void> }> {
  let turn = 0;
  const server: Server = createServer((incoming, outgoing) => {
    // Each request tries the servers after its own first one, so that no other request can lead it to the same again.
    const first = turn++;
    const attempt = (left: number): void => {
      const { hostname, port } = new URL(addresses[(first + addresses.length - left) % addresses.length] ?? '');
      const onward = httpRequest({
        hostname,
        port,
        path: incoming.url,
        method: incoming.method,
        headers: { ...incoming.headers, connection: 'close' },
        agent: false,
      });
      onward.on('response', (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on('error', (error: NodeJS.ErrnoException) => {
        if (incoming.method === 'GET' && !outgoing.headersSent && left > 0) return attempt(left - 1);
        outgoing.writeHead(502).end(JSON.stringify({ error: error.code }));
      });
      onward.end();
    };
    attempt(addresses.length);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
