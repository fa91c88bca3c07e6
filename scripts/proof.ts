// npm run proof [-- --many] [-- --only a4-65]: prints stamps on every template and reads each of them back, with two
// readers, from the pixels that poppler draws at printers' resolutions. Then it counts how many can still be read when
// worn. Needs poppler-utils, zbar-tools and qpdf. Exits with 1 if a stamp is missing or wrong.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { printedAddress } from '../server/domain/stamp/stamp-address.ts';
import { openBatchKeys } from '../server/domain/stamp/stamp-keys.ts';
import { beVietnamPro } from '../server/sheet/setting/fonts.ts';
import { layoutSheet, MM_PER_INCH, type SheetLayout } from '../server/sheet/setting/layout.ts';
import { drawSheetInProcess } from '../server/sheet/pdf/draw-job.ts';
import { TRUE_PRINTER, type SheetJob } from '../server/sheet/threads/sheet-job.ts';
import { loadTemplates } from '../server/sheet/template/template-loader.ts';
import { QUIET_MODULES } from '../server/sheet/template/template-limits.ts';
import { codesInText, drawPage, qpdfFault, type Cut, type Grey } from './proof/poppler.ts';
import { readByZbar, readByZxing } from './proof/readers.ts';
import { WEARS, type SymbolPlace } from './proof/wear.ts';

const STAMPS = 65;
const STAMPS_MANY = 500;
/** Stamps per way of wear: five ways, two readers. */
const WORN = 20;
const RESOLUTIONS_DPI = [150, 203, 300, 600];
const WEAR_DPI = 300;
/** A larger label is cropped around its symbol, because a phone's camera is held close to it too. */
const CROP_MAX_MM = 75;
const BATCH_ID = '7K3M9Q';
const keys = openBatchKeys(
  Uint8Array.from({ length: 32 }, (_, at) => at),
  BATCH_ID,
);

const { values } = parseArgs({ options: { many: { type: 'boolean', default: false }, only: { type: 'string' } } });
const { templates, faults } = loadTemplates(new URL('../label-templates', import.meta.url).pathname);
const folder = mkdtempSync(join(tmpdir(), 'temtrace-proof-'));
let failures = faults.length;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const fail = (line: string): void => {
  failures += 1;
  say(`WRONG ${line}`);
};

interface Crop {
  picture: Grey;
  symbol: SymbolPlace;
}

try {
  for (const { file, line, message } of faults) say(`WRONG ${file}, line ${line}: ${message}`);
  say(
    `${'template'.padEnd(16)}${RESOLUTIONS_DPI.map((dpi) => `${dpi} dpi`.padStart(11)).join('')}` +
      `  worn at ${WEAR_DPI} dpi, of ${WORN}: ${WEARS.map(({ name }) => name).join(' · ')}`,
  );
  say(`${''.padEnd(16)}${RESOLUTIONS_DPI.map(() => 'zxing zbar'.padStart(11)).join('')}  zxing/zbar each`);
  for (const id of templates.keys()) {
    if (values.only === undefined || values.only === id) await prove(id, values.many ? STAMPS_MANY : STAMPS);
  }
} finally {
  rmSync(folder, { recursive: true });
}
say(failures === 0 ? 'every stamp was read, by both' : `${failures} wrong`);
process.exitCode = failures === 0 ? 0 : 1;

async function prove(id: string, stamps: number): Promise<void> {
  const loaded = templates.get(id);
  if (loaded === undefined) throw new RangeError(`no template ${id}`);
  const job: SheetJob = {
    template: loaded.template,
    batchId: BATCH_ID,
    keys: keys.exportKeys(),
    address: { carrier: 'short', origin: 'https://temtrace.vn', digitalLink: null },
    symbol: { version: 3, level: 'M', mask: 2 },
    from: 1,
    to: stamps,
    skip: 0,
    printer: TRUE_PRINTER,
    content: { productName: 'Cam lòng vàng Mường Thàng', producerName: 'HTX Cam Mường Thàng', stars: 4 },
    printedAt: '2026-11-24T03:15:00.000Z',
  };
  const set = layoutSheet(beVietnamPro, job);
  if (!set.ok) return fail(`${id}: ${set.problem.detail}`);
  const layout = set.value;
  const path = join(folder, `${id}.pdf`);
  writeFileSync(path, Buffer.concat([...drawSheetInProcess(job)]));

  const fault = await qpdfFault(path);
  if (fault !== null) fail(`${id}: qpdf says ${fault}`);
  const serials = Array.from({ length: stamps }, (_, at) => at + 1);
  const texts = await codesInText(path);
  if (texts.join() !== serials.map((serial) => `${keys.codeOf(serial)} ${serial}`).join())
    fail(`${id}: pdftotext gives other codes`);

  const wanted = serials.map((serial) => printedAddress(job.address, keys.codeOf(serial)));
  const cells: string[] = [];
  for (const dpi of RESOLUTIONS_DPI) {
    const pixelsAModule = (layout.label.symbol.moduleMm / MM_PER_INCH) * dpi;
    // Three dots per module, but not a whole number: this template is not meant for printers of that resolution.
    if (dpi === 150 && Math.abs(pixelsAModule - Math.round(pixelsAModule)) > 0.01) {
      cells.push('–'.padStart(11));
      continue;
    }
    const pictures = (await cropsOf(path, layout, job, dpi, stamps)).map(({ picture }) => picture);
    const [zxing, zbar] = [matching(await readByZxing(pictures), wanted), matching(await readByZbar(pictures), wanted)];
    cells.push(`${zxing} ${zbar}`.padStart(11));
    if (zxing !== stamps || zbar !== stamps)
      fail(`${id} at ${dpi} dpi: ${zxing} by zxing, ${zbar} by zbar, of ${stamps}`);
  }
  const worn: string[] = [];
  const crops = await cropsOf(path, layout, job, WEAR_DPI, WORN);
  for (const wear of WEARS) {
    const pictures: Grey[] = [];
    for (const { picture, symbol } of crops) pictures.push(await wear.apply(picture, symbol));
    worn.push(`${matching(await readByZxing(pictures), wanted)}/${matching(await readByZbar(pictures), wanted)}`);
  }
  say(`${id.padEnd(16)}${cells.join('')}  ${worn.join(' · ')}`);
}

