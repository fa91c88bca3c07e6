// Reads labels from a thermal printer's file by the grammar of its manual: one picture for each label, and nothing
// else. An unknown command makes the file faulty, because it might change what the rest means.

import type { ByteSource } from './pdf-file.ts';
import { PdfFault } from './pdf-values.ts';

/** A label as the head burns it. */
export interface LabelPicture {
  /** Dots, as the file tells the printer. */
  widthDots: number;
  heightDots: number;
  isBurnt(x: number, y: number): boolean;
}

/** The settings and the picture's head, in the order that every label has them. */
const ZPL_SETTINGS = '^XA ^MUD ^PON ^PMN ^LRN ^LS0 ^LT0 ^LH0,0 ^FWN '.replaceAll(' ', '\n');
const ZPL_PICTURE = /^\^PW(\d{1,5})\n\^LL(\d{1,5})\n\^FO0,0\^GFA,(\d{1,9}),(\d{1,9}),(\d{1,4}),/;
const ZPL_END = '^FS\n^XZ\n';
const TSPL_SIZE = /^SIZE ([\d.]{1,8}) mm,([\d.]{1,8}) mm\r\n/;
const TSPL_SETTINGS = 'DIRECTION 0,0\r\nREFERENCE 0,0\r\nSHIFT 0\r\nCLS\r\n';
const TSPL_PICTURE = /^BITMAP 0,0,(\d{1,4}),(\d{1,5}),0,/;
const TSPL_END = '\r\nPRINT 1,1\r\n';
const HEAD_BYTES_MAX = 200;
const MM_PER_INCH = 25.4;

/** The labels of a file, one after the other. @throws PdfFault if it breaks the grammar of its language */
export function* labelsIn(source: ByteSource, language: 'zpl' | 'tspl', dpi: number): Generator<LabelPicture> {
  for (let at = 0; at < source.size;) {
    const { label, end } = language === 'zpl' ? zplLabelAt(source, at) : tsplLabelAt(source, at, dpi);
    yield label;
    at = end;
  }
}

interface LabelAt {
  label: LabelPicture;
  /** Where the next label begins. */
  end: number;
}

function zplLabelAt(source: ByteSource, at: number): LabelAt {
  const written = textAt(source, at, HEAD_BYTES_MAX);
  const head = written.startsWith(ZPL_SETTINGS) ? ZPL_PICTURE.exec(written.slice(ZPL_SETTINGS.length)) : null;
  if (head === null) throw new PdfFault(`no label at byte ${at}`);
  const [widthDots = 0, heightDots = 0, bytes = 0, again = 0, rowBytes = 0] = head.slice(1).map(Number);
  if (bytes !== again || bytes !== rowBytes * heightDots || rowBytes !== Math.ceil(widthDots / 8))
    throw new PdfFault(`the picture at byte ${at} is not as large as its label`);
  const from = at + ZPL_SETTINGS.length + head[0].length;
  // At most two digits a byte; a row of zeros, or one like the row above, takes one digit.
  const digits = textAt(source, from, bytes * 2 + heightDots + ZPL_END.length);
  const length = digits.indexOf('^');
  if (length === -1 || !digits.startsWith(ZPL_END, length)) throw new PdfFault(`the label at byte ${at} does not end`);
  const bits = picture(digits.slice(0, length), rowBytes, heightDots);
  return { label: labelOf(widthDots, heightDots, rowBytes, bits), end: from + length + ZPL_END.length };
}

/** Zebra's guide, "Alternative Data Compression Scheme": G to Y repeat 1 to 19 times, g to z 20 to 400 times. */
function picture(digits: string, rowBytes: number, rows: number): Uint8Array {
  const rowDigits = rowBytes * 2;
  const lines: string[] = [];
  let line = '';
  let times = 0;
  const endLine = (): void => {
    lines.push(line);
    line = '';
  };
  for (const letter of digits) {
    if (letter === ',') line = line.padEnd(rowDigits, '0');
    else if (letter === ':' && line === '') line = lines.at(-1) ?? '';
    else if (letter >= 'G' && letter <= 'Y') times += letter.charCodeAt(0) - 'F'.charCodeAt(0);
    else if (letter >= 'g' && letter <= 'z') times += 20 * (letter.charCodeAt(0) - 'f'.charCodeAt(0));
    else if (/[0-9A-F]/.test(letter)) {
      line += letter.repeat(Math.max(1, times));
      times = 0;
    } else throw new PdfFault(`a picture holds ${JSON.stringify(letter)}`);
    if (line.length > rowDigits) throw new PdfFault('a row of a picture is too long');
    if (line.length === rowDigits) endLine();
  }
  if (line !== '' || times > 0 || lines.length !== rows) throw new PdfFault('a picture has not all of its rows');
  return Uint8Array.from(Buffer.from(lines.join(''), 'hex'));
}

function tsplLabelAt(source: ByteSource, at: number, dpi: number): LabelAt {
  const written = textAt(source, at, HEAD_BYTES_MAX);
  const size = TSPL_SIZE.exec(written);
  const settingsAt = size?.[0].length ?? 0;
  const pictureAt = settingsAt + TSPL_SETTINGS.length;
  const head = written.startsWith(TSPL_SETTINGS, settingsAt) ? TSPL_PICTURE.exec(written.slice(pictureAt)) : null;
  if (size === null || head === null) throw new PdfFault(`no label at byte ${at}`);
  const [widthMm = 0, heightMm = 0] = size.slice(1).map(Number);
  const [rowBytes = 0, heightDots = 0] = head.slice(1).map(Number);
  const widthDots = Math.round((widthMm * dpi) / MM_PER_INCH);
  // The size is given in tenths of a millimetre, which is about a dot.
  if (Math.abs(Math.round((heightMm * dpi) / MM_PER_INCH) - heightDots) > 1 || Math.ceil(widthDots / 8) > rowBytes + 1)
    throw new PdfFault(`the picture at byte ${at} is not as large as its label`);
  const from = at + pictureAt + head[0].length;
  const length = rowBytes * heightDots;
  const bits = Uint8Array.from(source.read(from, length), (byte) => byte ^ 0xff);
  if (bits.length !== length || textAt(source, from + length, TSPL_END.length) !== TSPL_END)
    throw new PdfFault(`the label at byte ${at} does not end`);
  return { label: labelOf(rowBytes * 8, heightDots, rowBytes, bits), end: from + length + TSPL_END.length };
}

function labelOf(widthDots: number, heightDots: number, rowBytes: number, bits: Uint8Array): LabelPicture {
  return {
    widthDots,
    heightDots,
    isBurnt: (x, y) => (((bits[y * rowBytes + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 1,
  };
}

function textAt(source: ByteSource, at: number, length: number): string {
  if (at >= source.size) return '';
  return Buffer.from(source.read(at, Math.min(length, source.size - at))).toString('latin1');
}
