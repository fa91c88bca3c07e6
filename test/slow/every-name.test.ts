// All templates × 3,000 names that hold every ordered pair of the usual letters: each is set and its words are
// encoded for the file, or it is refused by name. A whole file takes 7 ms, so each template draws every eleventh
// name, each name on another template.

import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { drawSheetInProcess } from '../../server/sheet/pdf/draw-job.ts';
import { textContent, type FontsByWeight, type NamedFont } from '../../server/sheet/pdf/page-content.ts';
import { embeddedFont, newDocument } from '../../server/sheet/pdf/pdf-document.ts';
import { beVietnamPro } from '../../server/sheet/setting/fonts.ts';
import { layoutSheet } from '../../server/sheet/setting/layout.ts';
import type { FontWeight } from '../../server/sheet/template/template-schema.ts';
import { generatedNames, realNames } from '../sheet/product-names.ts';
import { aJob, ORANGES, TEMPLATE_IDS, templateOf } from '../sheet/sheet-jobs.ts';

const NAMES = 3_000;
const NAMES_A_TURN = 50;

/** Fonts of a file in which no letter was used yet. */
function freshFonts(): FontsByWeight {
  const facts = { title: '', subject: '', keywords: '', printedAt: '2026-11-24T03:15:00.000Z' };
  const document = newDocument(facts, { widthMm: 210, heightMm: 297 });
  const named = (weight: FontWeight): NamedFont => ({
    name: `W${weight}`,
    font: embeddedFont(document, weight),
    glyphs: new Map(),
  });
  return { 500: named(500), 700: named(700), 800: named(800) };
}

test.each(TEMPLATE_IDS.map((id, at) => [id, at] as const))(
  '%s',
  async (template, at) => {
    const outcomes: Record<string, number> = {};
    const names = [...realNames(), ...generatedNames(NAMES - realNames().length)];
    for (const [name, productName] of names.entries()) {
      // pdfkit's streams are only released between turns of the event loop.
      if (name % NAMES_A_TURN === 0) await nextTurn();
      const job = aJob({ template: templateOf(template), from: 1, to: 1, content: { ...ORANGES, productName } });
      const set = layoutSheet(beVietnamPro, job);
      let outcome = set.ok ? 'printed' : set.problem.code;
      if (set.ok) {
        const fonts = freshFonts();
        const words = set.value.label.runs.map((run) => textContent(run, 100, fonts)).join('');
        const isDrawn = name % TEMPLATE_IDS.length !== at || [...drawSheetInProcess(job)].length > 0;
        if (words === '' || !isDrawn) outcome = 'empty';
      }
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
    const { printed = 0, 'text-does-not-fit': refused = 0, ...others } = outcomes;
    expect([printed + refused, others]).toEqual([NAMES, {}]);
  },
  120_000,
);
