// A bitmap in a printer's language. The whole label is one bitmap, so no text of ours is ever read as a command.

import type { Bitmap } from './bitmap.ts';
import type { ThermalDpi, ThermalLanguage } from './thermal-job.ts';

const MM_PER_INCH = 25.4;

/** One label, or one row of them. */
export function inLanguage(language: ThermalLanguage, bitmap: Bitmap, dpi: ThermalDpi): Uint8Array<ArrayBuffer> {
  switch (language) {
    case 'zpl':
      return Uint8Array.from(Buffer.from(zplLabel(bitmap), 'latin1'));
    case 'tspl':
      return tsplLabel(bitmap, dpi);
    default:
      return language satisfies never;
  }
}

/**
 * Settings that another program's label may have left in the printer, reset before each of ours (Zebra's programming
 * guide): dots as units, not upside down, not mirrored, not reversed, no shift to the side or down, the origin in the
 * corner, fields upright. Otherwise a label could be blank or shifted off the paper.
 */
const ZPL_SETTINGS = '^MUD\n^PON\n^PMN\n^LRN\n^LS0\n^LT0\n^LH0,0\n^FWN\n';
/** The same for TSPL2 (TSC's manual): direction and mirror, origin, shift. */
const TSPL_SETTINGS = 'DIRECTION 0,0\r\nREFERENCE 0,0\r\nSHIFT 0\r\n';

/**
 * ZPL II (Zebra's programming guide): ^PW width, ^LL length, ^GFA a picture as hexadecimal digits with the run lengths
 * that every ZPL printer reads, also those that only speak it. Gap, speed and darkness stay as the printer was set.
 */
function zplLabel({ width, height, rowBytes, bits }: Bitmap): string {
  const bytes = rowBytes * height;
  const rows: string[] = [];
  const picture = Buffer.from(bits.buffer, bits.byteOffset, bits.byteLength);
  for (let from = 0; from < bytes; from += rowBytes) {
    const isAsAbove = from > 0 && picture.compare(picture, from - rowBytes, from, from, from + rowBytes) === 0;
    rows.push(isAsAbove ? ':' : rowDigits(picture, from, rowBytes));
  }
  const size = `^PW${width}\n^LL${height}\n`;
  return `^XA\n${ZPL_SETTINGS}${size}^FO0,0^GFA,${bytes},${bytes},${rowBytes},${rows.join('')}^FS\n^XZ\n`;
}

/** `,` ends a row of zeros; a letter before a digit repeats it: G to Y 1 to 19 times, g to z 20 to 400 times. */
function rowDigits(picture: Buffer, from: number, rowBytes: number): string {
  let used = rowBytes;
  while (used > 0 && picture[from + used - 1] === 0) used -= 1;
  const digits = picture.toString('hex', from, from + used).toUpperCase();
  let row = '';
  for (let at = 0; at < digits.length;) {
    const digit = digits.charAt(at);
    let times = 1;
    while (digits.charAt(at + times) === digit) times += 1;
    row += times > 2 ? count(times) + digit : digit.repeat(times);
    at += times;
  }
  return used < rowBytes ? `${row},` : row;
}

const TWENTY = 20;
const MOST = 400;

function count(times: number): string {
  let letters = '';
  let left = times;
  for (; left > MOST; left -= MOST) letters += 'z';
  const twenties = Math.floor(left / TWENTY);
  if (twenties > 0) letters += String.fromCharCode('g'.charCodeAt(0) + twenties - 1);
  const ones = left % TWENTY;
  if (ones > 0) letters += String.fromCharCode('G'.charCodeAt(0) + ones - 1);
  return letters;
}

/**
 * TSPL2: SIZE, the settings, CLS, BITMAP (a bit is 0 if its dot is burnt), PRINT. The printer uses the gap that it
 * measured itself.
 */
function tsplLabel({ width, height, rowBytes, bits }: Bitmap, dpi: ThermalDpi): Uint8Array<ArrayBuffer> {
  const mm = (dots: number): string => String(Number(((dots * MM_PER_INCH) / dpi).toFixed(1)));
  const head = `SIZE ${mm(width)} mm,${mm(height)} mm\r\n${TSPL_SETTINGS}CLS\r\nBITMAP 0,0,${rowBytes},${height},0,`;
  return Uint8Array.from(
    Buffer.concat([
      Buffer.from(head, 'latin1'),
      bits.map((byte) => byte ^ 0xff),
      Buffer.from('\r\nPRINT 1,1\r\n', 'latin1'),
    ]),
  );
}
