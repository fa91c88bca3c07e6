// The answer to a retry: the first answer, or that its key belongs to another request, or that the first is under way.

import { expect, test } from '@jest/globals';
import { replay } from '../../../server/actions/kit/save.ts';
import { ctx } from '../batches/stamp-desk.ts';

const retry = { ...ctx, request: { key: 'key', bodyHash: 'body' } };

test('a retry is told the first answer, or why there is none', () => {
  const answer = { kind: 'done', value: 1, created: true };
  expect(replay(retry, { bodyHash: 'body', answer })).toEqual({ ok: true, value: answer });
  expect(replay(retry, { bodyHash: 'other', answer })).toMatchObject({ problem: { code: 'request-key-reused' } });
  expect(replay(retry, { bodyHash: 'other', answer: null })).toMatchObject({ problem: { code: 'request-key-reused' } });
  expect(replay(retry, { bodyHash: 'body', answer: null })).toMatchObject({ problem: { code: 'request-under-way' } });
});
