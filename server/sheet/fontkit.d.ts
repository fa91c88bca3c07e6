// The parts of `fontkit` 2.0.4 that measuring text needs; it comes without types.

declare module 'fontkit' {
  export interface Glyph {
    id: number;
    advanceWidth: number;
    bbox: { minY: number; maxY: number };
  }
  export interface Font {
    unitsPerEm: number;
    hasGlyphForCodePoint(codePoint: number): boolean;
    glyphForCodePoint(codePoint: number): Glyph;
    layout(text: string): { advanceWidth: number };
  }
  export function create(bytes: Uint8Array): Font;
}
