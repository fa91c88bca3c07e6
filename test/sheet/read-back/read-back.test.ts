// Reads a print file back from its bytes: a correct one passes, and any change to one stamp in it is found and named.

import { describe, expect, test } from '@jest/globals';

import { drawSheetInProcess } from '../../../server/sheet/pdf/draw-job.ts';
import { memoryBytes } from '../../../server/sheet/read-back/pdf-file.ts';
import { PdfFault, PdfReader } from '../../../server/sheet/read-back/pdf-values.ts';
import { readBackFile, type ReadBack } from '../../../server/sheet/read-back/read-back.ts';
import { READ_ALL_STAMPS_MAX, SAMPLE_STAMPS, samplePages } from '../../../server/sheet/read-back/sample.ts';
import type { SheetJob } from '../../../server/sheet/threads/sheet-job.ts';
import { loadTemplates } from '../../../server/sheet/template/template-loader.ts';
import { alterPage, flipModules, swap, symbolsIn } from './alter-page.ts';
import { aJob, LINK, setSheet, templateOf, TEMPLATES_FOLDER } from '../sheet-jobs.ts';

const draw = (job: SheetJob): Uint8Array => Buffer.concat([...drawSheetInProcess(job)]);

function read(bytes: Uint8Array, job: SheetJob, jobStamps = job.to - job.from + 1): Promise<ReadBack> {
  return readBackFile(memoryBytes(bytes), job, jobStamps, 'job-1 1');
}

const TEMPLATES = [...loadTemplates(TEMPLATES_FOLDER).templates.keys()];
const JOB = aJob({ from: 41, to: 140 });
const SHEET = draw(JOB);
const MODULES = 29;
const [STAMP, SERIAL] = [3, 44];

/** The result for a file whose first page was changed. */
async function told(change: (content: string) => string): Promise<string[]> {
  const { checked, matched, faults } = await read(alterPage(SHEET, 0, change), JOB);
  expect(checked).toBe(100);
  expect(matched).toBe(100 - new Set(faults.map(({ serial }) => serial)).size);
  return faults.map(({ serial, fault }) => `${serial} ${fault}`);
}

describe('a sound file', () => {
  test.each<[string, SheetJob]>([
    ['of a full sheet and a part of one', JOB],
    ['that begins at the eighth place', aJob({ to: 130, skip: 7 })],
    [
      'for a printer that is off and stretches',
      aJob({ to: 70, printer: { offsetXMm: 1.2, offsetYMm: -0.7, scaleX: 1.004, scaleY: 0.996 } }),
    ],
    ['with digital links', aJob({ address: LINK, symbol: { version: 4, level: 'M', mask: 4 } })],
    ['of a roll', aJob({ template: templateOf('roll-50x30'), from: 99_990, to: 100_010 })],
    ['of one stamp', aJob({ from: 16_777_216, to: 16_777_216 })],
  ])('is read back whole, each stamp as it must be: %s', async (_, job) => {
    const stamps = job.to - job.from + 1;
    expect(await read(draw(job), job)).toEqual({ checked: stamps, matched: stamps, faults: [] });
  });

  test.each(TEMPLATES)('of every template: %s', async (id) => {
    const { grid, symbol } = templateOf(id);
    const [version] = Object.keys(symbol.modulesMm).toReversed();
    const job = aJob({
      template: templateOf(id),
      to: 70,
      skip: Math.min(2, grid.columns * grid.rows - 1),
      symbol: { version: Number(version), level: 'M', mask: 5 },
    });
    expect(await read(draw(job), job)).toEqual({ checked: 70, matched: 70, faults: [] });
  });

  test('passes unchanged through the hand that changes files in these tests', async () => {
    expect(await told((content) => content)).toEqual([]);
  });

  test('of other stamps than the job’s is wrong at every one', async () => {
    const { matched, faults } = await read(draw(aJob({ from: 42, to: 141 })), JOB);
    expect(matched).toBe(0);
    expect(new Set(faults.map(({ fault }) => fault))).toEqual(new Set(['symbol-of-another']));
  });
});

