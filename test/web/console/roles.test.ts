import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decide } from '../../../server/actions/kit/rights.ts';
import { closeSheetWorkers } from '../../../server/sheet/threads/draw-sheet.ts';
import type { ConsoleRoute } from '../../../server/web/console/console-route.ts';
import { REFUSAL_LINES_MINUTE } from '../../../server/web/refused-rights.ts';
import { consoleRoutes } from '../../../server/web/console/routes.ts';
import { openTestApi, type TestApi } from '../../fixtures/api.ts';
import { seedAccounts, visitor, visitorAs, type Visitor } from '../../fixtures/console.ts';

const ROLES = ['producerA1', 'inspectorA', 'officeA', 'admin'] as const;

let api: TestApi;
let people: Map<(typeof ROLES)[number], Visitor>;

beforeAll(async () => {
  api = await openTestApi();
  await seedAccounts(api);
  people = new Map(await Promise.all(ROLES.map(async (role) => [role, await visitorAs(api, role)] as const)));
});
afterAll(async () => {
  await api.close();
  await closeSheetWorkers();
});

/** An address of the route, with no record at it. */
function addressOf({ path }: ConsoleRoute): string {
  return path.replaceAll(/:[A-Za-z]+/g, 'nothing-here');
}

const BEHIND_LOGIN = consoleRoutes.filter(({ right }) => right !== 'public');

describe('every page of the console by role', () => {
  test('no path is declared twice, and each has its right', () => {
    const names = consoleRoutes.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(names).size).toBe(names.length);
    expect(consoleRoutes.every(({ right }) => right.length > 0)).toBe(true);
  });

  test('without a login every page leads to /login, and no form is taken', async () => {
    for (const route of BEHIND_LOGIN) {
      const answer =
        route.method === 'get'
          ? await visitor(api).open(addressOf(route))
          : await visitor(api).send(addressOf(route), {});
      expect([route.path, answer.status, answer.location?.split('?')[0]]).toEqual([route.path, 303, '/login']);
    }
  });

  test('a role without the right is told so before anything is looked up; one with it is not', async () => {
    const refused: string[] = [];
    for (const role of ROLES) {
      const actor = api.actor(role);
      const person = people.get(role);
      if (person === undefined) throw new Error('nobody');
      for (const route of BEHIND_LOGIN.filter(({ method }) => method === 'get')) {
        if (route.right === 'signed-in' || route.right === 'public') continue;
        const isRefused = decide(actor, route.right, null).kind === 'refused';
        const { status } = await person.open(addressOf(route));
        expect([role, route.path, status === 403]).toEqual([role, route.path, isRefused]);
        expect([role, route.path, status < 500]).toEqual([role, route.path, true]);
        if (isRefused) refused.push(route.path);
      }
    }
    const lines = api.said.filter(({ event }) => event === 'right.refused').map(({ route }) => route);
    expect(refused.length).toBeGreaterThan(0);
    expect(lines).toEqual(refused.slice(0, REFUSAL_LINES_MINUTE));
  });

  test('a form of a role without the right changes nothing, nor does one of another site', async () => {
    const head = (await api.auditHead()).seq;
    for (const role of ROLES) {
      const actor = api.actor(role);
      const person = people.get(role);
      if (person === undefined) throw new Error('nobody');
      for (const route of BEHIND_LOGIN.filter(({ method }) => method === 'post')) {
        const strange = await person.send(addressOf(route), {}, { Origin: 'https://evil.example' });
        expect([role, route.path, strange.status]).toEqual([role, route.path, 403]);
        if (
          route.right === 'signed-in' ||
          route.right === 'public' ||
          decide(actor, route.right, null).kind !== 'refused'
        )
          continue;
        expect([role, route.path, (await person.send(addressOf(route), {})).status]).toEqual([role, route.path, 403]);
      }
    }
    expect((await api.auditHead()).seq).toBe(head);
  });

  test('an address of what is not there is 404 to whoever may, as another’s is', async () => {
    const office = people.get('officeA');
    if (office === undefined) throw new Error('nobody');
    const pages = BEHIND_LOGIN.filter(({ method, path }) => method === 'get' && path.endsWith('/:id'));
    for (const route of pages) {
      const { status } = await office.open(addressOf(route));
      expect([route.path, status === 404 || status === 403]).toEqual([route.path, true]);
    }
  });
});
