import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readPersonName } from '../../../server/actions/people/read.ts';
import { openTestApi, type Name, type TestApi } from '../../fixtures/api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

test.each<[Name, string, string | null]>([
  ['officeA', 'key-producerA1', 'producerA1'],
  ['producerA1', 'key-officeA', 'officeA'],
  ['producerA1', 'key-admin', 'admin'],
  ['admin', 'key-officeB', 'officeB'],
  ['officeA', 'key-officeB', null],
  ['nobody', 'key-officeA', null],
  ['nobody', 'key-admin', null],
  ['officeA', 'system', null],
  ['officeA', 'public', null],
])('%s reads %s as %s', async (name, id, expected) => {
  expect(await readPersonName(api.actor(name), id, api.ctx)).toBe(expected);
});
