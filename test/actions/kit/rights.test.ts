// Walks the table of rights (CONTRACT §5) row by row. Every role makes each row’s real calls: on its producer’s
// records, on those of another producer of the same office, and on those of another office.

import { describe, expect, test } from '@jest/globals';
import { checkPin } from '../../../server/actions/market/check-pin.ts';
import { fileComplaint, fileComplaintInput } from '../../../server/actions/market/file-complaint.ts';
import { CAST, type ApiAnswer, type Name } from '../../fixtures/api.ts';
import { request } from '../../fixtures/request.ts';
import { api, things, type Farm, type Row, type Things } from './rights-desk.ts';
import { REGISTRY_ROWS } from './rights-of-registry.ts';
import { STAMP_ROWS } from './rights-of-stamps.ts';

/**
 * What an answer says about the right (`done`, `waits`, `not-signed-in`, `not-allowed`, `absent`). An absent record and
 * an absent id in a body count as the same.
 */
function toldBy({ status, body }: ApiAnswer): string {
  if (status === 200 || status === 201) return 'done';
  if (status === 202) return 'waits';
  const code = String(body['code']);
  return code === 'not-found' || code === 'absent-reference' ? 'absent' : code;
}

/** The answer that the table requires. */
function toldByTable(row: Row, name: Name, farm: Farm): string {
  if (name === 'nobody') return 'not-signed-in';
  if (name === 'admin') return 'done';
  const role = name.replace(/[AB]\d?$/, '') as 'producer' | 'inspector' | 'office';
  const grant = row[role];
  if (grant === 'no') return 'not-allowed';
  const sameOffice = name.replace(/^[a-z]+/, '').startsWith(farm.slice(0, 1));
  const inReach = sameOffice && (role !== 'producer' || grant === 'yes' || name.endsWith(farm));
  if (!inReach) return 'absent';
  return grant === 'ask' ? 'waits' : 'done';
}

const WALK: readonly (readonly [Name, readonly Farm[]])[] = [
  ['nobody', ['A1']],
  ['producerA1', ['A1', 'A2', 'B1']],
  ['inspectorA', ['A1', 'B1']],
  ['officeA', ['A1', 'B1']],
  ['admin', ['A1', 'B1']],
];

describe.each([...REGISTRY_ROWS, ...STAMP_ROWS])('$what', (row) => {
  test.each(Object.entries(row.tries))('%s', async (_, attempt) => {
    for (const [name, farms] of WALK) {
      for (const farm of farms) {
        const on = things.get(farm);
        if (on === undefined) throw new Error(`nothing of ${farm}`);
        const answer = await attempt(api.as(name), on);
        expect({ name, farm, told: toldBy(answer) }).toEqual({ name, farm, told: toldByTable(row, name, farm) });
      }
    }
  });
});

describe('what is open to all', () => {
  test('a look-up needs no login, and a key changes nothing about it', async () => {
    const { code } = things.get('A1') as Things;
    for (const name of ['producerB1', 'inspectorB', 'officeB', 'admin'] as const) {
      const answer = await request(`${api.address}/t/${code}`, {
        headers: { Accept: 'application/json', Authorization: `Bearer ${api.keyOf(name)}` },
      });
      expect(answer.status).toBe(200);
    }
    expect((await request(`${api.address}/t/${code}`, { headers: { Accept: 'application/json' } })).status).toBe(200);
  });

  test('complaint and PIN are anybody’s', async () => {
    const { code } = things.get('A1') as Things;
    for (const name of ['nobody', 'producerB1', 'inspectorB', 'officeB', 'admin'] as const) {
      const complaint = fileComplaintInput.parse({ about: 'opened', message: 'Nắp đã mở' });
      expect(await fileComplaint(api.actor(name), { code, complaint }, api.ctx)).toMatchObject({ ok: true });
      const tried = await checkPin(api.actor(name), { code, pin: '000000', network: name }, api.ctx);
      expect(tried.ok).toBe(true);
    }
  });
});

describe('lists', () => {
  const LISTS = [
    '/producers',
    '/products',
    '/evaluations',
    '/certificates',
    '/lots',
    '/recalls',
    '/batches',
    '/inspections',
    '/complaints',
  ] as const;
  const NOT_INSPECTORS = ['/print-jobs', '/printers'] as const;

  test.each([...LISTS, ...NOT_INSPECTORS])('%s holds what is in reach and nothing else', async (path) => {
    const inspects = (LISTS as readonly string[]).includes(path) ? ([['inspectorA', ['A1', 'A2']]] as const) : [];
    for (const [name, producers] of [
      ['producerA1', ['A1']],
      ...inspects,
      ['officeA', ['A1', 'A2']],
      ['officeB', ['B1']],
    ] as const) {
      const items: { id: string; officeId?: string; producerId?: string }[] = [];
      let next: string | null = '';
      while (next !== null) {
        const page: ApiAnswer = await api
          .as(name)
          .get(`${path}?limit=200${next === '' ? '' : `&after=${encodeURIComponent(next)}`}`);
        items.push(...(page.body['items'] as typeof items));
        next = page.body['next'] as string | null;
      }
      const owners = new Set(items.map((item) => (path === '/producers' ? item.id : item.producerId)));
      const own: string[] = producers.map((farm) => CAST[`producer${farm}`]);
      for (const farm of ['A1', 'A2', 'B1'] as const)
        expect({ name, farm, seen: owners.has(CAST[`producer${farm}`]) }).toEqual({
          name,
          farm,
          seen: own.includes(CAST[`producer${farm}`]),
        });
    }
  });

  test('the log is the office’s own, all of it for an admin, and nobody else’s', async () => {
    const [own, all] = [await api.as('officeB').get('/audit?limit=200'), await api.as('admin').get('/audit?limit=200')];
    expect(new Set((own.body['items'] as { officeId: string }[]).map(({ officeId }) => officeId))).toEqual(
      new Set([CAST.officeB]),
    );
    expect((all.body['items'] as unknown[]).length).toBeGreaterThan((own.body['items'] as unknown[]).length);
    for (const name of ['producerA1', 'inspectorA'] as const)
      expect(toldBy(await api.as(name).get('/audit'))).toBe('not-allowed');
    expect(toldBy(await api.as('nobody').get('/audit'))).toBe('not-signed-in');
  });
});
