// Labels in thermal printers' languages: whole dots, nothing but commands of ours, and pictures that are each stamp's own. The
// languages are read here by a reader of their manuals' grammar that shares nothing with what writes them.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { printedAddress } from '../../../server/domain/stamp/stamp-address.ts';
import { beVietnamPro } from '../../../server/sheet/setting/fonts.ts';
import { layoutSheet, MM_PER_INCH } from '../../../server/sheet/setting/layout.ts';
import type { SheetLayout } from '../../../server/sheet/setting/layout.ts';
import { openMark } from '../../../server/sheet/setting/open-mark.ts';
import type { Template } from '../../../server/sheet/template/template-schema.ts';
import { burn, burnShape, isBurnt, newBitmap } from '../../../server/sheet/thermal/bitmap.ts';
import type { Bitmap } from '../../../server/sheet/thermal/bitmap.ts';
import { markDots } from '../../../server/sheet/thermal/mark-dots.ts';
import { inLanguage } from '../../../server/sheet/thermal/printer-language.ts';
import { drawLabelsInProcess } from '../../../server/sheet/thermal/draw-labels.ts';
import { templateAtDpi, THERMAL_DPI } from '../../../server/sheet/thermal/thermal-job.ts';
import type { ThermalDpi, ThermalJob, ThermalLanguage } from '../../../server/sheet/thermal/thermal-job.ts';
import { readStamp } from '../read-sheet.ts';
import { aJob, keys, ORANGES, sampleNames, SHORT, templateOf } from '../sheet-jobs.ts';

const ROLLS = ['roll-50x30', 'roll-35x22'];

function aThermalJob(
  template: string,
  dpi: ThermalDpi,
  changes: Partial<ThermalJob> = {},
  language: ThermalLanguage = 'zpl',
): ThermalJob {
  const onDots = templateAtDpi(templateOf(template), dpi);
  if (onDots === null) throw new Error(`${template} is no roll`);
  return { ...aJob({ template: onDots, from: 41, to: 45 }), thermal: { language, dpi }, ...changes };
}

function layoutOf(job: ThermalJob): SheetLayout {
  const set = layoutSheet(beVietnamPro, job);
  if (!set.ok) throw new Error(set.problem.detail);
  return set.value;
}

const draw = (job: ThermalJob): Buffer => Buffer.concat([...drawLabelsInProcess(job)]);

/** A label, in the order of its commands, and what each may be given. */
const ZPL_LABEL: readonly (readonly [command: string, parameters: RegExp])[] = [
  ['^XA', /^$/],
  ['^LH', /^0,0$/],
  ['^PW', /^\d{2,4}$/],
  ['^LL', /^\d{2,4}$/],
  ['^FO', /^0,0$/],
  ['^GF', /^A,\d+,\d+,\d+,[0-9A-Fg-zG-Y,:]*$/],
  ['^FS', /^$/],
  ['^XZ', /^$/],
];

/** Labels of a ZPL file; whatever is not a command of ours, in its turn and with its own kind of parameters, is an error. */
function readZpl(file: Buffer): Bitmap[] {
  const text = file.toString('latin1');
  expect(text).toMatch(/^[\x20-\x7e\n]*$/);
  // Every command begins with ^ or ~ wherever it stands (Zebra, ^FD), so these are all that a printer can see.
  const commands = [...text.matchAll(/([\^~].{0,2})([^^~]*)/g)].map(([, command = '', parameters = '']) => ({
    command,
    given: parameters.replace(/\n$/, ''),
  }));
  const strange = commands.filter(({ command, given }, at) => {
    const [wanted, parameters] = ZPL_LABEL[at % ZPL_LABEL.length] ?? ['', /$^/];
    return command !== wanted || !parameters.test(given);
  });
  expect(strange.map(({ command, given }) => `${command}${given.slice(0, 40)}`)).toEqual([]);
  expect(commands.length % ZPL_LABEL.length).toBe(0);
  // And nothing lies before the first.
  expect(text.startsWith('^')).toBe(true);
  return commands.flatMap(({ command, given }, at) => {
    if (command !== '^GF') return [];
    const bitmap = readGraphic(given, Number(commands[at - 3]?.given));
    expect(bitmap.height).toBe(Number(commands[at - 2]?.given));
    expect(Math.ceil(bitmap.width / 8)).toBe(bitmap.rowBytes);
    return [bitmap];
  });
}

