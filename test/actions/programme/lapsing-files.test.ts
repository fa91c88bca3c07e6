// Files and reminders for lapsing certificates: the home pages, the list and its day agree about what was done.

import { beforeAll, describe, expect, test } from '@jest/globals';
import { officeToday, producerToday } from '../../../server/actions/home/read-today.ts';
import { saveNew } from '../../../server/actions/kit/save.ts';
import { readLapsing, type Lapsing } from '../../../server/actions/programme/read-lapsing.ts';
import type { FollowUp } from '../../../server/domain/programme/lapsing.ts';
import { CAST } from '../../fixtures/api.ts';
import { testConsole, visitorAs } from '../../fixtures/console.ts';
import { aCertificate, aProduct } from '../../fixtures/records/registry.ts';

const api = testConsole();
const ofA1 = { officeId: CAST.officeA, producerId: CAST.producerA1 } as const;
const TODAY = '2026-12-01';
/** By the last day: within 90 days, after the window for the file, and in it. */
const ENDS = { soon1: '2027-02-14', soon2: '2027-02-20', late: '2027-03-14', open: '2027-05-14' } as const;

async function follow(certificateId: keyof typeof ENDS, kind: FollowUp['kind'], on: string): Promise<void> {
  const doc = {
    id: `${certificateId}-${kind}-${on}`,
    version: 1,
    createdAt: `${TODAY}T01:00:00.000Z`,
    updatedAt: `${TODAY}T01:00:00.000Z`,
  };
  const followUp: FollowUp = { ...doc, ...ofA1, certificateId, kind, on, note: null, by: 'user-officeA' };
  await saveNew(api.ctx, api.actor('admin'), { collection: 'followUps', doc: followUp, action: 'seed', answer: null });
}

async function countsOn(on: string): Promise<Lapsing['counts']> {
  const list = await readLapsing(api.actor('officeA'), { on, rowsMax: 1 }, api.ctx);
  if (!list.ok) throw new Error(list.problem.code);
  return list.value.counts;
}

beforeAll(async () => {
  for (const [id, expiresOn] of Object.entries(ENDS)) {
    const admin = api.actor('admin');
    await saveNew(api.ctx, admin, {
      collection: 'products',
      doc: aProduct({ id: `p-${id}`, ...ofA1, name: id }),
      action: 'seed',
      answer: null,
    });
    const paper = aCertificate({
      id,
      ...ofA1,
      productId: `p-${id}`,
      evaluationId: null,
      number: id,
      issuedOn: '2024-06-01',
      expiresOn,
    });
    await saveNew(api.ctx, admin, {
      collection: 'certificates',
      doc: { ...paper, createdAt: '2024-06-02T00:00:00.000Z', updatedAt: '2024-06-02T00:00:00.000Z' },
      action: 'seed',
      answer: null,
    });
  }
  // Two reminders to one producer; a file from before the window, which belongs to another round; one from this week.
  await follow('soon1', 'reminded', '2026-11-20');
  await follow('soon2', 'reminded', '2026-11-25');
  await follow('late', 'file-received', '2025-01-10');
  await follow('open', 'file-received', '2026-11-30');
}, 30_000);

describe('what was done about certificates that lapse', () => {
  test('a file of before its window is none, and files that are late within 90 days are counted too', async () => {
    api.setNow(`${TODAY}T03:00:00.000Z`);
    expect(await countsOn(TODAY)).toMatchObject({ soon: 2, files: 2, filesDue: 3, filesLate: 3, remindedProducers: 1 });
    const today = await officeToday(api.actor('officeA'), {}, api.ctx);
    expect(today).toMatchObject({ ok: true, value: { lapsing: { soon: 2, reminded: 1, files: 3, late: 3 } } });
    const office = await visitorAs(api, 'officeA');
    const list = (await office.open('/console/programme/lapsing')).text;
    expect(list).toContain('Còn chờ 3 hồ sơ đánh giá lại, 3 đã quá hạn nộp.');
    expect((await office.open('/console')).text).toContain('3 hồ sơ đánh giá lại đến hạn');
    // The producer sees the same files as due.
    const own = await producerToday(api.actor('producerA1'), api.ctx);
    expect(own.ok && own.value.lapses.count).toBe(3);
  });

  test('the list of a past day knows nothing of what was done after it', async () => {
    api.setNow(`${TODAY}T03:00:00.000Z`);
    expect(await countsOn('2026-11-29')).toMatchObject({ filesDue: 4, remindedProducers: 1 });
    expect(await countsOn('2026-11-19')).toMatchObject({ remindedProducers: 0 });
  });
});
