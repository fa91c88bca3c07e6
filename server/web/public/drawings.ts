// The drawing for a product without a photograph: its kind of goods, one for each of the six groups with some sets of
// food apart, and a pack for stamps without a product. 104 units square.

import { raw, type Html } from '../html.ts';
import type { ProductGroup } from '../../domain/registry/product.ts';

const GROUND = '<path stroke="#7c8089" d="M10 84h86M15 89h75M25 94h54"/>';

type Kind = ProductGroup | 'pack' | 'fish' | 'jar' | 'sack' | 'tea';

/** Sets of Decision 26/2026 annex I that look different from their group's drawing. */
const KIND_OF_SET: Readonly<Record<number, Kind>> = {
  2: 'fish',
  3: 'sack',
  4: 'jar',
  8: 'fish',
  9: 'jar',
  10: 'jar',
  11: 'tea',
  12: 'tea',
  13: 'tea',
};

const DRAWINGS: Readonly<Record<Kind, string>> = {
  fish:
    '<path fill="#fff" d="M12 40h80l8 40H4z"/>' +
    '<path fill="#f2e2c4" d="M22 60c12-14 36-14 48-2l12-8v22l-12-8c-12 12-36 10-48-4z"/>' +
    '<path d="M36 52c4 5 4 11 0 16M48 60h8M60 60h6"/><circle cx="30" cy="58" r="1.5"/>',
  jar:
    '<path fill="#f2e2c4" d="M30 42h44v38a4 4 0 0 1-4 4H34a4 4 0 0 1-4-4z"/>' +
    '<path fill="#fff" d="M36 18h32v12H36z"/><path d="M40 30c0 6-10 6-10 12M64 30c0 6 10 6 10 12"/>' +
    '<path fill="#fff" d="M36 52h32v20H36z"/><path d="m52 56 6 3v6l-6 3-6-3v-6z"/>',
  sack:
    '<path fill="#f2e2c4" d="M28 40c-8 16-8 34-2 44h52c6-10 6-28-2-44z"/>' +
    '<path fill="#fff" d="M32 28c8 4 32 4 40 0l4 12H28z"/>' +
    '<path d="M52 50v26M52 58c-6 0-9-3-10-8 6 0 9 3 10 8zM52 58c6 0 9-3 10-8-6 0-9 3-10 8zM52 68c-6' +
    ' 0-9-3-10-8 6 0 9 3 10 8zM52 68c6 0 9-3 10-8-6 0-9 3-10 8z"/>',
  tea:
    '<path fill="#fff" d="M28 38h48v46H28z"/><path fill="#fbf2df" d="m28 38 8-14h32l8 14z"/>' +
    '<path fill="#e3e6e2" d="M52 74c-14-4-16-14-14-24 11 3 16 12 14 24zM53 74c0-10 4-15 13-17 1 9-4 15-13' +
    ' 17z"/>',
  food:
    '<circle cx="40" cy="61" r="21" fill="#f2e2c4"/><circle cx="67" cy="64" r="19" fill="#fbf2df"/>' +
    '<path fill="#e3e6e2" d="M40 40c-3-9-10-13-17-13 1 7 7 12 17 13zM52 26c5-7 11-9 19-9-2 8-9 11-19 9z"/>' +
    '<path d="M40 40c2-7 6-11 12-14M27 58c1-5 4-8 9-9M56 60c1-4 4-7 8-8"/>',
  drink:
    '<path fill="#f2e2c4" d="M44 30v8c-9 4-12 9-12 16v30h40V54c0-7-3-12-12-16v-8z"/>' +
    '<path fill="#fff" d="M42 18h20v12H42zM32 56h40v18H32z"/><path d="m52 60 5 3v5l-5 3-5-3v-5z"/>',
  herbal:
    '<path fill="#f2e2c4" d="M22 54h60c0 14-8 26-20 30H42C30 80 22 68 22 54z"/>' +
    '<path d="M64 54 78 22l7 3-12 29"/>' +
    '<path fill="#e3e6e2" d="M44 54c-14-6-18-18-14-30 13 5 18 16 14 30zM46 54c-1-11 3-18 12-22 3 9-1 17-12' +
    ' 22z"/>',
  craft:
    '<path d="M28 48c0-34 48-34 48 0"/><path fill="#f2e2c4" d="M18 48h68l-9 36H27z"/>' +
    '<path d="M21 60h62M24 72h56M36 48l4 36M52 48v36M68 48l-4 36"/>',
  ornamental:
    '<path fill="#f2e2c4" d="M30 60h44l-6 24H36z"/><path d="M52 60V34"/>' +
    '<path fill="#e3e6e2" d="M52 46c-12 0-20-6-22-16 12 0 20 6 22 16zM52 40c0-12 7-20 19-22 1 12-6 20-19' +
    ' 22z"/><path fill="#fbf2df" d="M27 53h50v7H27z"/>',
  tourism:
    '<path fill="#e3e6e2" d="m8 84 22-30 12 14 18-30 36 46z"/><path fill="#f2e2c4" d="M30 52h44v18H30z"/>' +
    '<path fill="#fff" d="m24 54 8-16h40l8 16z"/>' +
    '<path d="M34 70v14m12-14v14m12-14v14m12-14v14M46 70V58h12v12"/>',
  pack:
    '<path fill="#fff" d="M28 38h48v46H28z"/><path fill="#fbf2df" d="m28 38 8-14h32l8 14z"/>' +
    '<path fill="#e3e6e2" d="M52 62c-10-1-14-7-14-14 9 1 14 6 14 14zM53 66c0-8 5-12 13-13 0 8-5 13-13 13z"/>' +
    '<path d="M52 76V60"/>',
};

/** The drawing of a product's kind of goods. */
export function productDrawing(group: ProductGroup, productSet: number | null): Html {
  return drawingOf((productSet === null ? undefined : KIND_OF_SET[productSet]) ?? group);
}

export function drawingOf(kind: Kind): Html {
  const look = 'fill="none" stroke="#4a4e57" stroke-width="1.8" stroke-linejoin="round"';
  return raw(`<svg viewBox="0 0 104 104" ${look} aria-hidden="true">${DRAWINGS[kind]}${GROUND}</svg>`);
}
