// What a print file is called: `tem-<product>-<lot>-<from>-<to>.pdf`. Only letters that every system and every USB
// stick accepts.

import { foldedText } from '../search-text.ts';
import type { SerialRange } from '../batches/intervals.ts';
import type { PrintRun } from './print-run.ts';

/** Keeps a name of all its parts below the 255 bytes that file systems allow. */
const PART_MAX = 60;

export interface NamedFile extends SerialRange {
  batchId: string;
  /** As it is on the stamp; null: blank stamps. */
  productName: string | null;
  lotNumber: string | null;
  output: PrintRun['output'];
}

/** Blank stamps and plaques lack a product or a lot and are named by their batch. */
export function printFileName({ batchId, productName, lotNumber, from, to, output }: NamedFile): string {
  const product = productName === null ? '' : safePart(productName);
  const lot = lotNumber === null ? '' : safePart(lotNumber);
  const names = [product, lot === '' ? batchId : lot].filter((part) => part !== '');
  return `tem-${names.join('-')}-${from}-${to}.${output}`;
}

/** Small letters without accents, figures and hyphens. */
function safePart(text: string): string {
  return foldedText(text)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, PART_MAX)
    .replaceAll(/^-|-$/g, '');
}
