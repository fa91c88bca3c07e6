import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';

import { layoutSheet, type SheetLayout } from '../../../server/sheet/setting/layout.ts';
import { beVietnamPro } from '../../../server/sheet/setting/fonts.ts';
import { drawSheetInProcess } from '../../../server/sheet/pdf/draw-job.ts';
import { drawPlain } from '../../../server/sheet/pdf/plain-drawing.ts';
import { previewPng } from '../../../server/sheet/preview/preview-png.ts';
import { previewSvg } from '../../../server/sheet/preview/preview-sheet.ts';
import { TRUE_PRINTER, type SheetJob } from '../../../server/sheet/threads/sheet-job.ts';
import { loadTemplates } from '../../../server/sheet/template/template-loader.ts';
import { layoutTestGrid, testGridPdf, testGridSvg } from '../../../server/sheet/setting/test-grid.ts';
import { openSheet, readStamp, strayInk, type Pixels } from '../read-sheet.ts';
import { aJob, markIn, ORANGES, setSheet, TEMPLATE_IDS, TEMPLATES_FOLDER, templateOf } from '../sheet-jobs.ts';

/** A pixel is a tenth of a millimetre. */
const DPI = 254;
const WITHIN_PX = 1;
const FAINTEST = 225;

async function pixelsOf(picture: Buffer | string, dpi: number): Promise<Pixels> {
  const { data, info } = await sharp(Buffer.from(picture))
    .toColourspace('b-w')
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, dpi, grey: data };
}

async function drawnPdf(bytes: Uint8Array, dpi: number, page = 0): Promise<Pixels> {
  const sheet = await openSheet(bytes);
  const pixels = await sheet.draw(page, dpi);
  sheet.close();
  return { ...pixels, grey: Uint8Array.from(pixels.grey) };
}

const draw = (job: SheetJob): Uint8Array => Buffer.concat([...drawSheetInProcess(job)]);

/** Removes symbols and codes, which are all that differs in a preview. */
function withoutCodes(pixels: Pixels, layout: SheetLayout): Pixels {
  const grey = Uint8Array.from(pixels.grey);
  const px = (mm: number): number => Math.round((mm / 25.4) * pixels.dpi);
  const blank = (xMm: number, yMm: number, widthMm: number, heightMm: number): void => {
    for (let row = px(yMm); row < px(yMm + heightMm); row += 1)
      grey.fill(255, row * pixels.width + px(xMm), row * pixels.width + px(xMm + widthMm));
  };
  const { symbol, code, pin } = layout.label;
  for (const place of layout.places) {
    const sideMm = symbol.modules * symbol.moduleMm;
    // Everything except the three corners, which show where the symbol is.
    const cornerMm = symbol.moduleMm * 7.5;
    blank(place.symbolXMm + cornerMm, place.symbolYMm - 0.1, sideMm - 2 * cornerMm, sideMm + 0.2);
    blank(place.symbolXMm - 0.1, place.symbolYMm + cornerMm, sideMm + 0.2, sideMm - 2 * cornerMm);
    blank(place.symbolXMm + cornerMm, place.symbolYMm + cornerMm, sideMm - cornerMm + 0.1, sideMm - cornerMm + 0.1);
    for (const line of code) {
      const widthMm = line.parts.reduce((sum, part) => sum + (part.to - part.from + 1) * part.sizeMm * 1.1, 0);
      const sizeMm = Math.max(...line.parts.map((part) => part.sizeMm));
      blank(place.xMm + line.xMm - 0.2, place.yMm + line.baselineMm - 0.85 * sizeMm, widthMm, sizeMm);
    }
    if (pin !== null)
      blank(place.xMm + pin.xMm - 0.3, place.yMm + pin.baselineMm - pin.sizeMm, pin.sizeMm * 5, pin.sizeMm * 1.2);
  }
  return { ...pixels, grey };
}

describe.each(TEMPLATE_IDS)('a preview of %s', (id) => {
  const template = templateOf(id);
  const places = template.grid.columns * template.grid.rows;
  // The last places of a sheet, and one page more.
  const job = aJob({ template, to: Math.min(places, 3) + 1, skip: places - Math.min(places, 3) });
  const layout = setSheet(job);

  test('has its ink where the print file has it, to 0.1 mm', async () => {
    const pdf = withoutCodes(await drawnPdf(draw(job), DPI), layout);
    const svg = withoutCodes(await pixelsOf(previewSvg(job, layout, 0, pdf), DPI), layout);
    expect(strayInk(pdf, svg, WITHIN_PX, FAINTEST) + strayInk(svg, pdf, WITHIN_PX, FAINTEST)).toBe(0);
  });

  test('holds SAMPLE in every symbol, as SVG and as PNG, and no code of the batch', async () => {
    const png = await pixelsOf(await previewPng(job, layout, 0), 150);
    for (const pixels of [png, await pixelsOf(previewSvg(job, layout, 0, png), 150)]) {
      const page = layout.pageAt(0);
      for (const place of [page.firstPlace, page.firstPlace + page.to - page.from])
        expect(await readStamp(pixels, layout, template.label, place)).toBe('SAMPLE');
    }
    expect(() => previewSvg(job, layout, layout.pages)).toThrow(RangeError);
    await expect(previewPng(job, layout, -1)).rejects.toThrow(RangeError);
  });

  test('is the same picture as PNG, to 0.2 mm', async () => {
    const png = await pixelsOf(await previewPng(job, layout, 0), 150);
    const svg = await pixelsOf(previewSvg(job, layout, 0, png), 150);
    expect(strayInk(png, svg, 1) + strayInk(svg, png, 1)).toBe(0);
  });
});

