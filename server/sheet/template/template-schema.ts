// What a label template says: paper, grid, and what is where on a label. All lengths are millimetres from the top left,
// of the page for the grid, of the label for everything on it. The files are label-templates/*.json (CONTRACT §6).
// label-templates/template.schema.json is this schema as JSON Schema, and a test keeps the two equal. layout.ts decides
// what a template means on paper, template-fit.ts which of them fits a batch.

import { z } from 'zod';

import { MODULE_MIN_MM, TEXT_MIN_MM } from './template-limits.ts';

const lengthMm = z.number().positive().max(1_000);
const positionMm = z.number().min(0).max(1_000);
const textMm = z.number().min(TEXT_MIN_MM).max(50);
/** Which item is dropped first if a name needs its room: 1 before 2; if absent: never. */
const yields = z.int().min(1).max(9).optional();

const box = z.strictObject({ xMm: positionMm, yMm: positionMm, widthMm: lengthMm, heightMm: lengthMm });
const weight = z.literal([500, 700, 800]);

const text = z.strictObject({
  kind: z.literal('text'),
  show: z.enum(['product', 'producer']),
  weight,
  sizeMm: textMm,
  leastMm: textMm,
  linesMax: z.int().min(1).max(8),
  /** A text that would be smaller than this on one line is set on several lines. */
  wrapBelowMm: textMm.optional(),
});
const words = z.strictObject({
  kind: z.literal('words'),
  words: z.string().min(1).max(80),
  weight,
  sizeMm: textMm,
  leastMm: textMm,
  yields,
});
/** Five-pointed stars and their number in words; nothing if no certificate is in force. */
const stars = z.strictObject({
  kind: z.literal('stars'),
  starMm: lengthMm,
  starLeastMm: lengthMm,
  sizeMm: textMm,
  leastMm: textMm,
});
/** The code, its last four larger and heavier; the serial beside it, unless a separate element holds it. */
const code = z.strictObject({
  kind: z.literal('code'),
  lines: z.literal([1, 3]),
  sizeMm: textMm,
  leastMm: textMm,
  /** Size of the last four symbols over the rest. */
  endingRatio: z.number().min(1.3).max(1.4),
  serialMm: textMm.optional(),
  serialLeastMm: textMm.optional(),
  /** White between its three lines. */
  lineGapMm: z.number().min(0.2).max(5).default(0.55),
  /** A rosette of fine lines right of the lower lines, if the code leaves room for it: a photocopy blurs it. */
  rosetteMm: z.number().min(2.5).max(10).optional(),
});
const serial = z.strictObject({ kind: z.literal('serial'), sizeMm: textMm, leastMm: textMm });
/**
 * The host in words, so that a look-alike page cannot change what the stamp says. It may break after a dot, a colon or
 * a hyphen.
 */
const host = z.strictObject({
  kind: z.literal('host'),
  weight,
  sizeMm: textMm,
  leastMm: textMm,
  linesMax: z.int().min(1).max(3).default(1),
});
/**
 * The second secret, in a frame of the size of the scratch label that is stuck over it. Only batches with PINs have
 * one.
 */
const pin = z.strictObject({
  kind: z.literal('pin'),
  sizeMm: textMm,
  leastMm: textMm,
  boxWidthMm: lengthMm,
  boxHeightMm: lengthMm,
});
/** The artwork that the office uploaded, as large as its box allows; printed only with stars that are in force. */
const image = z.strictObject({
  kind: z.literal('image'),
  show: z.literal('mark'),
  widthMm: lengthMm,
  heightMm: lengthMm,
});
/** A line over the column's width, or the woven band. */
const rule = z.strictObject({
  kind: z.literal('rule'),
  style: z.enum(['line', 'band']),
  heightMm: z.number().min(0.1).max(5),
});
/** Fine lines of one tone, of which a photocopy keeps only those of the hidden word. Meant for 600 dpi. */
const screen = z.strictObject({
  kind: z.literal('screen'),
  words: z.string().min(1).max(20),
  widthMm: lengthMm,
  heightMm: lengthMm,
});

const column = z.strictObject({
  box,
  /** Least white between two items' ink. */
  gapMm: positionMm,
  /** White that is left over goes between the items up to this much, the rest above and below. */
  gapMaxMm: positionMm,
  items: z
    .array(z.discriminatedUnion('kind', [text, words, stars, code, serial, pin, host, image, rule, screen]))
    .min(1)
    .max(12),
});

const symbol = z.strictObject({
  /** Holds the symbol with its quiet zone, in any version. */
  box,
  /** Largest module by QR version; a version that is absent does not fit this label. */
  modulesMm: z.partialRecord(z.enum(['3', '4', '5', '6']), z.number().min(MODULE_MIN_MM).max(4)),
});

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{1,39}$/, 'lower-case letters, digits and hyphens');
const name = z.strictObject({ vi: z.string().min(1).max(80), en: z.string().min(1).max(80) });
const page = z.strictObject({ widthMm: lengthMm, heightMm: lengthMm });

export const templateSchema = z.strictObject({
  $schema: z.string().optional(),
  id,
  name,
  /** What to buy: maker's numbers, or the kind of roll. */
  stock: z.string().max(120),
  /** What a person must know before the first sheet. */
  note: z.strictObject({ vi: z.string().min(1).max(300), en: z.string().min(1).max(300) }).optional(),
  /** Sheets are printed at 150, 300, 600 dpi or finer; a thermal head has one pitch of dots. */
  medium: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('sheet') }),
    z.strictObject({ kind: z.literal('thermal'), dpi: z.literal([203, 300]) }),
  ]),
  page,
  grid: z.strictObject({
    columns: z.int().min(1).max(20),
    rows: z.int().min(1).max(40),
    leftMm: positionMm,
    topMm: positionMm,
    pitchXMm: lengthMm,
    pitchYMm: lengthMm,
  }),
  label: z.strictObject({ widthMm: lengthMm, heightMm: lengthMm }),
  /** Least distance of ink from the label's cut edge. */
  inkMarginMm: z.number().min(0.5).max(10),
  /** One line in the page's margin that says which sheet this is; null where the stock has no margin. */
  head: z.strictObject({ box, sizeMm: textMm, leastMm: textMm }).nullable(),
  symbol,
  columns: z.array(column).min(1).max(12),
});

/** A page without stamps, by which a person finds what a printer does to every sheet. */
export const testGridSchema = z.strictObject({
  $schema: z.string().optional(),
  id,
  name,
  stock: z.string().max(120),
  page,
  testGrid: z.strictObject({
    /** Where both rules begin, from the paper's edges. */
    leftMm: lengthMm,
    topMm: lengthMm,
    /** How long they are. */
    ruleMm: z.literal(100),
  }),
});

/** What a file of label-templates/ holds. */
export const fileSchema = z.union([templateSchema, testGridSchema]);

export type TestGrid = z.infer<typeof testGridSchema>;
export type Template = z.infer<typeof templateSchema>;
export type TemplateBox = z.infer<typeof box>;
export type TemplateColumn = z.infer<typeof column>;
export type TemplateItem = TemplateColumn['items'][number];
export type FontWeight = z.infer<typeof weight>;
