// A thermal job from its data to its bytes, in this thread. A drawing thread runs this; all other code calls
// threads/draw-sheet.ts.

import { beVietnamPro } from '../setting/fonts.ts';
import { layoutSheet } from '../setting/layout.ts';
import { SheetError } from '../setting/sheet-error.ts';
import { openLabelDrawing } from './label-dots.ts';
import { inLanguage } from './printer-language.ts';
import type { ThermalJob } from './thermal-job.ts';

const CHUNK_BYTES = 128 * 1024;

/**
 * The print file in chunks of whole labels, drawn on demand.
 *
 * @param onDrawn called after each row of labels with the number of stamps drawn so far
 * @throws SheetError for a job that cannot be set
 */
export function* drawLabelsInProcess(
  job: ThermalJob,
  onDrawn?: (stamps: number) => void,
): Generator<Uint8Array<ArrayBuffer>, void, void> {
  const set = layoutSheet(beVietnamPro, job);
  if (!set.ok) throw new SheetError(set.problem);
  const layout = set.value;
  const drawing = openLabelDrawing(job, layout);
  let labels: Uint8Array[] = [];
  let bytes = 0;
  for (let index = 0; index < layout.pages; index += 1) {
    const page = layout.pageAt(index);
    const label = inLanguage(job.thermal.language, drawing.draw(page), job.thermal.dpi);
    onDrawn?.(page.to - job.from + 1);
    labels.push(label);
    bytes += label.length;
    if (bytes < CHUNK_BYTES && index < layout.pages - 1) continue;
    yield Uint8Array.from(Buffer.concat(labels));
    [labels, bytes] = [[], 0];
  }
}
