import { describe, expect, test } from '@jest/globals';

import { printedAddress } from '../../../server/domain/stamp/stamp-address.ts';
import { layoutSheet, type SheetLayout } from '../../../server/sheet/setting/layout.ts';
import { beVietnamPro } from '../../../server/sheet/setting/fonts.ts';
import { drawSheetInProcess } from '../../../server/sheet/pdf/draw-job.ts';
import { drawPlain } from '../../../server/sheet/pdf/plain-drawing.ts';
import { QUIET_MODULES } from '../../../server/sheet/template/template-limits.ts';
import type { SheetJob } from '../../../server/sheet/threads/sheet-job.ts';
import { codesIn, hasInk, openSheet, readStamp, strayInk, tableFaults, type Pixels } from '../read-sheet.ts';
import { aJob, keys, LINK, ORANGES, sampleNames, setSheet, templateOf } from '../sheet-jobs.ts';

const drawFast = (job: SheetJob): Uint8Array => Buffer.concat([...drawSheetInProcess(job)]);

function layoutOf(job: SheetJob): SheetLayout {
  const set = layoutSheet(beVietnamPro, job);
  if (!set.ok) throw new Error(set.problem.detail);
  return set.value;
}

/** The serials on a page whose symbol does not contain their own address. */
async function misread(job: SheetJob, pageAt: number, pixels: Pixels): Promise<number[]> {
  const layout = layoutOf(job);
  const page = layout.pageAt(pageAt);
  const wrong: number[] = [];
  for (let serial = page.from; serial <= page.to; serial += 1) {
    const read = await readStamp(pixels, layout, job.template.label, page.firstPlace + serial - page.from);
    if (read !== printedAddress(job.address, keys.codeOf(serial))) wrong.push(serial);
  }
  return wrong;
}

const LINK_JOB = aJob({ address: LINK, symbol: { version: 4, level: 'M', mask: 4 } });
const ROLL = templateOf('roll-50x30');

describe('a stamp read back from the pixels of its page', () => {
  test.each<[string, SheetJob, number]>([
    ['a4-65 at 150 dpi', aJob({ to: 200 }), 150],
    ['a4-65 at 300 dpi', aJob({ to: 200 }), 300],
    ['a4-65 at 203 dpi, where no module is whole', aJob({ to: 65 }), 203],
    ['a4-65 with a digital link at 300 dpi', LINK_JOB, 300],
    [
      'a4-65 with the longest digital link at 300 dpi',
      { ...LINK_JOB, symbol: { version: 5, level: 'M', mask: 1 } },
      300,
    ],
  ])('says its own address: %s, first and last page', async (_, job, dpi) => {
    const sheet = await openSheet(drawFast(job));
    for (const page of new Set([0, sheet.pages - 1]))
      expect(await misread(job, page, await sheet.draw(page, dpi))).toEqual([]);
    sheet.close();
  });

  test('says its own address on a roll at 203 and 300 dpi', async () => {
    const job = aJob({ template: ROLL, from: 41, to: 60 });
    const sheet = await openSheet(drawFast(job));
    expect(sheet.pages).toBe(20);
    for (const page of [0, 9, 19]) {
      for (const dpi of [203, 300]) expect(await misread(job, page, await sheet.draw(page, dpi))).toEqual([]);
    }
    sheet.close();
  });

  test('is where a printer that is off by a millimetre and half a percent wants it', async () => {
    const job = aJob({ printer: { offsetXMm: 1.2, offsetYMm: -0.7, scaleX: 1.004, scaleY: 0.996 } });
    const sheet = await openSheet(drawFast(job));
    expect(await misread(job, 0, await sheet.draw(0, 300))).toEqual([]);
    sheet.close();
  });
});

describe('both drawings', () => {
  test.each<[string, SheetJob, number]>([
    ['a full sheet and a part of one', aJob({ to: 70 }), 300],
    [
      'a sheet that begins at its eighth place, nudged and stretched',
      aJob({ skip: 7, to: 60, printer: { offsetXMm: 0.4, offsetYMm: 0.3, scaleX: 1.002, scaleY: 0.998 } }),
      300,
    ],
    ['long names under five stars', aJob({ content: { ...ORANGES, ...sampleNames().get('S25'), stars: 5 } }), 300],
    ['a blank stamp', aJob({ content: { productName: null, producerName: 'HTX Cam Mường Thàng', stars: null } }), 300],
    ['a digital link', LINK_JOB, 300],
    ['a roll', aJob({ template: ROLL, to: 2 }), 300],
    ['PINs in their frames, under a band', aJob({ template: templateOf('a4-21-pin'), to: 4 }), 300],
    ['brittle stamps', aJob({ template: templateOf('tem-vo-20'), to: 9 }), 300],
  ])('put their ink in the same places to 0.1 mm: %s', async (_, job, dpi) => {
    const [fast, plain] = [await openSheet(drawFast(job)), await openSheet(drawPlain(job, layoutOf(job)))];
    expect(fast.pages).toBe(plain.pages);
    expect(fast.pageSize.width).toBeCloseTo(plain.pageSize.width, 2);
    for (let page = 0; page < fast.pages; page += 1) {
      const [a, b] = [await fast.draw(page, dpi), await plain.draw(page, dpi)];
      const withinPx = 1; // 0.085 mm at 300 dpi
      expect(strayInk(a, b, withinPx) + strayInk(b, a, withinPx)).toBe(0);
    }
    fast.close();
    plain.close();
  });
});

