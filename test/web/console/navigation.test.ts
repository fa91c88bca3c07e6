import { expect, test } from '@jest/globals';
import { ROLES, type Person } from '../../../server/domain/people/account.ts';
import { navigationOf } from '../../../server/web/console/navigation.ts';
import { INSPECT } from '../../../server/web/inspect-app/app-files.ts';
import { consoleRoutes } from '../../../server/web/console/routes.ts';

const pages = new Map(consoleRoutes.filter(({ method }) => method === 'get').map((route) => [route.path, route]));

test.each(ROLES)('every entry that a role of %s sees leads to a page of that entry', (role) => {
  const person: Person = { kind: 'person', id: 'p', role, officeId: 'o', producerId: role === 'producer' ? 'q' : null };
  const entries = navigationOf(person);
  expect(entries.length).toBeGreaterThan(3);
  // The inspectors' app is a place of its own.
  const own = entries.filter(({ path }) => path !== INSPECT);
  expect(own.map(({ key, path }) => [key, pages.get(path)?.nav])).toEqual(own.map(({ key }) => [key, key]));
});