describe('one stamp changed in the file is named', () => {
  test.each([
    ['a module of its data, which error correction would mend', 15 * MODULES + 15, 'symbol-damaged'],
    ['a module of its error correction', 20 * MODULES + 2, 'symbol-damaged'],
    ['the corner that it is found by', 0, 'symbol-unreadable'],
    ['the white beside a finder pattern', 7 * MODULES + 3, 'symbol-damaged'],
    ['a module of the timing pattern', 6 * MODULES + 12, 'symbol-damaged'],
    ['a module that says the mask', 8 * MODULES, 'symbol-damaged'],
  ])('one bit: %s', async (_, module, fault) => {
    const faults = await told((content) => flipModules(content, STAMP, MODULES, [module]));
    expect(faults).toEqual([`${SERIAL} ${fault}`]);
  });

  test('beyond correction: nothing is decoded', async () => {
    const modules = Array.from({ length: 200 }, (_, at) => 9 * MODULES + at);
    expect(await told((content) => flipModules(content, STAMP, MODULES, modules))).toEqual([
      `${SERIAL} symbol-unreadable`,
    ]);
  });

  test('two symbols exchanged: both are named', async () => {
    const faults = await told((content) => {
      const [a = 0, b = 0] = [symbolsIn(content)[STAMP], symbolsIn(content)[STAMP + 2]];
      return swap(content, a, b, Math.ceil(MODULES / 8) * MODULES);
    });
    expect(faults).toEqual([`${SERIAL} symbol-of-another`, `${SERIAL + 2} symbol-of-another`]);
  });

  test.each([
    ['up by a third of a millimetre', 0, 1],
    ['to the right by a third of a millimetre', 1, 0],
    ['to the next stamp', 115.087, 0],
    ['off the page', 0, 2_000],
  ])('its text moved: %s', async (_, byX, byY) => {
    const faults = await told((content) => moveText(content, STAMP, byX, byY));
    expect(faults[0]).toBe(`${SERIAL} text-differs`);
    expect(faults.slice(1)).toEqual(byX > 100 ? [`${SERIAL + 1} text-differs`] : []);
  });

  test('its symbol moved', async () => {
    const faults = await told((content) => {
      const at = (symbolsIn(content)[STAMP] ?? 0) - 80;
      const rest = content
        .slice(at)
        .replace(
          /q ([\d.]+) 0 0 ([\d.]+) +([\d.]+)/,
          (__, width: string, height: string, x: string) => `q ${width} 0 0 ${height} ${Number(x) + 1}`,
        );
      return content.slice(0, at) + rest;
    });
    expect(faults).toEqual([`${SERIAL} symbol-misplaced`]);
  });

  test('one letter of its code is another', async () => {
    const faults = await told((content) => {
      const at = (symbolsIn(content)[STAMP] ?? 0) + Math.ceil(MODULES / 8) * MODULES;
      const bracket = content.indexOf('(', at) + 2; // the first glyph's low byte
      return (
        content.slice(0, bracket) +
        String.fromCharCode((content.charCodeAt(bracket) % 8) + 1) +
        content.slice(bracket + 1)
      );
    });
    expect(faults).toEqual([`${SERIAL} text-differs`]);
  });

  test('a second symbol beside it, or none', async () => {
    const image = (content: string): [number, number] => {
      const at = content.lastIndexOf('q ', symbolsIn(content)[STAMP]);
      return [at, content.indexOf('EI Q', at) + 'EI Q'.length];
    };
    const twice = await told((content) => {
      const [from, to] = image(content);
      return `${content.slice(0, to)} ${content.slice(from, to)}${content.slice(to)}`;
    });
    expect(twice).toEqual([`${SERIAL} symbol-missing`]);
    const none = await told((content) => {
      const [from, to] = image(content);
      return content.slice(0, from) + content.slice(to);
    });
    expect(none).toEqual([`${SERIAL} symbol-missing`]);
  });
});

describe('a page that cannot be trusted names each of its stamps', () => {
  test.each<[string, (content: string) => string]>([
    ['it draws in grey', (content) => content.replace('0 g', '0.5 g')],
    ['it clips', (content) => `0 0 10 10 re W n ${content}`],
    ['it uses what is not read', (content) => `/GS1 gs ${content}`],
    ['it is cut off', (content) => content.slice(0, content.length / 2)],
    ['it is empty of operators', () => '(('],
  ])('%s', async (_, change) => {
    const faults = await told(change);
    expect(
      faults.filter((fault) => fault.endsWith(' page')).length +
        faults.filter((fault) => fault.endsWith('symbol-missing')).length,
    ).toBeGreaterThan(0);
    expect(faults.every((fault) => Number(fault.split(' ')[0]) <= 105)).toBe(true);
  });

  test('a bit of its packed content, and of the file’s own frame', async () => {
    const at = Buffer.from(SHEET).indexOf('/FlateDecode', Buffer.from(SHEET).indexOf('/Contents')) + 3_000;
    const flipped = Uint8Array.from(SHEET);
    flipped[at] = (flipped[at] ?? 0) ^ 0x10;
    const { faults } = await read(flipped, JOB);
    expect(faults.length).toBeGreaterThan(0);
    for (const length of [0, 10, SHEET.length - 200, SHEET.length - 3]) {
      const cut = await read(SHEET.subarray(0, length), JOB);
      expect(cut).toMatchObject({ matched: 0, checked: 100 });
      expect(cut.faults).toHaveLength(100);
    }
  });

  test('a label that must be empty is not', async () => {
    const job = aJob({ to: 60 });
    const { faults } = await read(draw(aJob({ to: 61 })), job);
    expect(faults).toMatchObject([{ fault: 'page' }]);
  });

  test('single flipped bits anywhere end in faults or in a file that reads the same, never in a crash', async () => {
    const job = aJob({ to: 5 });
    const sheet = draw(job);
    for (let at = 7; at < sheet.length; at += Math.floor(sheet.length / 150)) {
      const flipped = Uint8Array.from(sheet);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
      const { checked, matched, faults } = await read(flipped, job);
      expect(checked).toBe(5);
      expect(matched === 5).toBe(faults.length === 0);
    }
  });
});

