// The parts of `fontkit` 2.0.4 that measuring text needs; it comes without types.

declare module 'fontkit' {
  export interface Glyph {
    id: number;
    advanceWidth: number;
    bbox: { minY: number; maxY: number };
    /** Outlines in font units, y upwards. Be Vietnam Pro has quadratic curves only. */
    path: {
      commands: { command: 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'bezierCurveTo' | 'closePath'; args: number[] }[];
    };
  }
  /** A text as the font sets it, with the kerning it has. */
  export interface Shape {
    advanceWidth: number;
    glyphs: Glyph[];
    positions: { xAdvance: number }[];
  }
  export interface Font {
    unitsPerEm: number;
    /** Code points that the font has a glyph for. */
    characterSet: number[];
    hasGlyphForCodePoint(codePoint: number): boolean;
    glyphForCodePoint(codePoint: number): Glyph;
    /** @param features OpenType features switched on or off; what is not named stays as the font has it */
    layout(text: string, features?: Readonly<Record<string, boolean>>): Shape;
  }
  export function create(bytes: Uint8Array): Font;
}
