// Reads labels in the languages of thermal printers by the grammar of their manuals. It shares no code with the writer.

import { expect } from '@jest/globals';
import { beVietnamPro } from '../../../server/sheet/setting/fonts.ts';
import { layoutSheet, type SheetLayout } from '../../../server/sheet/setting/layout.ts';
import { isBurnt, type Bitmap } from '../../../server/sheet/thermal/bitmap.ts';
import { drawLabelsInProcess } from '../../../server/sheet/thermal/draw-labels.ts';
import {
  templateAtDpi,
  type ThermalDpi,
  type ThermalJob,
  type ThermalLanguage,
} from '../../../server/sheet/thermal/thermal-job.ts';
import { readStamp } from '../read-sheet.ts';
import { aJob, templateOf } from '../sheet-jobs.ts';

export const ROLLS = ['roll-50x30', 'roll-35x22'];

export function aThermalJob(
  template: string,
  dpi: ThermalDpi,
  changes: Partial<ThermalJob> = {},
  language: ThermalLanguage = 'zpl',
): ThermalJob {
  const onDots = templateAtDpi(templateOf(template), dpi);
  if (onDots === null) throw new Error(`${template} is no roll`);
  return { ...aJob({ template: onDots, from: 41, to: 45 }), thermal: { language, dpi }, ...changes };
}

export function layoutOf(job: ThermalJob): SheetLayout {
  const set = layoutSheet(beVietnamPro, job);
  if (!set.ok) throw new Error(set.problem.detail);
  return set.value;
}

export const draw = (job: ThermalJob): Buffer => Buffer.concat([...drawLabelsInProcess(job)]);

/** The commands of a label in order, each with the parameters that it may have. */
const ZPL_LABEL: readonly (readonly [command: string, parameters: RegExp])[] = [
  ['^XA', /^$/],
  ['^MU', /^D$/],
  ['^PO', /^N$/],
  ['^PM', /^N$/],
  ['^LR', /^N$/],
  ['^LS', /^0$/],
  ['^LT', /^0$/],
  ['^LH', /^0,0$/],
  ['^FW', /^N$/],
  ['^PW', /^\d{2,4}$/],
  ['^LL', /^\d{2,4}$/],
  ['^FO', /^0,0$/],
  ['^GF', /^A,\d+,\d+,\d+,[0-9A-Fg-zG-Y,:]*$/],
  ['^FS', /^$/],
  ['^XZ', /^$/],
];

/**
 * The labels in a ZPL file. Anything other than our commands, in order and with the right kind of parameters, is an
 * error.
 */
export function readZpl(file: Buffer): Bitmap[] {
  const text = file.toString('latin1');
  expect(text).toMatch(/^[\x20-\x7e\n]*$/);
  // Every command starts with ^ or ~ wherever that character is (Zebra, ^FD), so a printer sees only these.
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
  // There must be nothing before the first command.
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
export function readGraphic(parameters: string, width: number): Bitmap {
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

/** The labels in a TSPL file, read as its manual says: lines of commands, and pictures by their number of bytes. */
export function readTspl(file: Buffer): Bitmap[] {
  const labels: Bitmap[] = [];
  for (let at = 0; at < file.length;) {
    const head =
      /^SIZE ([\d.]+) mm,([\d.]+) mm\r\nDIRECTION 0,0\r\nREFERENCE 0,0\r\nSHIFT 0\r\nCLS\r\nBITMAP 0,0,(\d+),(\d+),0,/.exec(
        file.toString('latin1', at, at + 150),
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

/** The text of each label's symbol, read by ZXing from the label's own dots. */
export async function addressesOn(labels: readonly Bitmap[], job: ThermalJob): Promise<(string | null)[]> {
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
