// Simulates on a stamp's pixels what happens between the printer and the phone: grey toner, spreading ink, a label
// stuck on askew, a shaking hand, a fold beside the symbol. Real paper, light and lenses do more than this.

import sharp, { type Sharp } from 'sharp';

import type { Grey } from './poppler.ts';

/** Where the symbol is in a picture, in pixels. */
export interface SymbolPlace {
  leftPx: number;
  topPx: number;
  modulePx: number;
  modules: number;
}

export interface Wear {
  name: string;
  apply(picture: Grey, symbol: SymbolPlace): Promise<Grey> | Grey;
}

const WHITE = 255;
/** Black is printed as this grey: a third of the contrast is lost. */
const TONER_GREY = 110;
const SPREAD = 0.05;
const BLUR_MODULES = 0.35;
const FOLD = { modulesFromSymbol: 2, widthModules: 0.5, grey: 70 };

export const WEARS: readonly Wear[] = [
  {
    name: 'grey',
    apply: ({ bytes, ...size }) => ({
      ...size,
      bytes: bytes.map((grey) => Math.round(TONER_GREY + (grey * (WHITE - TONER_GREY)) / WHITE)),
    }),
  },
  { name: 'gain 5 %', apply: (picture, { modulePx }) => spread(picture, Math.max(1, Math.round(modulePx * SPREAD))) },
  { name: 'turned 1°', apply: (picture) => through(picture, (image) => image.rotate(1, { background: '#fff' })) },
  {
    name: 'blurred',
    apply: (picture, { modulePx }) => through(picture, (image) => image.blur(modulePx * BLUR_MODULES)),
  },
  { name: 'folded', apply: fold },
];

/** Grows every dark area by this many pixels on all sides. */
function spread({ width, height, bytes }: Grey, px: number): Grey {
  const darkest = (from: Uint8Array, step: number, count: number, lines: number, lineStep: number): Uint8Array => {
    const out = Uint8Array.from(from);
    for (let line = 0; line < lines; line += 1) {
      for (let at = 0; at < count; at += 1) {
        let least = WHITE;
        for (let near = Math.max(0, at - px); near <= Math.min(count - 1, at + px); near += 1)
          least = Math.min(least, from[line * lineStep + near * step] ?? WHITE);
        out[line * lineStep + at * step] = least;
      }
    }
    return out;
  };
  return { width, height, bytes: darkest(darkest(bytes, 1, width, height, width), width, height, width, 1) };
}

async function through({ width, height, bytes }: Grey, change: (image: Sharp) => Sharp): Promise<Grey> {
  const image = sharp(bytes, { raw: { width, height, channels: 1 } });
  const { data, info } = await change(image)
    .toColourspace('b-w')
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, bytes: data };
}

/** A dark line over the whole height, through the quiet zone left of the symbol. */
function fold({ width, height, bytes }: Grey, { leftPx, modulePx }: SymbolPlace): Grey {
  const out = Uint8Array.from(bytes);
  const from = Math.max(0, Math.round(leftPx - FOLD.modulesFromSymbol * modulePx));
  const to = Math.min(width, from + Math.max(1, Math.round(FOLD.widthModules * modulePx)));
  for (let row = 0; row < height; row += 1) out.fill(FOLD.grey, row * width + from, row * width + to);
  return { width, height, bytes: out };
}
