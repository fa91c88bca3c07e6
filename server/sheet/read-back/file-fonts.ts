// The fonts of a page as its file describes them: which letter a glyph number is, and how wide.

import type { PdfFile } from './pdf-file.ts';
import { PdfFault, type PdfDict, type PdfValue } from './pdf-values.ts';

export interface FileFont {
  /** Glyph number -> letter. */
  letters: ReadonlyMap<number, string>;
  /** Glyph number -> advance in 1/1000 of the size. */
  widths: ReadonlyMap<number, number>;
  defaultWidth: number;
}

/** Fonts of the page's resources, by name. @throws PdfFault */
export function readFonts(file: PdfFile, page: PdfDict): Map<string, FileFont> {
  const resources = file.dict(page.get('Resources'), 'the resources of a page');
  const fonts = new Map<string, FileFont>();
  for (const [name, ref] of file.dict(resources.get('Font'), 'the fonts of a page')) {
    const font = file.dict(ref, `font ${name}`);
    const descendants = file.resolve(font.get('DescendantFonts'));
    const descendant = file.dict(Array.isArray(descendants) ? descendants[0] : undefined, `the glyphs of font ${name}`);
    const standard = file.resolve(descendant.get('DW'));
    fonts.set(name, {
      letters: readLetters(file.stream(font.get('ToUnicode'), `the letters of font ${name}`)),
      widths: readWidths(file.resolve(descendant.get('W'))),
      defaultWidth: typeof standard === 'number' ? standard : 1_000,
    });
  }
  return fonts;
}

/** `/W [3 [500 512] 8 20 600]`: a list from a number on, or one width for a range (ISO 32000-1 §9.7.4.3). */
function readWidths(list: PdfValue): Map<number, number> {
  if (!Array.isArray(list)) throw new PdfFault('a font has no widths');
  const widths = new Map<number, number>();
  for (let at = 0; at < list.length;) {
    const [first, second, third] = [list[at], list[at + 1], list[at + 2]];
    if (typeof first !== 'number') throw new PdfFault('a font’s widths cannot be read');
    if (Array.isArray(second)) {
      second.forEach((width, glyph) => widths.set(first + glyph, typeof width === 'number' ? width : 0));
      at += 2;
    } else if (typeof second === 'number' && typeof third === 'number' && second - first < 0x1_0000) {
      for (let glyph = first; glyph <= second; glyph += 1) widths.set(glyph, third);
      at += 3;
    } else throw new PdfFault('a font’s widths cannot be read');
  }
  return widths;
}

/** Glyph numbers to letters from a font's own map (ISO 32000-1 §9.10.3): `<0000> <0002> [<0030> <0031> <0032>]`. */
function readLetters(map: Uint8Array): Map<number, string> {
  const text = Buffer.from(map).toString('latin1');
  const letters = new Map<number, string>();
  const letterOf = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');
  for (const [, ranges = ''] of text.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, first = '', , items = ''] of ranges.matchAll(/<([0-9a-f]{4})>\s*<([0-9a-f]{4})>\s*\[([^\]]*)\]/gi)) {
      [...items.matchAll(/<([0-9a-f]+)>/gi)].forEach(([, hex = ''], at) =>
        letters.set(Number.parseInt(first, 16) + at, letterOf(hex)),
      );
    }
  }
  if (letters.size === 0) throw new PdfFault('a font does not say which letters it has');
  return letters;
}
