// Every expensive route has its gate, and a gate's place is taken until the last byte is sent.

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, request as ask, type IncomingMessage, type Server } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import { allRoutes } from '../../server/web/api/routes.ts';
import { consoleRoutes } from '../../server/web/console/routes.ts';
import { problemBody, problemOfError, ProblemError } from '../../server/web/errors.ts';
import { GATES, Gates, type GateName } from '../../server/web/gates.ts';
import { RefusalHold } from '../../server/web/refusal-hold.ts';

const ONE = { atOnce: 1, inLine: 0, perActor: 9 };
const TIGHT = Object.fromEntries(Object.keys(GATES).map((name) => [name, ONE])) as Record<GateName, typeof ONE>;

describe('routes', () => {
  test('every API route that takes or gives a file, or counts, names its gate', () => {
    const bare = allRoutes.filter(({ gate, files, upload, path }) => {
      const isCostly = files !== null || upload !== null || /\/(?:stats|ledger|report)$/.test(path);
      return isCostly && gate === null;
    });
    expect(bare.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  test('every page that takes a file or a password, or has the name of one, names its gate', () => {
    const bare = consoleRoutes.filter(({ gate, files, method, path }) => {
      const isPassword = method === 'post' && /(?:^\/login|password|two-factor.*|:token)$/.test(path);
      const isFile = files === true || (method === 'get' && /\.\w+$|export|papers\/:id$/.test(path));
      return (isFile || isPassword) && gate === undefined;
    });
    expect(bare.map(({ method, path }) => `${method} ${path}`)).toEqual(['post /console/users/:id/two-factor']);
  });

  test('every gate is used, and docs/security.md shows its bounds', () => {
    const rooms = readFileSync(new URL('../../server/web/public/forms/photo-room.ts', import.meta.url), 'utf8');
    const [, ofForms] = /gates\.pass\('(\w+)'/.exec(rooms) ?? [];
    const used = new Set([...[...allRoutes, ...consoleRoutes].map(({ gate }) => gate), ofForms]);
    const page = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8');
    for (const [name, { what, atOnce, inLine, perActor, retryAfterSeconds }] of Object.entries(GATES)) {
      expect(used).toContain(name);
      expect(page).toContain(`| ${name} | ${what} | ${atOnce} | ${inLine} | ${perActor} | ${retryAfterSeconds} s |`);
    }
  });
});

describe('a gate before a route', () => {
  let server: Server;
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  /** Sends a first byte, and the last one on request. */
  async function serve(gates: Gates): Promise<{ end: () => void }> {
    const held: (() => void)[] = [];
    const app = express();
    app.get('/', async (request, response) => {
      try {
        await gates.pass('exports', 'somebody', request, response);
        response.write('first');
        held.push(() => response.end('last'));
      } catch (error) {
        const problem = problemOfError(error);
        if (problem === null || !(error instanceof ProblemError)) throw error;
        response.set('Retry-After', String(error.retryAfterSeconds));
        response.status(problemBody(problem).status).end(problem.code);
      }
    });
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { end: () => held.shift()?.() };
  }

  async function get(): Promise<IncomingMessage> {
    const bound = server.address();
    const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
    // Uses node:http, because supertest reads an answer to its end; here reading stops in the middle.
    const asked = ask({ host: '127.0.0.1', port, agent: false });
    asked.end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    return answer;
  }

  async function isFree(gates: Gates): Promise<void> {
    while (gates.use('exports').running > 0) await new Promise((resolve) => setImmediate(resolve));
  }

  test('holds its place until the last byte, answers 429 with Retry-After, and then takes the next', async () => {
    const gates = new Gates(TIGHT, new RefusalHold(20));
    const { end } = await serve(gates);
    const first = await get();
    const refused = await get();
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([
      429,
      String(GATES.exports.retryAfterSeconds),
    ]);
    end();
    first.resume();
    await once(first, 'end');
    await isFree(gates);
    expect((await get()).statusCode).toBe(200);
  });

  test('a refusal for too many tries is held without its place', async () => {
    const gates = new Gates(TIGHT, new RefusalHold(60_000));
    const held: Promise<void>[] = [];
    const app = express();
    app.get('/', async (request, response) => {
      await gates.pass('exports', 'somebody', request, response);
      held.push(gates.holdRefusal(response));
    });
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const asked = ask({ host: '127.0.0.1', port, agent: false });
    asked.on('error', () => undefined);
    asked.end();
    while (held.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(gates.use('exports')).toEqual({ running: 0, waiting: 0 });
    // The work ends with its client.
    asked.destroy();
    await held[0];
  });

  test('is free again when the reader goes away', async () => {
    const gates = new Gates(TIGHT, new RefusalHold(20));
    await serve(gates);
    const first = await get();
    first.destroy();
    await isFree(gates);
    expect((await get()).statusCode).toBe(200);
  });
});
