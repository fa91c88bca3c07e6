// Every page of the programme, of scans and of recalls, by role and language.

import { describe, expect, test } from '@jest/globals';
import { decide } from '../../../../server/actions/kit/rights.ts';
import { axisTicks } from '../../../../server/web/console/programme/axis.ts';
import { CAST } from '../../../fixtures/api.ts';
import { languageOf, linksTo, pageOf, titleOf } from '../../../fixtures/page.ts';
import { api, LOGINS, open, read, ROUTES } from './programme-desk.ts';

describe('every page', () => {
  const FIXED = ROUTES.filter(({ method, path }) => method === 'get' && !path.includes(':') && !path.endsWith('.xlsx'));

  test.each(['vi', 'en'] as const)(
    'has one h1, all its words in %s, and opens to the roles of its right alone',
    async (language) => {
      for (const { path, right } of FIXED) {
        for (const login of ['producer', 'inspector', 'office'] as const) {
          const may =
            right === 'signed-in' ||
            right === 'public' ||
            decide(api.actor(LOGINS[login]), right, null).kind !== 'refused';
          const page = await open(login, `${path}?lang=${language}`);
          expect({ path, login, status: page.status }).toEqual({ path, login, status: may ? 200 : 403 });
          // What a script asks for is no page.
          if (path === '/console/find/near') continue;
          expect(titleOf(pageOf(page.text))).not.toBe('');
          expect(languageOf(pageOf(page.text))).toBe(language);
          expect(read(page)).not.toMatch(/undefined|\[object|NaN|null/);
        }
      }
    },
  );

  test('of an admin over several offices asks which one first', async () => {
    for (const path of ['/console/programme', '/console/scans', '/console/scans/cases', '/console/recalls/new']) {
      const page = await open('admin', path);
      const offered = linksTo(pageOf(page.text), '/console/');
      const asks = offered.some((href) => href.includes(`officeId=${CAST.officeB}`));
      expect({ path, status: page.status, asks }).toEqual({
        path,
        status: 200,
        asks: true,
      });
    }
    expect((await open('admin', `/console/programme?officeId=${CAST.officeA}&year=2020`)).text).toContain('58');
    expect((await open('admin', '/console/programme?officeId=nobody')).status).toBe(404);
    expect((await open('office-b', `/console/programme?officeId=${CAST.officeA}`)).status).toBe(404);
  });

  test('leads somewhere: every link of every home opens', async () => {
    for (const login of ['producer', 'inspector', 'office', 'admin'] as const) {
      const home = await open(login, '/console');
      expect(home.status).toBe(200);
      const main = pageOf(home.text).querySelector('main');
      if (main === null) throw new Error('the home has no main part');
      // The inspectors' app is no page of the console: test/browser/inspect.test.ts opens it.
      for (const href of linksTo(main, '/').filter((one) => one !== '/inspect'))
        expect({ login, href, status: (await open(login, href)).status }).toEqual({
          login,
          href,
          status: 200,
        });
    }
  });
});

test('an axis has round steps from 0 to at least the most, in few of them', () => {
  expect([0, 1, 3, 9, 58, 73, 1_234].map((max) => axisTicks(max))).toEqual([
    [0, 1],
    [0, 1],
    [0, 1, 2, 3],
    [0, 5, 10],
    [0, 20, 40, 60],
    [0, 20, 40, 60, 80],
    [0, 500, 1_000, 1_500],
  ]);
});
