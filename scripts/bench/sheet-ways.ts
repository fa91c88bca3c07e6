// One way of making a print file, run as a separate process: `sheet-ways.ts WAY STAMPS` prints what it used as JSON.
//
// Each way loads only what it needs, at its own time, so that the whole process is what is counted. The naive ways are
// what one writes first with pdfkit and qrcode: code, product and host in Helvetica, which is less than our stamp says.

import type { SheetJob } from '../../server/sheet/threads/sheet-job.ts';

export interface WayUse {
  stamps: number;
  bytes: number;
  /** Of the whole process: all threads, and everything it loads. */
  cpuSeconds: number;
  /**
   * Only for the way `steady`: stamps per CPU-second after the first 10,000, and those of the compressor alone over the
   * same pages.
   */
  steady?: { ours: number; deflate: number };
}

const WAYS = ['fast', 'png', 'runs', 'steady'] as const;
export type Way = (typeof WAYS)[number];

const BATCH_ID = '7K3M9Q';
const ADDRESS = { carrier: 'short', origin: 'https://temtrace.example', digitalLink: null } as const;
const PER_PAGE = 65;
const COLUMNS = 5;
const POINTS_PER_MM = 72 / 25.4;
const NAIVE_SYMBOL_POINTS = 14.5 * POINTS_PER_MM;
const WARM_STAMPS = 10_000;
const DEFLATED_PAGES = 200;
const DEFLATE_REPEATS = 6;

const [way, count] = [process.argv[2] as Way, Number(process.argv[3])];
const use = await run(way, count);
const { user, system } = process.cpuUsage();
process.stdout.write(
  `${JSON.stringify({ ...use, stamps: count, cpuSeconds: (user + system) / 1e6 } satisfies WayUse)}\n`,
);

async function run(wanted: Way, stamps: number): Promise<Pick<WayUse, 'bytes' | 'steady'>> {
  switch (wanted) {
    case 'fast':
      return { bytes: await fastBytes(await aJob(stamps)) };
    case 'steady':
      return steady(stamps);
    case 'png':
      return { bytes: await naiveBytes(stamps, await pngSymbols()) };
    case 'runs':
      return { bytes: await naiveBytes(stamps, await runSymbols()) };
    default:
      return wanted satisfies never;
  }
}

async function aJob(to: number): Promise<SheetJob> {
  const { openBatchKeys } = await import('../../server/domain/stamp/stamp-keys.ts');
  const template = JSON.parse(process.argv[4] ?? '') as SheetJob['template'];
  return {
    template,
    batchId: BATCH_ID,
    keys: openBatchKeys(new Uint8Array(32), BATCH_ID).exportKeys(),
    address: ADDRESS,
    symbol: { version: 3, level: 'M', mask: 1 },
    from: 1,
    to,
    skip: 0,
    printer: { offsetXMm: 0, offsetYMm: 0, scaleX: 1, scaleY: 1 },
    content: { productName: 'Cam lòng vàng Mường Thàng', producerName: 'HTX Cam Mường Thàng', stars: 4 },
    printedAt: '2026-11-24T03:15:00.000Z',
  };
}

async function fastBytes(job: SheetJob): Promise<number> {
  const { drawSheetInProcess } = await import('../../server/sheet/pdf/draw-job.ts');
  let bytes = 0;
  for (const chunk of drawSheetInProcess(job)) bytes += chunk.byteLength;
  return bytes;
}

/** The rate after the start, from the number of bytes at each moment; then the compressor over the same pages. */
async function steady(stamps: number): Promise<{ bytes: number; steady: { ours: number; deflate: number } }> {
  const { drawSheetInProcess } = await import('../../server/sheet/pdf/draw-job.ts');
  const job = await aJob(WARM_STAMPS + stamps);
  const moments: { bytes: number; cpu: number }[] = [];
  let bytes = 0;
  for (const chunk of drawSheetInProcess(job)) {
    bytes += chunk.byteLength;
    const { user, system } = process.cpuUsage();
    moments.push({ bytes, cpu: (user + system) / 1e6 });
  }
  const last = moments.at(-1) ?? { bytes: 0, cpu: 0 };
  const warm = moments.find((moment) => moment.bytes >= (bytes * WARM_STAMPS) / job.to) ?? last;
  const drawn = (job.to * (last.bytes - warm.bytes)) / bytes;
  return { bytes, steady: { ours: drawn / (last.cpu - warm.cpu), deflate: await deflateRate(job) } };
}