function matching(read: readonly (string | null)[], wanted: readonly string[]): number {
  return read.filter((text, at) => text === wanted[at]).length;
}

/** The first stamps of the file, one by one. The next page is drawn while this one is cut up. */
async function cropsOf(path: string, layout: SheetLayout, job: SheetJob, dpi: number, stamps: number): Promise<Crop[]> {
  const crops: Crop[] = [];
  const alone =
    layout.places.length === 1 && layout.places[0] !== undefined ? cutOf(layout, job, layout.places[0], dpi) : null;
  const draw = (index: number): Promise<Grey> => drawPage(path, index + 1, dpi, alone);
  let next = draw(0);
  for (let index = 0; crops.length < stamps && index < layout.pages; index += 1) {
    const page = layout.pageAt(index);
    const drawn = await next;
    if (crops.length + page.to - page.from + 1 < stamps && index + 1 < layout.pages) next = draw(index + 1);
    for (let serial = page.from; serial <= page.to && crops.length < stamps; serial += 1) {
      const place = layout.places[page.firstPlace + serial - page.from];
      if (place === undefined) throw new RangeError(`no place for ${serial}`);
      const cut = cutOf(layout, job, place, dpi);
      const { modules, moduleMm } = layout.label.symbol;
      crops.push({
        picture: alone === null ? cropped(drawn, cut) : drawn,
        symbol: {
          leftPx: pixels(place.symbolXMm, dpi) - cut.left,
          topPx: pixels(place.symbolYMm, dpi) - cut.top,
          modulePx: (moduleMm / MM_PER_INCH) * dpi,
          modules,
        },
      });
    }
  }
  return crops;
}

function pixels(mm: number, dpi: number): number {
  return Math.round((mm / MM_PER_INCH) * dpi);
}

/** A stamp's label, or the area around its symbol if the label is large. */
function cutOf(layout: SheetLayout, job: SheetJob, place: SheetLayout['places'][number], dpi: number): Cut {
  const { modules, moduleMm } = layout.label.symbol;
  const { widthMm, heightMm } = job.template.label;
  const aroundMm = (QUIET_MODULES + 1) * moduleMm;
  const aroundSymbolMm = modules * moduleMm + 2 * aroundMm;
  const isLarge = Math.max(widthMm, heightMm) > CROP_MAX_MM;
  const left = Math.max(0, pixels(isLarge ? place.symbolXMm - aroundMm : place.xMm, dpi));
  const top = Math.max(0, pixels(isLarge ? place.symbolYMm - aroundMm : place.yMm, dpi));
  // Whole pixels within the page, whose own size is rounded.
  const width = Math.min(
    pixels(isLarge ? aroundSymbolMm : widthMm, dpi),
    Math.floor((layout.page.widthMm / MM_PER_INCH) * dpi) - left,
  );
  const height = Math.min(
    pixels(isLarge ? aroundSymbolMm : heightMm, dpi),
    Math.floor((layout.page.heightMm / MM_PER_INCH) * dpi) - top,
  );
  return { left, top, width, height };
}

function cropped({ width, bytes }: Grey, cut: Cut): Grey {
  const out = new Uint8Array(cut.width * cut.height);
  for (let row = 0; row < cut.height; row += 1) {
    const from = (cut.top + row) * width + cut.left;
    out.set(bytes.subarray(from, from + cut.width), row * cut.width);
  }
  return { width: cut.width, height: cut.height, bytes: out };
}
