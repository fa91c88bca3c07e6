// Draws each template once after the service has started. The first preview of a process opens the fonts, loads the
// picture library and compiles the drawing code, which takes longer than the preview itself.

import { beVietnamPro } from '../setting/fonts.ts';
import { layoutSheet } from '../setting/layout.ts';
import { previewPng } from './preview-png.ts';
import { previewSvg } from './preview-sheet.ts';
import { TRUE_PRINTER, type SheetPlan } from '../threads/sheet-job.ts';
import type { Template } from '../template/template-schema.ts';

/** Draws a full page of this template without keeping it; does nothing if it cannot be set. */
export async function warmPreviews(template: Template): Promise<void> {
  const plan: SheetPlan = {
    template,
    batchId: 'SAMP1E',
    address: { carrier: 'short', origin: 'https://temtrace.example', digitalLink: null },
    symbol: { version: 3, level: 'M', mask: 0 },
    from: 1,
    to: template.grid.columns * template.grid.rows,
    skip: 0,
    printer: TRUE_PRINTER,
    content: { productName: 'Trà Shan tuyết', producerName: 'Hợp tác xã', stars: 3 },
    printedAt: '2026-01-01T00:00:00.000Z',
  };
  const layout = layoutSheet(beVietnamPro, plan);
  if (!layout.ok) return;
  previewSvg(plan, layout.value, 0);
  await previewPng(plan, layout.value, 0);
}