describe("the office's artwork", () => {
  const template = templateOf('a4-24');
  const bytes = sharp({ create: { width: 80, height: 60, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 1 } } })
    .png()
    .toBuffer();

  test('stands beside stars that are in force, in print file and preview alike, and nowhere else', async () => {
    const mark = await markIn(await bytes);
    const job = aJob({ template, mark, to: 1 });
    const layout = setSheet(job);
    expect(layout.label.mark).toMatchObject({ widthMm: 8.5, heightMm: 6.375 });
    const [fast, plain] = [await drawnPdf(draw(job), DPI), await drawnPdf(drawPlain(job, layout), DPI)];
    expect(strayInk(fast, plain, WITHIN_PX) + strayInk(plain, fast, WITHIN_PX)).toBe(0);
    const svg = await pixelsOf(previewSvg(job, layout, 0, fast), DPI);
    expect(strayInk(withoutCodes(fast, layout), withoutCodes(svg, layout), WITHIN_PX, FAINTEST)).toBe(0);
    for (const stars of [null, 0]) expect(setSheet({ ...job, content: { ...ORANGES, stars } }).label.mark).toBe(null);
    expect(setSheet({ ...job, mark: null }).label.mark).toBe(null);
  });
});

describe('the test page', () => {
  const grid = loadTemplates(TEMPLATES_FOLDER).testGrids.get('test-grid')!;

  test('has rules of 100 mm, whose lines stand on their millimetres', () => {
    const { bars } = layoutTestGrid(grid, TRUE_PRINTER);
    const ticks = bars.filter((bar) => bar.widthMm === 0.2 && bar.heightMm < 5).map((bar) => bar.xMm + 0.1);
    expect(ticks).toHaveLength(101);
    ticks.forEach((xMm, mm) => expect(xMm).toBeCloseTo(30 + mm, 9));
    const across = bars.filter((bar) => bar.heightMm === 0.2 && bar.widthMm < 5).map((bar) => bar.yMm + 0.1);
    across.forEach((yMm, mm) => expect(yMm).toBeCloseTo(40 + mm, 9));
  });

  test('keeps its words on the paper, and says what to enter in two languages', async () => {
    const { runs, page } = layoutTestGrid(grid, { offsetXMm: -9.9, offsetYMm: -9.9, scaleX: 1.005, scaleY: 0.995 });
    for (const run of runs)
      expect(run.xMm + beVietnamPro.widthEm(run.weight, run.text) * run.sizeMm).toBeLessThanOrEqual(page.widthMm - 5);
    const sheet = await openSheet(testGridPdf(grid, TRUE_PRINTER, '2026-11-24T03:15:00.000Z'));
    expect(sheet.text(0)).toContain('Tỷ lệ ngang (%)');
    expect(sheet.text(0)).toContain('Printed with these');
    sheet.close();
  });

  test('is drawn alike as print file and as picture, and moves with its printer', async () => {
    const bytes = testGridPdf(grid, TRUE_PRINTER, '2026-11-24T03:15:00.000Z');
    expect(Buffer.from(bytes).toString('latin1')).toContain('/PrintScaling /None');
    const pdf = await drawnPdf(bytes, DPI);
    const svg = await pixelsOf(testGridSvg(grid, TRUE_PRINTER, pdf), DPI);
    expect(strayInk(pdf, svg, WITHIN_PX, FAINTEST) + strayInk(svg, pdf, WITHIN_PX, FAINTEST)).toBe(0);
    const moved = await drawnPdf(testGridPdf(grid, { ...TRUE_PRINTER, offsetXMm: 2 }, '2026-11-24T03:15:00.000Z'), DPI);
    expect(strayInk(pdf, moved, WITHIN_PX)).toBeGreaterThan(100);
  });
});

describe('a photocopy of a4-21, simulated at 300 dpi', () => {
  /** Like a copier: blurred by a lens, then everything darker than half is black and the rest white. */
  async function copied(pixels: Pixels): Promise<Pixels> {
    const { width, height } = pixels;
    const { data, info } = await sharp(pixels.grey, { raw: { width, height, channels: 1 } })
      .blur(1.1)
      .resize(Math.round(width / 2), Math.round(height / 2), { kernel: 'cubic' })
      .toColourspace('b-w')
      .extractChannel(0)
      .threshold(150)
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, dpi: pixels.dpi / 2, grey: data };
  }

  test('shows the word of the screen where the original is one tone, and its symbol still reads', async () => {
    const job = aJob({ template: templateOf('a4-21'), to: 1 });
    const layout = setSheet(job);
    const original = await drawnPdf(draw(job), 600);
    const copy = await copied(original);
    const [place] = layout.places;
    const screen = layout.label.bars.filter((bar) => bar.element === 'screen');
    const [ground, word] = [screen.filter((bar) => bar.widthMm < 0.05), screen.filter((bar) => bar.widthMm > 0.05)];
    const inked = (pixels: Pixels, bars: typeof screen): number => {
      const px = (mm: number): number => Math.round((mm / 25.4) * pixels.dpi);
      const isDark = bars.filter(
        (bar) =>
          (pixels.grey[
            px(place!.yMm + bar.yMm + bar.heightMm / 2) * pixels.width + px(place!.xMm + bar.xMm + bar.widthMm / 2)
          ] ?? 255) < 128,
      );
      return isDark.length / bars.length;
    };
    expect(inked(copy, word) - inked(copy, ground)).toBeGreaterThan(0.5);
    const set = layoutSheet(beVietnamPro, job);
    expect(set.ok).toBe(true);
    expect(await readStamp(copy, layout, job.template.label, 0)).toMatch(/^HTTPS:\/\/TEMTRACE\.VN\/T\/7K3M9Q/);
  });
});
