// From a case to what buyers read: the evidence, an outcome, undoing it, and the count of false alarms.

import { beforeAll, describe, expect, test } from '@jest/globals';
import { PROVINCES } from '../../../../server/domain/places.ts';
import { TILES } from '../../../../server/web/console/market/province-map.ts';
import { CAST } from '../../../fixtures/api.ts';
import { aNote } from '../../../fixtures/records/audit.ts';
import { aStampReport } from '../../../fixtures/records/market.ts';
import { TODAY } from '../../../fixtures/records/cast.ts';
import { aScan } from '../../../fixtures/records/scans.ts';
import { api, batchId, follow, open, read, verdictOf } from '../programme/programme-desk.ts';

const SERIAL = 7;
const at = (): string => `/console/scans/cases/${batchId}/${SERIAL}`;

async function known(): Promise<number> {
  return (await api.store.cases.findBy('stamp', [batchId, SERIAL]))?.version ?? 0;
}

/** Closes the case and returns its page. */
async function close(outcome: string, fields: Record<string, string> = {}): Promise<string> {
  const sent = await open('office', at(), { state: 'closed', outcome, known: String(await known()), ...fields });
  return read(await follow('office', sent));
}

async function undo(reason: string): Promise<number> {
  return (await open('office', `${at()}/undo`, { reason, known: String(await known()) })).status;
}

describe('a case', () => {
  beforeAll(async () => {
    for (let i = 0; i < 12; i++) {
      const minute = new Date(Date.parse('2026-11-22T03:00:00.000Z') + i * 60_000).toISOString();
      const visitor = `net-${String(i).padStart(7, '0')}aaaa`;
      const province = i % 3 === 0 ? 'Cà Mau' : 'Hà Nội';
      await api.store.scans.record(
        aScan({ id: `e-${i}`, batchId, serial: SERIAL, visitor, province, at: minute, day: '2026-11-22' }),
      );
    }
    await api.store.scans.record(aScan({ id: 'beside', batchId, serial: SERIAL + 1, visitor: 'net-0000000aaaa' }));
  });

  test('shows its scans by day, its provinces on the map, its networks, and the stamps beside it', async () => {
    const page = read(await open('office', at()));
    expect(page).toContain('12 lượt trong 60 ngày, nhiều nhất 12 lượt ngày 22/11/2026.');
    expect(page).toContain('Tem được quét ở 2 tỉnh, nhiều nhất ở Hà Nội.');
    expect(page).toContain('HN 8');
    expect(page).toContain('12 mạng khác nhau');
    expect(page).toContain('tem này');
    expect(page).toContain('Không có tem nào khác của đợt này bị nghi.');
  });

  test('taken up has a day by which it should be closed', async () => {
    await open('office', at(), { state: 'looking', known: '0' });
    const page = read(await open('office', at()));
    expect(page).toContain('Hạn xem xong 01/12/2026');
    expect(page).toContain('Người xem xét office');
    expect(page).toContain(', office: bắt đầu xem');
    expect(read(await open('producer', at()))).not.toMatch(/Người xem xét|, office:/);
  });

  test('found copied warns buyers at once; taken back with a reason, it warns no more; all of it is in its history', async () => {
    expect(await verdictOf(SERIAL)).toBe('valid');
    expect(await close('copied', { note: 'Chợ Mơ' })).toContain('tem bị sao chép');
    expect(await verdictOf(SERIAL)).toBe('suspect');
    expect(await undo('')).toBe(422);
    expect(await verdictOf(SERIAL)).toBe('suspect');
    expect(await undo('Nhầm số tem')).toBe(303);
    expect(await verdictOf(SERIAL)).toBe('valid');
    const page = read(await open('office', at()));
    for (const step of ['bắt đầu xem', 'đóng, tem bị sao chép (Chợ Mơ)', 'rút lại kết luận (Nhầm số tem)'])
      expect(page).toContain(step);
    const { items } = await api.store.audit.list(
      { officeId: null, entity: `batch:${batchId}`, from: null, to: null },
      { limit: 200, after: null },
    );
    expect(items.map(({ action }) => action)).toEqual(expect.arrayContaining(['answer-case', 'undo-answer']));
    expect(await undo('Nhầm nữa')).toBe(422);
  });

  test('closed as stolen voids the stamp in the same step; as a display it is marked', async () => {
    await close('stolen');
    expect(await verdictOf(SERIAL)).toBe('void');
    await undo('Tìm thấy cuộn tem');
    await close('display');
    expect((await api.store.batches.get(batchId))?.displays).toMatchObject([{ from: SERIAL, to: SERIAL }]);
  });

  test('is counted by month as right or false', async () => {
    const page = read(await open('office', '/console/scans/cases/alarms'));
    expect(page).toMatch(/11\/2026 1 0 1 0 100 %/);
    expect((await open('producer', '/console/scans/cases/alarms')).status).toBe(200);
    expect(read(await open('office-b', '/console/scans/cases/alarms'))).not.toContain('11/2026');
  });
});

test('a visitor who tries very many codes is an alarm of its own, for the office of the batch alone', async () => {
  const page = async (login: 'office' | 'office-b'): Promise<string> =>
    read(await open(login, '/console/scans/cases/alarms'));
  const [codes, stamps] = ['từ 20 mã sai trở lên', 'từ 100 tem trở lên'];
  expect(await page('office')).not.toMatch(new RegExp(`${codes}|${stamps}`));
  await api.store.scans.addRefusals([
    { day: TODAY, reason: 'codes-of-one', batchId, count: 3 },
    { day: TODAY, reason: 'stamps-of-one', batchId, count: 1 },
  ]);
  expect(await page('office')).toMatch(new RegExp(`${codes}.*${batchId} 3 .*${stamps}.*${batchId} 1`));
  expect(await page('office-b')).not.toContain(batchId);
});

test('stamps that are not ours are an alarm from the second report of one address on', async () => {
  const page = async (login: 'office' | 'office-b' | 'producer'): Promise<string> =>
    read(await open(login, '/console/scans/cases/alarms'));
  const report = async (n: number, source: string): Promise<unknown> => {
    const fields = { id: `rep${n}`, number: `L-00000${n}`, keyHash: `${n}`, officeId: CAST.officeA, source };
    return api.store.stampReports.insert(
      aStampReport({ ...fields, createdAt: api.ctx.now().toISOString() }),
      aNote({ entity: `stamp-report:rep${n}` }),
    );
  };
  await report(1, 'host:tem-la.vn');
  await report(2, 'none');
  await report(3, 'none');
  expect(await page('office')).not.toContain('tem-la.vn');
  await report(4, 'host:tem-la.vn');
  expect(await page('office')).toMatch(/tem-la\.vn 2 /);
  for (const login of ['office-b', 'producer'] as const) expect(await page(login)).not.toContain('tem-la.vn');
});

test('the map has a tile of its own for each of the 34 provinces', () => {
  expect(Object.keys(TILES).toSorted()).toEqual([...PROVINCES].toSorted());
  const places = Object.values(TILES).map(([column, row]) => `${column} ${row}`);
  expect(new Set(places).size).toBe(PROVINCES.length);
  expect(new Set(Object.values(TILES).map(([, , letters]) => letters)).size).toBe(PROVINCES.length);
});