/** `A,bytes,bytes,row,digits` with run lengths (Zebra's guide, "Alternative Data Compression Scheme"). */
function readGraphic(parameters: string, width: number): Bitmap {
  const found = /^A,(\d+),(\d+),(\d+),([0-9A-Fg-zG-Y,:]*)$/.exec(parameters);
  if (found === null) throw new Error(`no picture: ${parameters.slice(0, 40)}`);
  const [bytes, again, rowBytes] = [Number(found[1]), Number(found[2]), Number(found[3])];
  expect(again).toBe(bytes);
  const rowDigits = rowBytes * 2;
  let digits = '';
  let times = 0;
  for (const letter of found[4] ?? '') {
    if (letter === ',') digits = digits.padEnd(digits.length + rowDigits - (digits.length % rowDigits), '0');
    else if (letter === ':') digits += digits.slice(-rowDigits);
    else if (/[G-Y]/.test(letter)) times += letter.charCodeAt(0) - 'F'.charCodeAt(0);
    else if (/[g-z]/.test(letter)) times += 20 * (letter.charCodeAt(0) - 'f'.charCodeAt(0));
    else {
      digits += letter.repeat(Math.max(1, times));
      times = 0;
    }
  }
  expect(digits.length).toBe(bytes * 2);
  return { width, height: bytes / rowBytes, rowBytes, bits: Uint8Array.from(Buffer.from(digits, 'hex')) };
}

/** Labels of a TSPL file, as its manual reads it: lines of commands, a picture's bytes counted. */
function readTspl(file: Buffer): Bitmap[] {
  const labels: Bitmap[] = [];
  for (let at = 0; at < file.length;) {
    const head = /^SIZE ([\d.]+) mm,([\d.]+) mm\r\nCLS\r\nBITMAP 0,0,(\d+),(\d+),0,/.exec(
      file.toString('latin1', at, at + 100),
    );
    if (head === null) throw new Error(`no label at ${at}`);
    const [rowBytes, height] = [Number(head[3]), Number(head[4])];
    const from = at + head[0].length;
    const to = from + rowBytes * height;
    labels.push({
      width: rowBytes * 8,
      height,
      rowBytes,
      bits: Uint8Array.from(file.subarray(from, to), (byte) => byte ^ 0xff),
    });
    const end = '\r\nPRINT 1,1\r\n';
    expect(file.toString('latin1', to, to + end.length)).toBe(end);
    at = to + end.length;
  }
  return labels;
}

/** What each label's symbol says, by ZXing over the label's own dots. */
async function addressesOn(labels: readonly Bitmap[], job: ThermalJob): Promise<(string | null)[]> {
  const layout = layoutOf(job);
  const told: (string | null)[] = [];
  for (const [index, bitmap] of labels.entries()) {
    const grey = new Uint8Array(bitmap.width * bitmap.height);
    for (let y = 0; y < bitmap.height; y += 1)
      for (let x = 0; x < bitmap.width; x += 1) grey[y * bitmap.width + x] = isBurnt(bitmap, x, y) ? 0 : 255;
    const page = layout.pageAt(index);
    for (let serial = page.from; serial <= page.to; serial += 1) {
      told.push(
        await readStamp(
          { width: bitmap.width, height: bitmap.height, dpi: job.thermal.dpi, grey },
          layout,
          job.template.label,
          page.firstPlace + serial - page.from,
        ),
      );
    }
  }
  return told;
}

describe('a roll’s template on a head’s dots', () => {
  test.each(ROLLS.flatMap((roll) => THERMAL_DPI.map((dpi) => [roll, dpi] as const)))(
    '%s at %d dpi: modules of whole dots, 4 or 5 at least, inside the box with their quiet zone',
    (roll, dpi) => {
      const template = templateAtDpi(templateOf(roll), dpi);
      expect(template?.medium).toEqual({ kind: 'thermal', dpi });
      const modules = Object.entries(template?.symbol.modulesMm ?? {});
      expect(modules.length).toBeGreaterThan(0);
      for (const [version, moduleMm] of modules) {
        const dots = (moduleMm / MM_PER_INCH) * dpi;
        expect(dots).toBeCloseTo(Math.round(dots), 6);
        expect(Math.round(dots)).toBeGreaterThanOrEqual(dpi === 203 ? 4 : 5);
        expect((17 + 4 * Number(version) + 8) * moduleMm).toBeLessThanOrEqual(
          Math.min(template?.symbol.box.widthMm ?? 0, template?.symbol.box.heightMm ?? 0) + 0.02,
        );
        expect(layoutOf(aThermalJob(roll, dpi)).label.symbol.moduleMm).toBeCloseTo(
          template?.symbol.modulesMm['3'] ?? 0,
          6,
        );
      }
    },
  );

  test('a sheet has none', () => expect(templateAtDpi(templateOf('a4-65'), 203)).toBeNull());
});

