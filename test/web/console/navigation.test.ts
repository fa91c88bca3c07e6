import { expect, test } from '@jest/globals';
import { ROLES, type Person } from '../../../server/domain/people/account.ts';
import { navigationOf } from '../../../server/web/console/navigation.ts';
import { consoleRoutes } from '../../../server/web/console/routes.ts';

const pages = new Map(consoleRoutes.filter(({ method }) => method === 'get').map((route) => [route.path, route]));

test.each(ROLES)('every entry that a role of %s sees leads to a page of that entry', (role) => {
  const person: Person = { kind: 'person', id: 'p', role, officeId: 'o', producerId: role === 'producer' ? 'q' : null };
  const entries = navigationOf(person);
  expect(entries.length).toBeGreaterThan(3);
  expect(entries.map(({ key, path }) => [key, pages.get(path)?.nav])).toEqual(entries.map(({ key }) => [key, key]));
});
