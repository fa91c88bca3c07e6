// How two programs that share no code with us see a print file: poppler draws its pages and extracts its text, qpdf
// checks it.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const OUTPUT_MAX = 512 * 1024 * 1024;

/** 0 is black. */
export interface Grey {
  width: number;
  height: number;
  bytes: Uint8Array;
}

/** A part of a page, in pixels. */
export interface Cut {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** One page (the first is 1), or a part of it. @throws Error if poppler fails */
export async function drawPage(path: string, page: number, dpi: number, cut: Cut | null): Promise<Grey> {
  const part = cut === null ? [] : ['-x', cut.left, '-y', cut.top, '-W', cut.width, '-H', cut.height].map(String);
  const args = ['-r', String(dpi), '-f', String(page), '-l', String(page), '-gray', ...part, path];
  const { stdout } = await run('pdftoppm', args, { encoding: 'buffer', maxBuffer: OUTPUT_MAX });
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(stdout.subarray(0, 64).toString('latin1'));
  if (head === null) throw new Error(`pdftoppm gave no grey picture of page ${page} of ${path}`);
  return { width: Number(head[1]), height: Number(head[2]), bytes: stdout.subarray(head[0].length) };
}

/** The codes with their serials, in the order of the file. */
export async function codesInText(path: string): Promise<string[]> {
  const { stdout } = await run('pdftotext', ['-raw', path, '-'], { maxBuffer: OUTPUT_MAX });
  const stamps = stdout.matchAll(/([0-9A-Z]{6})-\s*([0-9A-Z]{6})-\s*([0-9A-Z]{2})\s?([0-9A-Z]{4})\s+số (\d+)/g);
  return Array.from(stamps, ([, batch, middle, last, ending, serial]) => `${batch}${middle}${last}${ending} ${serial}`);
}

/** Null if qpdf finds nothing wrong. */
export async function qpdfFault(path: string): Promise<string | null> {
  try {
    await run('qpdf', ['--check', path]);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
