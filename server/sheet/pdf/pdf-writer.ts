// The bytes of a print file as they are made. pdfkit writes fonts, forms and information; this file writes the pages
// and the table of objects. The page tree is written as it grows, and the table in pieces (pdfkit would make a string
// of each line before the first one is sent). So for a file of a million pages only the positions of its objects are
// kept in memory.

import { ObjectOffsets } from './object-offsets.ts';
import type { OpenDocument } from './pdf-document.ts';

/** One chunk to the consumer: about a thousand stamps. */
const CHUNK_BYTES = 128 * 1024;
const PAGES_PER_NODE = 256;

export interface PageContent {
  /** Compressed with zlib. */
  bytes: Uint8Array;
  /** Length of the rows that are written as differences to the row above; null if there are none. */
  rowBytes: number | null;
}

/** 12: PNG's predictor "up". */
const PREDICTOR = 12;

export interface PdfWriter {
  addPage(content: PageContent): void;
  /** The finished bytes; the caller may keep the chunks. */
  take(): Generator<Uint8Array<ArrayBuffer>, void, void>;
  /** Everything after the last page. */
  end(): Generator<Uint8Array<ArrayBuffer>, void, void>;
}

/**
 * Takes over a document that has no page and has not ended.
 *
 * @param finishedSize points of a page that a print shop trims to; null for a roll, where each page is one label
 */
export function openPdfWriter(
  document: OpenDocument,
  finishedSize: readonly [width: number, height: number] | null,
): PdfWriter {
  const chunks = collect(document);
  const objects = takeOver(document);
  const tree = document._root.data.Pages.data;
  let node: PDFKit.PDFKitReference | null = null;
  let kids: string[] = [];

  // These two are not inherited from the page tree (PDF 32000-1 table 30). Nothing on our pages bleeds, so all three
  // are the sheet.
  const box = finishedSize === null ? '' : `[0 0 ${finishedSize.map((side) => Number(side.toFixed(4))).join(' ')}]`;
  const boxes = finishedSize === null ? '' : `/TrimBox${box}/BleedBox${box}`;
  const write = (text: string): void => {
    chunks.addText(text);
    document._offset += text.length;
  };
  const closeNode = (): void => {
    if (node === null) return;
    const offset = document._offset;
    write(
      `${node.id} 0 obj\n<</Type/Pages/Parent ${document._root.data.Pages.id} 0 R` +
        `/Count ${kids.length}/Kids[${kids.join(' ')}]>>\nendobj\n`,
    );
    document._refEnd(Object.assign(node, { offset }));
    tree.Kids.push(node);
    node = null;
    kids = [];
  };

  return {
    addPage(content) {
      node ??= document.ref({});
      const pageId = objects.push(document._offset);
      const head = `${pageId} 0 obj\n<</Type/Page/Parent ${node.id} 0 R${boxes}/Contents ${pageId + 1} 0 R>>\nendobj\n`;
      objects.push(document._offset + head.length);
      const { bytes, rowBytes } = content;
      const differences = rowBytes === null ? '' : `/DecodeParms<</Predictor ${PREDICTOR}/Columns ${rowBytes}>>`;
      write(`${head}${pageId + 1} 0 obj\n<</Length ${bytes.byteLength}/Filter/FlateDecode${differences}>>\nstream\n`);
      document._write(bytes);
      write('\nendstream\nendobj\n');
      kids.push(`${pageId} 0 R`);
      tree.Count += 1;
      if (kids.length === PAGES_PER_NODE) closeNode();
    },
    take: chunks.take,
    *end() {
      closeNode();
      document._finalize = () => undefined;
      document.end();
      yield* chunks.take();
      const tableAt = document._offset;
      const count = objects.length;
      write(`xref\n0 ${count + 1}\n0000000000 65535 f \n`);
      for (let from = 1; from <= count; from += ENTRIES_AT_ONCE) {
        document._write(tableEntries(objects, from, Math.min(count, from + ENTRIES_AT_ONCE - 1)));
        yield* chunks.take();
      }
      const id = Buffer.from(document._id).toString('hex');
      write(
        `trailer\n<<\n/Size ${count + 1}\n/Root ${document._root.id} 0 R\n` +
          `/Info ${document._info.id} 0 R\n/ID [<${id}> <${id}>]\n>>\n`,
      );
      write(`startxref\n${tableAt}\n%%EOF\n`);
      chunks.close();
      yield* chunks.take();
    },
  };
}

const ENTRY_BYTES = 20;
const ENTRIES_AT_ONCE = 1_000;

/** Lines of the table of objects (PDF 32000-1 §7.5.4). @throws Error for an object that was never written */
function tableEntries(objects: ObjectOffsets, from: number, to: number): Uint8Array {
  const lines = Buffer.from('0000000000 00000 n \n'.repeat(to - from + 1), 'latin1');
  for (let id = from; id <= to; id += 1) {
    const digits = String(objects.get(id));
    lines.write(digits, (id - from) * ENTRY_BYTES + 10 - digits.length, 'latin1');
  }
  return lines;
}

/** From here on, objects that pdfkit adds and ends are recorded with ours. */
function takeOver(document: OpenDocument): ObjectOffsets {
  const objects = new ObjectOffsets(document._offsets as (number | null)[]);
  document._offsets = objects;
  document._refEnd = ({ id, offset }) => objects.set(id, offset);
  return objects;
}

/** Everything pdfkit pushes goes into chunks of one size, without its stream's queue of small pieces. */
function collect(document: OpenDocument): {
  addText: (text: string) => void;
  take: PdfWriter['take'];
  close: () => void;
} {
  const full: Uint8Array<ArrayBuffer>[] = [];
  let chunk = newChunk();
  let length = 0;
  const add = (bytes: Uint8Array): void => {
    for (let from = 0; from < bytes.byteLength;) {
      const part = bytes.subarray(from, from + CHUNK_BYTES - length);
      chunk.set(part, length);
      from += part.byteLength;
      length += part.byteLength;
      if (length < CHUNK_BYTES) continue;
      full.push(chunk);
      chunk = newChunk();
      length = 0;
    }
  };
  for (let begun = document.read() as Buffer | null; begun !== null; begun = document.read() as Buffer | null)
    add(begun);
  document.push = (bytes: Uint8Array | null): boolean => {
    if (bytes !== null) add(bytes);
    return true;
  };
  return {
    /** Latin-1. Straight into the chunk: a roll has a thousand such pieces for every hundred kilobytes. */
    addText(text) {
      if (length + text.length >= CHUNK_BYTES) return add(Buffer.from(text, 'latin1'));
      chunk.write(text, length, 'latin1');
      length += text.length;
    },
    *take() {
      for (let chunk = full.shift(); chunk !== undefined; chunk = full.shift()) yield chunk;
    },
    close() {
      if (length > 0) full.push(Uint8Array.from(chunk.subarray(0, length)));
      length = 0;
    },
  };
}

/** Not from Node's pool, because the whole buffer is transferred. */
function newChunk(): Buffer<ArrayBuffer> {
  return Buffer.from(new ArrayBuffer(CHUNK_BYTES));
}
