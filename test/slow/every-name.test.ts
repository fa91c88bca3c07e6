// All templates × 3,000 names that contain every ordered pair of the usual letters: each name is set, and everything
// that it changes on its label is drawn, or it is refused by name. A whole file takes 8 ms, mostly for its symbol,
// fonts and zlib, which do not depend on the name: 33,000 files would take four and a half minutes on a quiet core. So
// fifty names share a document and its embedded fonts, and each name is a whole file on one of the templates: 92 s of
// one core. All larger sheet labels print every real name, some by its short name.

import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { isShortName, SHORT_NAME_MAX } from '../../server/domain/registry/stamp-name.ts';
import { drawSheetInProcess } from '../../server/sheet/pdf/draw-job.ts';
import {
  constantContent,
  textContent,
  type FontsByWeight,
  type NamedFont,
} from '../../server/sheet/pdf/page-content.ts';
import { embeddedFont, openDocument, type OpenDocument } from '../../server/sheet/pdf/pdf-document.ts';
import { openPdfWriter } from '../../server/sheet/pdf/pdf-writer.ts';
import { beVietnamPro } from '../../server/sheet/setting/fonts.ts';
import { layoutSheet, type SheetLayout } from '../../server/sheet/setting/layout.ts';
import type { FontWeight } from '../../server/sheet/template/template-schema.ts';
import type { SheetJob } from '../../server/sheet/threads/sheet-job.ts';
import { generatedNames, LONG_NAMES, realNames, shortened } from '../sheet/product-names.ts';
import { aJob, ORANGES, sampleNames, TEMPLATE_IDS, templateOf } from '../sheet/sheet-jobs.ts';

const NAMES = 3_000;
/** Names per document. */
const NAMES_A_DOCUMENT = 50;
/** The smallest sheet label that must hold every real name, in millimetres. */
const LABEL_MM = { widthMm: 38, heightMm: 21 };

const LARGE = TEMPLATE_IDS.filter((id) => {
  const { medium, label } = templateOf(id);
  return medium.kind === 'sheet' && label.widthMm >= LABEL_MM.widthMm && label.heightMm >= LABEL_MM.heightMm;
});

function jobOf(template: string, content: Partial<SheetJob['content']>): SheetJob {
  return aJob({ template: templateOf(template), from: 1, to: 1, content: { ...ORANGES, ...content } });
}

/** `printed`, or the reason why not. */
function printedAlone(job: SheetJob): string {
  const set = layoutSheet(beVietnamPro, job);
  if (!set.ok) return set.problem.code;
  return [...drawSheetInProcess(job)].length > 0 ? 'printed' : 'empty';
}

/** Draws what the names change on their labels, with the fonts of one document. */
class SharedDocument {
  private open: { document: OpenDocument; fonts: FontsByWeight } | null = null;

  draw(job: SheetJob): string {
    const set = layoutSheet(beVietnamPro, job);
    if (!set.ok) return set.problem.code;
    this.open ??= openWithFonts(job, set.value);
    const { fonts } = this.open;
    const head = set.value.headOf(set.value.pageAt(0));
    const label = constantContent(set.value.label, job.template.label.heightMm, fonts);
    return label === '' || (head !== null && textContent(head, 297, fonts) === '') ? 'empty' : 'printed';
  }

  /** Embeds the fonts with all letters of the names. Returns the number of bytes. */
  end(): number {
    if (this.open === null) return 0;
    for (const { font } of Object.values(this.open.fonts)) font.ref();
    const bytes = [...openPdfWriter(this.open.document, null).end()].reduce((sum, { length }) => sum + length, 0);
    this.open = null;
    return bytes;
  }
}

function openWithFonts(job: SheetJob, layout: SheetLayout): { document: OpenDocument; fonts: FontsByWeight } {
  const document = Object.assign(openDocument(job, layout), { compress: false });
  const named = (weight: FontWeight): NamedFont => ({
    name: `W${weight}`,
    font: embeddedFont(document, weight),
    glyphs: new Map(),
  });
  return { document, fonts: { 500: named(500), 700: named(700), 800: named(800) } };
}

test.each(TEMPLATE_IDS.map((id, at) => [id, at] as const))(
  '%s',
  async (template, at) => {
    const outcomes: Record<string, number> = {};
    const names = [...realNames(), ...LONG_NAMES];
    names.push(...generatedNames(NAMES - names.length));
    const shared = new SharedDocument();
    for (const [name, productName] of names.entries()) {
      const job = jobOf(template, { productName });
      const isWhole = name % TEMPLATE_IDS.length === at;
      const outcome = isWhole ? printedAlone(job) : shared.draw(job);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      if (name % NAMES_A_DOCUMENT !== NAMES_A_DOCUMENT - 1) continue;
      expect(shared.end()).toBeGreaterThan(0);
      // pdfkit's streams are freed only between turns of the event loop.
      await nextTurn();
    }
    const { printed = 0, 'text-does-not-fit': refused = 0, ...others } = outcomes;
    expect([printed + refused, others]).toEqual([NAMES, {}]);
    // Only long names may be refused.
    expect(refused).toBeLessThanOrEqual(LONG_NAMES.length);
  },
  120_000,
);

describe.each(LARGE)('%s', (template) => {
  test('prints every real name, by its short name if need be', () => {
    const sample = [...sampleNames().values()];
    expect(sample.filter((names) => printedAlone(jobOf(template, names)) !== 'printed')).toEqual([]);
    for (const productName of LONG_NAMES) {
      const short = shortened(productName, SHORT_NAME_MAX);
      expect([short, isShortName(short), printedAlone(jobOf(template, { productName: short }))]).toEqual([
        short,
        true,
        'printed',
      ]);
      expect(['printed', 'text-does-not-fit']).toContain(printedAlone(jobOf(template, { productName })));
    }
  });
});