describe('labels', () => {
  test.each(ROLLS.flatMap((roll) => THERMAL_DPI.map((dpi) => [roll, dpi] as const)))(
    'of %s at %d dpi: as many as rows, each stamp’s own address in each place, in both languages alike',
    async (roll, dpi) => {
      const job = aThermalJob(roll, dpi, { from: 99, to: 103 });
      const labels = readZpl(draw(job));
      expect(labels).toHaveLength(layoutOf(job).pages);
      const wanted = [99, 100, 101, 102, 103].map((serial) => printedAddress(job.address, keys.codeOf(serial)));
      expect(await addressesOn(labels, job)).toEqual(wanted);

      const inTspl = readTspl(draw(aThermalJob(roll, dpi, { from: 99, to: 103 }, 'tspl')));
      expect(inTspl.map(({ bits }) => Buffer.from(bits).toString('hex'))).toEqual(
        labels.map(({ bits }) => Buffer.from(bits).toString('hex')),
      );
    },
  );

  test.each([['^XZ^XA~JA'], ['~HS ^FD ^FS'], ['"\r\nPRINT 99\r\nCLS'], ['Cà phê ^XA Ế Ộ ẳ ữ đ']])(
    'of a product named %j hold no command of its',
    async (productName) => {
      const job = aThermalJob('roll-50x30', 203, { content: { ...ORANGES, productName } });
      const plain = aThermalJob('roll-50x30', 203);
      const [hostile, sober] = [draw(job).toString('latin1'), draw(plain).toString('latin1')];
      for (const command of ['^XA', '^XZ', '^FO', '^GF', '~'])
        expect(hostile.split(command).length).toBe(sober.split(command).length);
      const labels = readZpl(draw(job));
      expect(labels).toHaveLength(5);
      expect(await addressesOn(labels.slice(0, 1), job)).toEqual([printedAddress(job.address, keys.codeOf(41))]);
      expect(readTspl(draw({ ...job, thermal: { language: 'tspl', dpi: 203 } }))).toHaveLength(5);
    },
  );

  test('hold the names that they are given: no two are alike', () => {
    const pictures = new Set<string>();
    for (const names of [...sampleNames().values()].slice(0, 12)) {
      const [label] = readZpl(draw(aThermalJob('roll-50x30', 203, { content: { ...names, stars: 5 }, to: 41 })));
      pictures.add(Buffer.from(label?.bits ?? []).toString('base64'));
    }
    expect(pictures.size).toBe(12);
  });

  test('are the same bytes for the same job, in chunks of whole labels', () => {
    const job = aThermalJob('roll-50x30', 203, { from: 1, to: 60 });
    expect(draw(job).equals(draw(job))).toBe(true);
    const chunks = [...drawLabelsInProcess(job)];
    expect(chunks.length).toBeGreaterThan(1);
    for (const chunk of chunks) readZpl(Buffer.from(chunk));
  });
});

/** A roll with a place of 12 × 12 mm for the office's mark, right of what roll-50x30 has. */
function markedRoll(): Template {
  const plain = templateOf('roll-50x30');
  const size = { widthMm: 66, heightMm: 30 };
  const column: Template['columns'][number] = {
    box: { xMm: 52, yMm: 8, widthMm: 12.5, heightMm: 12.5 },
    gapMm: 0,
    gapMaxMm: 0,
    items: [{ kind: 'image', show: 'mark', widthMm: 12, heightMm: 12 }],
  };
  return {
    ...plain,
    page: size,
    label: size,
    grid: { ...plain.grid, pitchXMm: size.widthMm },
    columns: [...plain.columns, column],
  };
}

