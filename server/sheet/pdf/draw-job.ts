// One job from its data to its bytes, in this thread. A drawing thread runs this; all other code calls
// threads/draw-sheet.ts.

import { deflateSync } from 'node:zlib';

import { ok, type Result } from '../../domain/problem.ts';
import { openPageDrawing, type DrawnPage } from './fast-drawing.ts';
import { beVietnamPro } from '../setting/fonts.ts';
import { layoutSheet } from '../setting/layout.ts';
import { openPageDeflate, type PageDeflate } from './deflate/page-deflate.ts';
import { openDocument, POINTS_PER_MM } from './pdf-document.ts';
import { openPdfWriter, type PageContent } from './pdf-writer.ts';
import { SheetError } from '../setting/sheet-error.ts';
import type { SheetJob, SheetSummary } from '../threads/sheet-job.ts';

/** How many pages the job has. Problems as layoutSheet. */
export function planSheetInProcess(job: SheetJob): Result<SheetSummary> {
  const layout = layoutSheet(beVietnamPro, job);
  return layout.ok ? ok({ pages: layout.value.pages, stamps: job.to - job.from + 1 }) : layout;
}

/**
 * The print file in chunks, drawn on demand.
 *
 * @param onDrawn called after each page with the number of stamps drawn so far
 * @throws SheetError for a job that cannot be set
 */
export function* drawSheetInProcess(
  job: SheetJob,
  onDrawn?: (stamps: number) => void,
): Generator<Uint8Array<ArrayBuffer>, void, void> {
  const set = layoutSheet(beVietnamPro, job);
  if (!set.ok) throw new SheetError(set.problem);
  const layout = set.value;
  const document = openDocument(job, layout);
  const drawing = openPageDrawing(document, job, layout);
  const { widthMm, heightMm } = layout.page;
  const file = openPdfWriter(
    document,
    job.template.medium.kind === 'sheet' ? [widthMm * POINTS_PER_MM, heightMm * POINTS_PER_MM] : null,
  );
  const compress = openCompressor();
  for (let index = 0; index < layout.pages; index += 1) {
    const page = layout.pageAt(index);
    file.addPage(compress(drawing.draw(page)));
    onDrawn?.(page.to - job.from + 1);
    yield* file.take();
  }
  yield* file.end();
}

/**
 * The first page of a kind goes through zlib and is the sample for the other pages of its kind, which are most of a
 * long file.
 */
function openCompressor(): (page: DrawnPage) => PageContent {
  let last: DrawnPage | null = null;
  let pages: PageDeflate | null = null;
  let rowBytes: number | null = null;
  return (page) => {
    if (last?.varies !== page.varies) {
      last = page;
      pages = null;
      return { bytes: deflateSync(page.bytes), rowBytes: null };
    }
    if (pages === null) {
      const { bytes, firstRow } = page;
      // A label of a roll has no row above it that would be similar.
      rowBytes = bytes.length / page.rowBytes > firstRow + 1 ? page.rowBytes : null;
      pages = openPageDeflate({ ...page, rowBytes });
    }
    return { bytes: pages.deflate(page.bytes), rowBytes };
  };
}
