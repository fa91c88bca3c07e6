// Makes the pictures in docs/pictures from a fresh demo: a sheet of stamps, the pages that its stamps open, and the
// tour. Run by hand, because it needs Chromium (CHROMIUM names it) and pdftoppm. templates.png belongs to decision
// 0017.
//
// npm run pictures [-- --inspection]

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { pino } from 'pino';
import sharp from 'sharp';
import { readConfig } from '../server/config.ts';
import { startService } from '../server/service.ts';
import { TEMPLATE_FOLDER } from './admin/open-store.ts';
import { makeDemo } from './demo/make-demo.ts';
import { openBrowser, PHONE, takePicture, visit } from './pictures/camera.ts';
import { takeInspection } from './pictures/inspection.ts';
import { takeTour } from './pictures/tour.ts';

const FOLDER = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
/** The origin in the pictured stamps: a name that nobody can ever own (RFC 2606). */
const ORIGIN = 'https://temtrace.example';
/** The demo's batch of rice, whose sheet and page are shown. */
const SHOWN_QUANTITY = 600;
const SHEET_DPI = 96;
const STAMPS_DPI = 300;
/** The upper left corner of a sheet, in mm: three stamps by two. */
const STAMPS_MM = { left: 3.5, top: 9.8, width: 123, height: 44 };
const MM_PER_INCH = 25.4;

const run = promisify(execFile);
const work = mkdtempSync(join(tmpdir(), 'temtrace-pictures-'));
try {
  mkdirSync(FOLDER, { recursive: true });
  await takePictures();
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function takePictures(): Promise<void> {
  const config = readConfig({ DATA_DIR: join(work, 'data'), PORT: '0', PUBLIC_ORIGIN: ORIGIN }, () => '');
  const log = pino({ level: 'warn' }, pino.destination(2));
  const random = (bytes: number): Uint8Array => randomBytes(bytes);
  const demo = await makeDemo(config, log, new Date(), random);
  const batch = demo.batches.find(({ quantity }) => quantity === SHOWN_QUANTITY);
  if (batch === undefined) throw new RangeError(`the demo has no batch of ${SHOWN_QUANTITY}`);
  const onlyInspection = process.argv.includes('--inspection');
  if (!onlyInspection) await pictureOfSheet(batch.sheet);
  const service = await startService(config, {
    log,
    now: () => new Date(),
    random,
    version: 'pictures',
    templateFolder: TEMPLATE_FOLDER,
  });
  const browser = await openBrowser();
  try {
    const { address } = service;
    await takeInspection({ browser, address, demo, folder: FOLDER });
    if (onlyInspection) return;
    const buyer = await visit(browser, address, PHONE, null);
    for (const [name, code, language] of [
      ['page-valid', demo.samples.valid, 'vi'],
      ['page-suspect', demo.samples.suspect, 'vi'],
      ['page-recalled', demo.samples.recalled, 'en'],
    ] as const) {
      await buyer.page.goto(`${address}/t/${code}?lang=${language}`);
      await takePicture(buyer, FOLDER, name);
    }
    await buyer.leave();
    await takeTour({ browser, address, demo, folder: FOLDER });
  } finally {
    await browser.close();
    await service.close();
  }
}

async function pictureOfSheet(pdf: string): Promise<void> {
  const whole = await pageAt(pdf, SHEET_DPI);
  await sharp(whole).png({ palette: true, colours: 16, compressionLevel: 9 }).toFile(join(FOLDER, 'sheet.png'));
  const perMm = STAMPS_DPI / MM_PER_INCH;
  const { left, top, width, height } = STAMPS_MM;
  const [x, y, w, h] = [left, top, width, height].map((mm) => Math.round(mm * perMm)) as [
    number,
    number,
    number,
    number,
  ];
  await sharp(await pageAt(pdf, STAMPS_DPI))
    .extract({ left: x, top: y, width: w, height: h })
    .png({ palette: true, colours: 32, compressionLevel: 9 })
    .toFile(join(FOLDER, 'stamps.png'));
}

/** The first page of the file as a PNG. */
async function pageAt(pdf: string, dpi: number): Promise<string> {
  const prefix = join(work, `page-${dpi}`);
  await run('pdftoppm', ['-png', '-r', String(dpi), '-f', '1', '-l', '1', '-singlefile', pdf, prefix]);
  return `${prefix}.png`;
}
