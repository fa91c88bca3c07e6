// Request keys: a POST that is sent twice makes nothing twice and gets the first answer, even if both arrive at once.

import { describe, expect, test } from '@jest/globals';
import type { RequestKey, Store } from '../../server/store/store.ts';
import { aNote } from '../fixtures/records/audit.ts';
import { aLot } from '../fixtures/records/batches.ts';
import { storeOfGroup, type OpenStore } from './store-under-test.ts';

function aKey(key: string, fields: Partial<RequestKey> = {}): RequestKey {
  return { key, bodyHash: 'body-1', answer: { id: key, list: [1, null, 'ệ'] }, ...fields };
}

export function requestKeysContract(open: OpenStore): void {
  describe('request keys', () => {
    let store: Store;
    const on = storeOfGroup(open, (opened) => (store = opened));

    test('a key sent again gets the first answer, and nothing is made', async () => {
      await store.lots.insert(aLot({ id: 'a1', number: 'A1' }), aNote({ entity: 'lot:a1' }, aKey('a')));
      const again = await store.lots.insert(
        aLot({ id: 'a2', number: 'A2' }),
        aNote({ entity: 'lot:a2' }, aKey('a', { answer: 'other' })),
      );
      expect(again).toEqual({ kind: 'replayed', bodyHash: 'body-1', answer: { id: 'a', list: [1, null, 'ệ'] } });
      expect(await store.lots.get('a2')).toBeNull();
      await on.settled();
      expect(await store.audit.firstOf('lot:a2')).toBeNull();
    });

    test('a key sent again with another body is told which body came first', async () => {
      const again = await store.lots.insert(
        aLot({ id: 'a3', number: 'A3' }),
        aNote({}, aKey('a', { bodyHash: 'body-2' })),
      );
      expect(again).toMatchObject({ kind: 'replayed', bodyHash: 'body-1' });
    });

    test('a key of a change is kept as one of a new record is', async () => {
      await store.lots.insert(aLot({ id: 'b1', number: 'B1' }), aNote());
      expect(await store.lots.replace(aLot({ id: 'b1', number: 'B1', version: 2 }), aNote({}, aKey('b')))).toEqual({
        kind: 'replaced',
      });
      expect(
        await store.lots.replace(aLot({ id: 'b1', number: 'B1', version: 3 }), aNote({}, aKey('b'))),
      ).toMatchObject({ kind: 'replayed' });
      expect(await store.lots.get('b1')).toMatchObject({ version: 2 });
    });

    test('a write that was refused keeps no key, so that it can be mended and sent again', async () => {
      expect(await store.lots.insert(aLot({ id: 'c1', number: 'A1' }), aNote({}, aKey('c')))).toMatchObject({
        kind: 'duplicate',
      });
      expect(await store.lots.replace(aLot({ id: 'b1', number: 'B1', version: 9 }), aNote({}, aKey('c')))).toEqual({
        kind: 'conflict',
      });
      expect(await store.findRequest('c')).toBeNull();
      expect(await store.lots.insert(aLot({ id: 'c1', number: 'C1' }), aNote({}, aKey('c')))).toEqual({
        kind: 'added',
      });
    });

    test('of twenty at the same moment with one key one is made, and all get its answer', async () => {
      const second = await on.second();
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          (i % 2 === 0 ? store : second).lots.insert(
            aLot({ id: `d${i}`, number: `D${i}` }),
            aNote({}, aKey('d', { answer: i })),
          ),
        ),
      );
      const made = outcomes.findIndex(({ kind }) => kind === 'added');
      expect(outcomes.filter(({ kind }) => kind === 'added')).toHaveLength(1);
      const replay = { kind: 'replayed', bodyHash: 'body-1', answer: made };
      expect(outcomes).toEqual(outcomes.map((_, i) => (i === made ? { kind: 'added' } : replay)));
      for (let i = 0; i < 20; i += 1) expect((await store.lots.get(`d${i}`)) !== null).toBe(i === made);
    });

    test('a request that changed nothing keeps its key without a line: sent again it changes nothing then either', async () => {
      await on.settled();
      const head = await store.audit.head();
      expect(await store.keepRequest(aKey('f'), '2026-11-24T03:00:00.000Z')).toBeNull();
      expect(await store.findRequest('f')).toEqual({ bodyHash: 'body-1', answer: { id: 'f', list: [1, null, 'ệ'] } });
      const replay = { kind: 'replayed', bodyHash: 'body-1', answer: { id: 'f', list: [1, null, 'ệ'] } };
      expect(
        await store.keepRequest(aKey('f', { bodyHash: 'body-2', answer: 'other' }), '2026-11-24T03:00:00.000Z'),
      ).toEqual(replay);
      expect(await store.lots.insert(aLot({ id: 'f1', number: 'F1' }), aNote({}, aKey('f')))).toEqual(replay);
      expect(await store.lots.replace(aLot({ id: 'b1', number: 'B1', version: 3 }), aNote({}, aKey('f')))).toEqual(
        replay,
      );
      expect(await store.lots.get('f1')).toBeNull();
      await on.settled();
      expect(await store.audit.head()).toEqual(head);
    });

    test('a key whose change is made already keeps that change’s answer', async () => {
      const replay = { kind: 'replayed', bodyHash: 'body-1', answer: { id: 'b', list: [1, null, 'ệ'] } };
      expect(await store.keepRequest(aKey('b', { answer: 'other' }), '2026-11-24T03:00:00.000Z')).toEqual(replay);
      expect(await store.findRequest('b')).toEqual({ bodyHash: 'body-1', answer: { id: 'b', list: [1, null, 'ệ'] } });
    });

    test('of twenty that changed nothing at the same moment under one key, all see one answer', async () => {
      const second = await on.second();
      const kept = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          (i % 2 === 0 ? store : second).keepRequest(aKey('g', { answer: i }), '2026-11-24T03:00:00.000Z'),
        ),
      );
      const first = kept.indexOf(null);
      const replay = { kind: 'replayed', bodyHash: 'body-1', answer: first };
      expect(kept).toEqual(kept.map((_, i) => (i === first ? null : replay)));
    });

    test('a key can be asked for, and is unknown before', async () => {
      expect(await store.findRequest('a')).toEqual({ bodyHash: 'body-1', answer: { id: 'a', list: [1, null, 'ệ'] } });
      expect(await store.findRequest('nobody')).toBeNull();
    });

    test('old keys are forgotten, new ones stay', async () => {
      await store.lots.insert(aLot({ id: 'e1', number: 'E1' }), aNote({ at: '2026-11-20T00:00:00.000Z' }, aKey('old')));
      await store.lots.insert(aLot({ id: 'e2', number: 'E2' }), aNote({ at: '2026-11-21T00:00:00.000Z' }, aKey('new')));
      await store.keepRequest(aKey('old-too'), '2026-11-20T23:59:59.999Z');
      expect(await store.forgetRequestsBefore('2026-11-21T00:00:00.000Z')).toBe(2);
      expect(await store.findRequest('old')).toBeNull();
      expect(await store.findRequest('old-too')).toBeNull();
      expect(await store.findRequest('new')).not.toBeNull();
      expect(await store.lots.get('e1')).toMatchObject({ number: 'E1' });
      expect(await store.forgetRequestsBefore('2026-11-21T00:00:00.000Z')).toBe(0);
    });

    test('keys survive a restart', async () => {
      store = await on.reopen();
      expect(await store.lots.insert(aLot({ id: 'a9', number: 'A9' }), aNote({}, aKey('a')))).toMatchObject({
        kind: 'replayed',
      });
    });
  });
}