describe('ink on paper', () => {
  test.each([
    ['a4-65', 'S14'],
    ['a4-65', 'S25'],
    ['roll-50x30', 'S14'],
  ])('keeps off the cut edges and out of the quiet zones of %s with the names of %s', async (id, product) => {
    const template = templateOf(id);
    const { label } = template;
    const content = { ...ORANGES, ...sampleNames().get(product), stars: 5 };
    const sheet = await openSheet(drawFast(aJob({ template, content, to: 65 })));
    const layout = setSheet({ template, content, to: 65 });
    const pixels = await sheet.draw(0, 300);
    const marginMm = template.inkMarginMm - 0.05;
    const { modules, moduleMm } = layout.label.symbol;
    const [sideMm, quietMm] = [modules * moduleMm, QUIET_MODULES * moduleMm];
    for (const place of layout.places) {
      const { xMm, yMm, symbolXMm, symbolYMm } = place;
      expect(hasInk(pixels, xMm, yMm, label.widthMm, marginMm)).toBe(false);
      expect(hasInk(pixels, xMm, yMm + label.heightMm - marginMm, label.widthMm, marginMm)).toBe(false);
      expect(hasInk(pixels, xMm, yMm, marginMm, label.heightMm)).toBe(false);
      expect(hasInk(pixels, xMm + label.widthMm - marginMm, yMm, marginMm, label.heightMm)).toBe(false);
      const aroundMm = sideMm + 2 * quietMm;
      expect(hasInk(pixels, symbolXMm - quietMm, symbolYMm - quietMm, quietMm - 0.05, aroundMm)).toBe(false);
      expect(hasInk(pixels, symbolXMm + sideMm + 0.05, symbolYMm - quietMm, quietMm - 0.05, aroundMm)).toBe(false);
      expect(hasInk(pixels, symbolXMm - quietMm, symbolYMm - quietMm, aroundMm, quietMm - 0.05)).toBe(false);
      expect(hasInk(pixels, symbolXMm - quietMm, symbolYMm + sideMm + 0.05, aroundMm, quietMm - 0.05)).toBe(false);
    }
    sheet.close();
  });

  test('leaves the used places of a sheet white', async () => {
    const sheet = await openSheet(drawFast(aJob({ skip: 12, to: 20 })));
    const pixels = await sheet.draw(0, 150);
    const layout = setSheet({ skip: 12, to: 20 });
    const isInked = layout.places.map((place) => hasInk(pixels, place.xMm, place.yMm, 38.1, 21.2));
    expect(isInked.map((inked, at) => (inked ? at : -1)).filter((at) => at >= 0)).toEqual(
      Array.from({ length: 20 }, (_, at) => at + 12),
    );
    sheet.close();
  });
});

describe('the print file', () => {
  test.each([
    ['a4-65', 1, 1_000, 20],
    ['roll-50x30', 65_530, 65_545, 0],
    ['a4-21-pin', 99, 130, 5],
    ['tem-vo-20', 9_990, 10_010, 90],
    ['roll-35x22', 1, 7, 1],
  ])('gives every code with its serial as text, in order: %s', async (id, from, to, skip) => {
    const sheet = await openSheet(drawFast(aJob({ template: templateOf(id), from, to, skip })));
    const found = Array.from({ length: sheet.pages }, (_, page) => codesIn(sheet.text(page))).flat();
    expect(found).toEqual(
      Array.from({ length: to - from + 1 }, (_, at) => ({ code: keys.codeOf(from + at), serial: from + at })),
    );
    sheet.close();
  });

  test.each([
    ['one stamp', { to: 1 }],
    ['pages of several tree nodes', { template: ROLL, to: 600 }],
    ['sheets with skipped places', { skip: 64, to: 500 }],
  ])('has a table of objects that a strict reader accepts: %s', async (_, changes) => {
    const bytes = drawFast(aJob(changes));
    expect(tableFaults(bytes)).toEqual([]);
    const sheet = await openSheet(bytes);
    expect(sheet.pages).toBe(setSheet(changes).pages);
    sheet.close();
  });

  test('is the same to the byte for the same job, and another for another', () => {
    const bytes = drawFast(aJob({ to: 200 }));
    expect(Buffer.compare(bytes, drawFast(aJob({ to: 200 })))).toBe(0);
    const idOf = (file: Uint8Array): string | undefined =>
      /\/ID \[<(\w+)>/.exec(Buffer.from(file).toString('latin1'))?.[1];
    expect(idOf(bytes)).toMatch(/^[0-9a-f]{32}$/);
    expect(idOf(drawFast(aJob({ to: 200, content: { ...ORANGES, stars: null } })))).not.toBe(idOf(bytes));
  });

  test('tells viewers to print it at its own size on its own paper, in Vietnamese, dated by the job', () => {
    const file = Buffer.from(drawFast(aJob({ to: 1 }))).toString('latin1');
    expect(file).toContain('/PrintScaling /None');
    expect(file).toContain('/PickTrayByPDFSize true');
    expect(file).toContain('/Lang (vi-VN)');
    expect(file).toContain('(D:20261124031500Z)');
    expect(file).not.toContain('/DeviceCMYK');
    // Sheets have the box that a print shop cuts to. A page of a roll is one label and has no such box.
    expect(file).toContain('/TrimBox[0 0 595.2 841.92]/BleedBox[0 0 595.2 841.92]');
    expect(file).toContain('/CropBox [0 0 595.2 841.92]');
    expect(Buffer.from(drawFast(aJob({ template: ROLL, to: 1 }))).toString('latin1')).not.toContain('/TrimBox');
  });

  test('holds no key of the batch', () => {
    const file = Buffer.from(drawFast(aJob({ to: 65 })));
    for (const key of Object.values(keys.exportKeys())) expect(file.includes(key)).toBe(false);
  });

  test('costs at most 150 bytes a stamp on a4-65, with code, product, producer, stars and host', () => {
    const stamps = 6_500;
    expect(drawFast(aJob({ to: stamps })).byteLength / stamps).toBeLessThanOrEqual(150);
  });
});