describe('a large job', () => {
  test('is sampled by lot: first and last page, and a thousand stamps more, the same for the same seed', () => {
    const layout = setSheet({ from: 5, to: 90_000, skip: 7 });
    const stamps = 89_996;
    const sample = samplePages(layout, stamps, stamps, 'job-1 1');
    const again = samplePages(layout, stamps, stamps, 'job-1 1');
    const other = samplePages(layout, stamps, stamps, 'job-2 1');
    expect(sample.pages).toEqual(again.pages);
    expect(sample.pages).not.toEqual(other.pages);
    expect(sample.pages[0]).toBe(0);
    expect(sample.pages.at(-1)).toBe(layout.pages - 1);
    expect(sample.stampsOf(0)).toBeNull();
    expect(sample.stampsOf(layout.pages - 1)).toBeNull();
    let drawn = 0;
    for (const index of sample.pages.slice(1, -1)) {
      const page = layout.pageAt(index);
      const of = [...(sample.stampsOf(index) ?? [])];
      drawn += of.length;
      expect(of.every((serial) => serial >= page.from && serial <= page.to)).toBe(true);
    }
    expect(drawn).toBe(SAMPLE_STAMPS);
  });

  test('of as many as are all read is read whole; one more is sampled, also in parts that are small', () => {
    const layout = setSheet({ to: 130 });
    expect(samplePages(layout, 130, READ_ALL_STAMPS_MAX, 'a').pages).toEqual([0, 1]);
    const small = samplePages(layout, 130, READ_ALL_STAMPS_MAX + 1, 'a');
    expect(small.pages).toEqual([0, 1]);
    expect(small.stampsOf(1)).toBeNull();
    const one = setSheet({ to: 10 });
    expect(samplePages(one, 10, READ_ALL_STAMPS_MAX + 1, 'a').pages).toEqual([0]);
  });

  test('is read where the lot falls, and a fault there is named', async () => {
    const job = aJob({ to: 2_000 });
    const sheet = draw(job);
    expect(await read(sheet, job, 1_000_000)).toEqual({ checked: 1_115, matched: 1_115, faults: [] });
    const { faults, checked, matched } = await read(
      alterPage(sheet, 0, (content) => flipModules(content, 0, MODULES, [15 * MODULES + 15])),
      job,
      1_000_000,
    );
    expect(faults).toMatchObject([{ serial: 1, fault: 'symbol-damaged' }]);
    expect(checked - matched).toBe(1);
  });
});

describe('values of a file', () => {
  test.each([
    ['(a\\(b\\)c (d) \\101\\r\\\n.)', Uint8Array.from(Buffer.from('a(b)c (d) A\r.'))],
    ['<4A4b 4>', Uint8Array.from([0x4a, 0x4b, 0x40])],
    ['/A#20B', { kind: 'name', name: 'A B' }],
    ['[1 0 R 2 -.5 +3. true null]', [{ kind: 'ref', id: 1 }, 2, -0.5, 3, true, null]],
    [
      '<< /A 1 /B [2] % a remark\n /C << >> >>',
      new Map<string, unknown>([
        ['A', 1],
        ['B', [2]],
        ['C', new Map()],
      ]),
    ],
  ])('%s', (text, value) => expect(new PdfReader(Buffer.from(text, 'latin1')).value()).toEqual(value));

  test.each(['(a', '<4G>', '<4', '[1', '<< /A', '<< A 1 >>', ')', '', `${'['.repeat(100)}`])(
    '%s is a fault',
    (text) => {
      expect(() => new PdfReader(Buffer.from(text, 'latin1')).value()).toThrow(PdfFault);
    },
  );
});

/** Moves where a stamp's text begins, in points. */
function moveText(content: string, stamp: number, byX: number, byY: number): string {
  const at = content.indexOf('BT', symbolsIn(content)[stamp]);
  const moved = content
    .slice(at)
    .replace(/ +([\d.]+) +([\d.]+) Td/, (_, x: string, y: string) => ` ${Number(x) + byX} ${Number(y) + byY} Td`);
  return content.slice(0, at) + moved;
}
