// The bytes of a print file as they come: pdfkit writes fonts, forms and information, this writes the pages and the table of
// objects. The page tree is written as it grows and the table in pieces (pdfkit would make a string of each line, all before
// the first leaves), so a file of a million pages keeps nothing but where its objects begin.

import type { OpenDocument } from './pdf-document.ts';

/** One chunk to the consumer: about a thousand stamps. */
export const CHUNK_BYTES = 128 * 1024;
const PAGES_PER_NODE = 256;

export interface PageContent {
  /** Compressed with zlib. */
  bytes: Uint8Array;
  /** Of rows written as differences to the row above, null where they are not. */
  rowBytes: number | null;
}

/** 12: PNG's predictor "up". */
const PREDICTOR = 12;

export interface PrintFile {
  addPage(content: PageContent): void;
  /** What is finished; the chunks are the caller's to keep. */
  take(): Generator<Uint8Array<ArrayBuffer>, void, void>;
  /** All that comes after the last page. */
  end(): Generator<Uint8Array<ArrayBuffer>, void, void>;
}

/**
 * Takes over a document that has no page and has not ended.
 *
 * @param finishedSize points of a page that a print shop trims to; null for a roll, where each page is a label of its own
 */
export function openPrintFile(document: OpenDocument, finishedSize: readonly [width: number, height: number] | null): PrintFile {
  const chunks = collect(document);
  const tree = document._root.data.Pages.data;
  let node: PDFKit.PDFKitReference | null = null;
  let kids: string[] = [];

  // These two are not inherited from the page tree (PDF 32000-1 table 30). Nothing of ours bleeds: all three are the sheet.
  const box = finishedSize === null ? '' : `[0 0 ${finishedSize.map((side) => Number(side.toFixed(4))).join(' ')}]`;
  const boxes = finishedSize === null ? '' : `/TrimBox${box}/BleedBox${box}`;
  const write = (text: string): void => document._write(Buffer.from(text, 'latin1'));
  const closeNode = (): void => {
    if (node === null) return;
    const offset = document._offset;
    write(`${node.id} 0 obj\n<</Type/Pages/Parent ${document._root.data.Pages.id} 0 R/Count ${kids.length}/Kids[${kids.join(' ')}]>>\nendobj\n`);
    document._refEnd(Object.assign(node, { offset }));
    tree.Kids.push(node);
    node = null;
    kids = [];
  };

  return {
    addPage(content) {
      node ??= document.ref({});
      const pageId = document._offsets.push(document._offset);
      const head = `${pageId} 0 obj\n<</Type/Page/Parent ${node.id} 0 R${boxes}/Contents ${pageId + 1} 0 R>>\nendobj\n`;
      document._offsets.push(document._offset + head.length);
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
      const objects = document._offsets.length;
      write(`xref\n0 ${objects + 1}\n0000000000 65535 f \n`);
      for (let from = 0; from < objects; from += ENTRIES_AT_ONCE) {
        document._write(tableEntries(document._offsets.slice(from, from + ENTRIES_AT_ONCE)));
        yield* chunks.take();
      }
      const id = Buffer.from(document._id).toString('hex');
      write(`trailer\n<<\n/Size ${objects + 1}\n/Root ${document._root.id} 0 R\n/Info ${document._info.id} 0 R\n/ID [<${id}> <${id}>]\n>>\n`);
      write(`startxref\n${tableAt}\n%%EOF\n`);
      chunks.close();
      yield* chunks.take();
    },
  };
}

const ENTRY_BYTES = 20;
const ENTRIES_AT_ONCE = 1_000;

/** Lines of the table of objects (PDF 32000-1 §7.5.4). @throws Error for an object that was never written */
function tableEntries(offsets: readonly (number | null)[]): Uint8Array {
  const lines = Buffer.from('0000000000 00000 n \n'.repeat(offsets.length), 'latin1');
  offsets.forEach((offset, line) => {
    if (offset === null) throw new Error('an object was promised and not written');
    const digits = String(offset);
    lines.write(digits, line * ENTRY_BYTES + 10 - digits.length, 'latin1');
  });
  return lines;
}

/** Everything pdfkit pushes goes into chunks of one size, without its stream's queue of small pieces. */
function collect(document: OpenDocument): { take: PrintFile['take']; close: () => void } {
  const full: Uint8Array<ArrayBuffer>[] = [];
  let chunk = new Uint8Array(CHUNK_BYTES);
  let length = 0;
  const add = (bytes: Uint8Array): void => {
    for (let from = 0; from < bytes.byteLength; ) {
      const part = bytes.subarray(from, from + CHUNK_BYTES - length);
      chunk.set(part, length);
      from += part.byteLength;
      length += part.byteLength;
      if (length < CHUNK_BYTES) continue;
      full.push(chunk);
      chunk = new Uint8Array(CHUNK_BYTES);
      length = 0;
    }
  };
  for (let begun = document.read() as Buffer | null; begun !== null; begun = document.read() as Buffer | null) add(begun);
  document.push = (bytes: Uint8Array | null): boolean => {
    if (bytes !== null) add(bytes);
    return true;
  };
  return {
    *take() {
      for (let chunk = full.shift(); chunk !== undefined; chunk = full.shift()) yield chunk;
    },
    close() {
      if (length > 0) full.push(chunk.slice(0, length)); // a buffer of its own: it is transferred whole
      length = 0;
    },
  };
}
