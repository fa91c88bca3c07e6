// The thread that draws previews, and test pages.

import { fieldProblem, ok, type Result } from '../../domain/problem.ts';
import { answerCalls } from '../../kit/thread-call.ts';
import { beVietnamPro } from '../setting/fonts.ts';
import { layoutSheet, type SheetLayout } from '../setting/layout.ts';
import { testGridPdf, testGridSvg } from '../setting/test-grid.ts';
import { TRUE_PRINTER, type SheetPlan } from '../threads/sheet-job.ts';
import { previewPng, testGridPng } from './preview-png.ts';
import { previewSvg } from './preview-sheet.ts';
import type { FitResult, FitWork, PreviewResult, PreviewWork } from './preview-work.ts';
import { sheetSvg } from './sheet-picture.ts';
import { warmPreviews } from './warm-previews.ts';

answerCalls<PreviewWork | FitWork, PreviewResult | FitResult>(async (work) => {
  switch (work.kind) {
    case 'page':
      return drawn(work.plan, (layout) => drawPage(work, layout));
    case 'sheet':
      return drawn(work.plan, async (layout) => {
        const page = Math.min(work.page, layout.pages - 1);
        return ok(Buffer.from(sheetSvg({ plan: work.plan, layout, page })));
      });
    case 'count':
      return drawn(work.plan, async () => ok(Buffer.alloc(0)));
    case 'test-grid':
      return single(
        work.form === 'png' ? await testGridPng(work.grid) : Buffer.from(testGridSvg(work.grid, TRUE_PRINTER)),
      );
    case 'test-grid-pdf':
      return single(testGridPdf(work.grid, work.printer, work.printedAt));
    case 'fit':
      return work.templates.map((template) => {
        const set = layoutSheet(beVietnamPro, { ...work.plan, template, skip: 0 });
        return set.ok ? null : set.problem;
      });
    case 'warm':
      await warmPreviews(work.template);
      return single(Buffer.alloc(0));
    default:
      return work satisfies never;
  }
});

async function drawn(
  plan: SheetPlan,
  draw: (layout: SheetLayout) => Promise<Result<Uint8Array>>,
): Promise<PreviewResult> {
  const set = layoutSheet(beVietnamPro, plan);
  if (!set.ok) return set;
  const bytes = await draw(set.value);
  return bytes.ok ? ok({ pages: set.value.pages, bytes: bytes.value }) : bytes;
}

async function drawPage(
  { plan, page, form }: Extract<PreviewWork, { kind: 'page' }>,
  layout: SheetLayout,
): Promise<Result<Uint8Array>> {
  if (page > layout.pages)
    return fieldProblem('invalid', 'page', 'too-big', `The print file has ${layout.pages} pages.`);
  if (form === 'png') return ok(await previewPng(plan, layout, page - 1));
  return ok(Buffer.from(previewSvg(plan, layout, page - 1)));
}

function single(bytes: Uint8Array): PreviewResult {
  return ok({ pages: 1, bytes });
}
