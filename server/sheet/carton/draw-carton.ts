// Draws labels of cartons, A6 each on its page: the signed symbol, at least 20 mm wide, and in words what is in the
// carton.

import { create } from 'qrcode';
import { embeddedFont, newDocument, type OpenDocument } from '../pdf/pdf-document.ts';
import { settable } from '../setting/fonts.ts';
import type { CartonTemplate } from './carton-template.ts';

const MM = 72 / 25.4;
const INK = '#17181C';
const QUIET_MODULES = 4;

export interface CartonLabel {
  /** `HTTPS://HOST/C/…` */
  content: string;
  product: string;
  producer: string;
  batchId: string;
  from: number;
  to: number;
  lot: string | null;
  host: string;
}

/** The file's bytes; a page a carton. */
export async function* drawCartons(
  labels: readonly CartonLabel[],
  template: CartonTemplate,
  facts: { title: string; printedAt: string },
): AsyncGenerator<Uint8Array, void, void> {
  const document = newDocument({ ...facts, subject: template.id, keywords: '' }, template.page);
  const drawing = (async () => {
    for (const label of labels) {
      document.addPage();
      drawLabel(document, label, template);
      await new Promise((turn) => setImmediate(turn));
    }
    document.end();
  })();
  drawing.catch((error: unknown) => document.destroy(error instanceof Error ? error : new Error(String(error))));
  for await (const chunk of document as unknown as AsyncIterable<Buffer>) yield chunk;
  await drawing;
}

/** The side of the symbol with its quiet zone, mm, never under the template's least module. */
function cartonSymbolMm(content: string, { symbol }: CartonTemplate): { modules: number; moduleMm: number } {
  const { modules } = create([{ data: content, mode: 'alphanumeric' }], { errorCorrectionLevel: 'M' });
  const moduleMm = symbol.sideMm / (modules.size + 2 * QUIET_MODULES);
  if (moduleMm < symbol.leastModuleMm) throw new RangeError('the symbol does not fit this label');
  return { modules: modules.size, moduleMm };
}

function drawLabel(document: OpenDocument, label: CartonLabel, template: CartonTemplate): void {
  const { symbol, text, page } = template;
  const { moduleMm } = cartonSymbolMm(label.content, template);
  const { modules } = create([{ data: label.content, mode: 'alphanumeric' }], { errorCorrectionLevel: 'M' });
  const side = moduleMm * MM;
  for (let row = 0; row < modules.size; row += 1)
    for (let column = 0; column < modules.size; column += 1)
      if (modules.get(row, column) === 1)
        document.rect(
          symbol.xMm * MM + (column + QUIET_MODULES) * side,
          symbol.yMm * MM + (row + QUIET_MODULES) * side,
          side,
          side,
        );
  document.fill(INK);
  const width = (page.widthMm - 2 * text.xMm) * MM;
  let y = text.yMm * MM;
  const line = (words: string, size: number, weight: 500 | 700): void => {
    embeddedFont(document, weight);
    document.fontSize(size).fillColor(INK);
    const set = settable(words);
    document.text(set, text.xMm * MM, y, { width });
    y += document.heightOfString(set, { width }) + 3;
  };
  line(label.product, 18, 700);
  line(label.producer, 12, 500);
  if (label.lot !== null) line(`Lô ${label.lot}`, 14, 700);
  line(`Đợt tem ${label.batchId}, số ${label.from} đến ${label.to}`, 14, 700);
  line(`${label.to - label.from + 1} tem · ${label.host}`, 12, 500);
}
