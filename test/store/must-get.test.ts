import { expect, test } from '@jest/globals';
import { mustGet } from '../../server/store/must-get.ts';

const RECORD = {
  id: 'lot-1',
  version: 1,
  createdAt: '2026-11-24T03:00:00.000Z',
  updatedAt: '2026-11-24T03:00:00.000Z',
};
const lots = { get: async (id: string) => (id === RECORD.id ? RECORD : null) };

test('a record that another one names is read', async () => {
  expect(await mustGet(lots, 'lot-1')).toBe(RECORD);
});

test('one that is missing was tampered with', async () => {
  await expect(mustGet(lots, 'lot-2')).rejects.toMatchObject({ name: 'StoreError', kind: 'tampered' });
});
