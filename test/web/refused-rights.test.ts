// Refusals for want of a right leave a line in the log that names who asked for which route, and no record.

import { expect, test } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { logRefusedRights, nameAsker, REFUSAL_LINES_MINUTE } from '../../server/web/refused-rights.ts';

function aDesk(): { app: express.Express; lines: object[]; wait: (ms: number) => void } {
  const lines: object[] = [];
  let nowMs = Date.parse('2026-11-30T08:00:00Z');
  const app = express();
  app.use(
    logRefusedRights(
      (event, fields) => lines.push({ event, ...fields }),
      () => new Date(nowMs),
    ),
  );
  app.get('/things/:id/:status', ({ params }, response) => {
    nameAsker(response, { actorId: 'person-1', route: '/things/:id/:status' });
    response.sendStatus(Number(params.status));
  });
  app.use((_request, response) => void response.sendStatus(403));
  return { app, lines, wait: (ms) => (nowMs += ms) };
}

test('a 403 of someone known leaves one line, which names the route as it is declared', async () => {
  const { app, lines } = aDesk();
  await request(app).get('/things/secret-id/403').expect(403);
  expect(lines).toEqual([{ event: 'right.refused', method: 'GET', actorId: 'person-1', route: '/things/:id/:status' }]);
});

test('other answers leave none, nor does a stranger', async () => {
  const { app, lines } = aDesk();
  for (const status of [200, 404, 429]) await request(app).get(`/things/secret-id/${status}`).expect(status);
  await request(app).get('/elsewhere').expect(403);
  expect(lines).toEqual([]);
});

test('past the bound lines are counted in the next one', async () => {
  const { app, lines, wait } = aDesk();
  for (let at = 0; at < REFUSAL_LINES_MINUTE + 3; at += 1) await request(app).get('/things/x/403');
  expect(lines).toHaveLength(REFUSAL_LINES_MINUTE);
  wait(60_000);
  await request(app).get('/things/x/403');
  expect(lines.at(-1)).toMatchObject({ silentBefore: 3 });
});