/** A green ring round gold, a red star of it, letters of gold on white below: every tone a cut of its own would lose. */
const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="480"><circle cx="240" cy="200" r="190" fill="#1f7a3c"/><circle cx="240" cy="200" r="155" fill="#f3c02c"/>
<path d="M240 75l30 85h92l-74 54 28 88-76-54-76 54 28-88-74-54h92z" fill="#b3261e"/><path d="M60 420h360v26H60z" fill="#d9a400"/></svg>`;

/** Rows of a part of a picture, as eyes see them. */
function drawn(bitmap: Bitmap, left: number, top: number, width: number, height: number): string[] {
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (__, x) => (isBurnt(bitmap, left + x, top + y) ? '#' : '.')).join(''),
  );
}

/** A mark of these rows, a letter each picture element. */
function markOf(
  rows: readonly string[],
  colours: Readonly<Record<string, readonly [number, number, number]>>,
): { rgb: Uint8Array; widthPx: number; heightPx: number } {
  const rgb = Uint8Array.from(
    rows.flatMap((row) => Array.from(row, (letter) => colours[letter] ?? [255, 255, 255]).flat()),
  );
  return { rgb, widthPx: rows[0]?.length ?? 0, heightPx: rows.length };
}

describe('an office’s mark on a label with a place for it', () => {
  const dotsPerMm = 203 / MM_PER_INCH;

  test.each(THERMAL_DPI)(
    'is burnt at %d dpi beside stars that are in force, in both languages alike, and no symbol suffers',
    async (dpi) => {
      const mark = await openMark(Buffer.from(LOGO));
      const template = templateAtDpi(markedRoll(), dpi);
      if (template === null) throw new Error('no roll');
      const job = (changes: Partial<ThermalJob>, language: ThermalLanguage = 'zpl'): ThermalJob => ({
        ...aThermalJob('roll-50x30', dpi),
        template,
        to: 42,
        thermal: { language, dpi },
        ...changes,
      });
      const labels = readZpl(draw(job({ mark })));
      expect(readTspl(draw(job({ mark }, 'tspl'))).map(({ bits }) => Buffer.from(bits).toString('hex'))).toEqual(
        labels.map(({ bits }) => Buffer.from(bits).toString('hex')),
      );
      expect(await addressesOn(labels, job({ mark }))).toEqual(
        [41, 42].map((serial) => printedAddress(SHORT, keys.codeOf(serial))),
      );

      const [dots, rest] = [Math.round((12 * dpi) / MM_PER_INCH), Math.round((52 * dpi) / MM_PER_INCH)];
      const inkRight = (bitmap: Bitmap | undefined): number =>
        bitmap === undefined
          ? 0
          : drawn(bitmap, rest, 0, bitmap.width - rest, bitmap.height)
              .join('')
              .split('#').length - 1;
      expect(inkRight(labels[0]) / dots ** 2).toBeGreaterThan(0.25);
      expect(inkRight(labels[0]) / dots ** 2).toBeLessThan(0.5);
      expect(inkRight(readZpl(draw(job({ mark: null })))[0])).toBe(0);
      expect(inkRight(readZpl(draw(job({ mark, content: { ...ORANGES, stars: null } })))[0])).toBe(0);
    },
  );

  test('reads as a logo at 203 dpi: ring, star and pale letters are solid, what lies between them is white', async () => {
    const mark = await openMark(Buffer.from(LOGO));
    const side = Math.round(12 * dotsPerMm);
    const dots = markDots(mark, side, side, dotsPerMm);
    const at = (x: number, y: number): boolean =>
      isBurnt(dots, Math.round((x / 480) * side), Math.round((y / 480) * side));
    const places = {
      ring: [67, 200],
      star: [240, 200],
      gold: [240, 330],
      above: [130, 100],
      letters: [240, 433],
      paper: [10, 10],
    } as const;
    expect(Object.fromEntries(Object.entries(places).map(([name, [x, y]]) => [name, at(x, y)]))).toEqual({
      ring: true,
      star: true,
      gold: false,
      above: false,
      letters: true,
      paper: false,
    });
    // No grain: a dot that is unlike all four beside it stands nowhere.
    const rows = drawn(dots, 0, 0, side, side);
    const like = (x: number, y: number): number =>
      [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ].filter(([dx = 0, dy = 0]) => rows[y + dy]?.[x + dx] === rows[y]?.[x]).length;
    const lonely = rows
      .flatMap((row, y) => Array.from(row, (_, x) => (like(x, y) === 0 ? `${x},${y}` : '')))
      .filter((place) => place !== '');
    expect(lonely).toEqual([]);
  });

  test.each([
    [
      'white letters on red',
      { r: [200, 16, 46], w: [255, 255, 255] },
      ['rrrrrr', 'rwrrwr', 'rrwwrr', 'rrrrrr'],
      ['######', '#.##.#', '##..##', '######'],
    ],
    [
      'a thin line of gold on white',
      { g: [217, 164, 0], k: [0, 0, 0] },
      ['..........', '.gggggggg.', '..........', '..........', '....kkkk..', '....kkkk..'],
      ['..........', '.########.', '..........', '..........', '....####..', '....####..'],
    ],
    ['nothing but white', {}, ['...', '...'], ['...', '...']],
    ['nothing but black', { k: [0, 0, 0] }, ['kkk', 'kkk'], ['###', '###']],
  ] as const)('of %s', (_, colours, rows, wanted) => {
    const mark = markOf(rows, colours);
    expect(drawn(markDots(mark, mark.widthPx, mark.heightPx, dotsPerMm), 0, 0, mark.widthPx, mark.heightPx)).toEqual(
      wanted,
    );
  });

  test('that is smaller than its dots is drawn larger, and one that is larger is averaged', () => {
    const mark = markOf(['kw', 'wk'], { k: [0, 0, 0] });
    expect(drawn(markDots(mark, 4, 4, dotsPerMm), 0, 0, 4, 4)).toEqual(['##..', '##..', '..##', '..##']);
    const large = markOf(
      Array.from({ length: 40 }, (_, y) => (y < 20 ? 'k' : 'w').repeat(60)),
      { k: [0, 0, 0] },
    );
    expect(drawn(markDots(large, 3, 2, dotsPerMm), 0, 0, 3, 2)).toEqual(['###', '...']);
  });
});

describe('the picture’s digits', () => {
  test('say every picture to the dot', () => {
    const pictures = fc.record({
      width: fc.integer({ min: 1, max: 900 }),
      height: fc.integer({ min: 1, max: 12 }),
      seeds: fc.array(fc.nat(20_000), { maxLength: 60 }),
      full: fc.boolean(),
    });
    fc.assert(
      fc.property(pictures, ({ width, height, seeds, full }) => {
        const bitmap = newBitmap(width, height);
        for (const seed of seeds) burn(bitmap, seed % width, Math.floor(seed / width) % height);
        if (full) for (let x = 0; x < width; x += 1) burn(bitmap, x, height - 1);
        const text = Buffer.from(inLanguage('zpl', bitmap, 203)).toString('latin1');
        const picture = /\^GF([^^]*)/.exec(text)?.[1] ?? '';
        expect(Buffer.from(readGraphic(picture, width).bits).equals(Buffer.from(bitmap.bits))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe('shapes', () => {
  test('fill the dots that they cover, holes left out', () => {
    const ring = newBitmap(10, 10);
    burnShape(ring, [
      [
        [1, 1],
        [9, 1],
        [9, 9],
        [1, 9],
      ],
      [
        [3, 3],
        [3, 7],
        [7, 7],
        [7, 3],
      ],
    ]);
    const rows = Array.from({ length: 10 }, (_, y) =>
      Array.from({ length: 10 }, (__, x) => (isBurnt(ring, x, y) ? '#' : '.')).join(''),
    );
    expect(rows).toEqual([
      '..........',
      '.########.',
      '.########.',
      '.##....##.',
      '.##....##.',
      '.##....##.',
      '.##....##.',
      '.########.',
      '.########.',
      '..........',
    ]);
  });

  test('that leave the picture are cut off at its edge', () => {
    const small = newBitmap(4, 4);
    burnShape(small, [
      [
        [-5, -5],
        [50, -5],
        [50, 50],
        [-5, 50],
      ],
    ]);
    burn(small, -1, 0);
    burn(small, 4, 0);
    expect(Buffer.from(small.bits).toString('hex')).toBe('f0f0f0f0');
  });
});