async function deflateRate(job: SheetJob): Promise<number> {
  const { deflateSync } = await import('node:zlib');
  const { openPageDrawing } = await import('../../server/sheet/pdf/fast-drawing.ts');
  const { beVietnamPro } = await import('../../server/sheet/setting/fonts.ts');
  const { layoutSheet } = await import('../../server/sheet/setting/layout.ts');
  const { openDocument } = await import('../../server/sheet/pdf/pdf-document.ts');
  const set = layoutSheet(beVietnamPro, job);
  if (!set.ok) throw new Error(set.problem.detail);
  const drawing = openPageDrawing(openDocument(job, set.value), job, set.value);
  const pages = Array.from({ length: DEFLATED_PAGES }, (_, page) => drawing.draw(set.value.pageAt(page)).bytes.slice());
  const { columns, rows } = job.template.grid;
  // The same number of stamps whatever a page holds, so that small pages are not measured for too short a time.
  const repeats = Math.ceil((DEFLATE_REPEATS * PER_PAGE) / (columns * rows));
  const before = process.cpuUsage();
  for (let repeat = 0; repeat < repeats; repeat += 1) for (const page of pages) deflateSync(page, { level: 1 });
  const { user, system } = process.cpuUsage(before);
  return (repeats * DEFLATED_PAGES * columns * rows) / ((user + system) / 1e6);
}

/** Puts one stamp's symbol on the page, with its corner at these points. */
type PutSymbol = (document: PDFKit.PDFDocument, address: string, x: number, y: number) => Promise<void> | void;

async function pngSymbols(): Promise<PutSymbol> {
  const { default: QRCode } = await import('qrcode');
  return async (document, address, x, y) => {
    const png = await QRCode.toBuffer(address, { errorCorrectionLevel: 'M' });
    document.image(png, x, y, { width: NAIVE_SYMBOL_POINTS });
  };
}

async function runSymbols(): Promise<PutSymbol> {
  const { default: QRCode } = await import('qrcode');
  return (document, address, x, y) => {
    const { modules } = QRCode.create(address, { errorCorrectionLevel: 'M' });
    const { size, data } = modules;
    const side = NAIVE_SYMBOL_POINTS / size;
    for (let row = 0; row < size; row += 1) {
      for (let from = 0; from < size; from += 1) {
        if (data[row * size + from] === 0) continue;
        let to = from + 1;
        while (to < size && data[row * size + to] === 1) to += 1;
        document.rect(x + from * side, y + row * side, (to - from) * side, side);
        from = to;
      }
    }
    document.fill();
  };
}

async function naiveBytes(stamps: number, putSymbol: PutSymbol): Promise<number> {
  const { default: PDFDocument } = await import('pdfkit');
  const { openBatchKeys } = await import('../../server/domain/stamp/stamp-keys.ts');
  const { printedAddress } = await import('../../server/domain/stamp/stamp-address.ts');
  const keys = openBatchKeys(new Uint8Array(32), BATCH_ID);
  const document = new PDFDocument({ size: 'A4', margin: 0, autoFirstPage: false });
  let bytes = 0;
  document.on('data', (chunk: Buffer) => (bytes += chunk.length));
  for (let serial = 1; serial <= stamps; serial += 1) {
    const place = (serial - 1) % PER_PAGE;
    if (place === 0) {
      document.addPage().fontSize(5);
      await new Promise(setImmediate); // lets the written pages be freed
    }
    const x = (4.7 + (place % COLUMNS) * 40.6 + 2) * POINTS_PER_MM;
    const y = (10.9 + Math.floor(place / COLUMNS) * 21.2 + 3) * POINTS_PER_MM;
    const code = keys.codeOf(serial);
    await putSymbol(document, printedAddress(ADDRESS, code), x, y);
    const right = x + NAIVE_SYMBOL_POINTS + 4;
    document.text(code, right, y, { lineBreak: false });
    document.text('Cam Muong Thang', right, y + 8, { lineBreak: false });
    document.text('temtrace.example', right, y + 16, { lineBreak: false });
  }
  document.end();
  await new Promise((resolve) => document.on('end', resolve));
  return bytes;
}
