// Draws a round's record as a PDF: head, facts, summary, one block a stamp with its photographs, and the two
// signatures. On each page stand number, hash and page, so that a page cannot be changed for another.

import { create } from 'qrcode';
import type { Finding } from '../../domain/market/inspection.ts';
import { embeddedFont, newDocument, type OpenDocument } from '../pdf/pdf-document.ts';
import { settable } from '../setting/fonts.ts';
import type { FontWeight } from '../template/template-schema.ts';
import { RECORD_WORDS as WORDS } from './record-words.ts';

const MM = 72 / 25.4;
const PAGE = { widthMm: 210, heightMm: 297 };
const LEFT = 20 * MM;
const RIGHT = (PAGE.widthMm - 15) * MM;
const TOP = 18 * MM;
const BOTTOM = (PAGE.heightMm - 22) * MM;
const WIDTH = RIGHT - LEFT;
const LABEL_WIDTH = 42 * MM;
/** Four in a row. */
const PHOTO_SIDE = 40 * MM;
const PHOTO_GAP = 3 * MM;
const QR_SIDE = 26 * MM;
const INK = '#17181C';
const MUTED = '#4A4E57';
const LINE = '#7C8089';

export interface RecordItem {
  no: number;
  at: string;
  /** "Đợt 7K3M9Q, số 12 · Cà phê rang", or what a foreign code said. */
  stamp: string;
  isForeign: boolean;
  duplicateOf: number | null;
  verdict: string | null;
  contradicted: boolean;
  finding: Finding | 'none';
  note: string | null;
  position: string | null;
  by: string | null;
}

export interface RecordPaper {
  number: string;
  office: string;
  isDraft: boolean;
  edition: number | null;
  place: string;
  from: string;
  to: string;
  inspectors: readonly string[];
  met: readonly string[];
  kept: string | null;
  note: string | null;
  position: string | null;
  counts: readonly { label: string; count: number }[];
  items: readonly RecordItem[];
  photos: number;
  hash: string;
  /** The public page that proves it. */
  proofUrl: string;
  madeAt: string;
}

/** A pen that knows how far down the page it is. */
class Pen {
  readonly document: OpenDocument;
  private readonly foot: (page: number) => void;
  private y = 0;
  private page = 0;

  constructor(document: OpenDocument, foot: (pen: OpenDocument, page: number) => void) {
    this.document = document;
    this.foot = (page) => foot(document, page);
  }

  /** Begins a page where less than this is left. */
  room(points: number): void {
    if (this.page > 0 && this.y + points <= BOTTOM) return;
    this.document.addPage();
    this.page += 1;
    this.foot(this.page);
    this.y = TOP;
  }

  skip(points: number): void {
    this.y += points;
  }

  /** Text of one weight, wrapped; a block that is longer than the page goes on on the next. */
  text(
    text: string,
    { size = 11, weight = 500, x = LEFT, width = WIDTH, align = 'left', color = INK, keep = false }: TextStyle = {},
  ): void {
    embeddedFont(this.document, weight);
    this.document.fontSize(size).fillColor(color);
    for (const paragraph of text.split('\n').map(settable)) {
      const options = { width, align, lineGap: size * 0.2 } as const;
      const height = this.document.heightOfString(paragraph === '' ? ' ' : paragraph, options);
      this.room(Math.min(height, BOTTOM - TOP));
      this.document.text(paragraph, x, this.y, options);
      if (!keep) this.y += height;
    }
  }

  /** A label and its text beside it. */
  fact(label: string, text: string): void {
    this.room(16);
    const { y } = this;
    this.text(label, { weight: 500, color: MUTED, width: LABEL_WIDTH - 6, keep: true });
    this.y = y;
    this.text(text, { x: LEFT + LABEL_WIDTH, width: WIDTH - LABEL_WIDTH });
    this.skip(3);
  }

  rule(): void {
    this.document.moveTo(LEFT, this.y).lineTo(RIGHT, this.y).lineWidth(0.5).strokeColor(LINE).stroke();
    this.skip(5);
  }

  get at(): number {
    return this.y;
  }
}

interface TextStyle {
  size?: number;
  weight?: FontWeight;
  x?: number;
  width?: number;
  align?: 'left' | 'center' | 'right';
  color?: string;
  /** The pen stays where it is. */
  keep?: boolean;
}

/**
 * The file's bytes.
 * @param photosOf JPEG photographs of an item, read when it is drawn, so that few are in memory at once
 */
export async function* drawRecord(
  paper: RecordPaper,
  photosOf: (no: number) => Promise<readonly Uint8Array[]>,
): AsyncGenerator<Uint8Array, void, void> {
  const document = newDocument(
    {
      title: `${WORDS.title} ${paper.number}`,
      subject: paper.place,
      keywords: paper.hash.slice(0, 32),
      printedAt: paper.madeAt,
    },
    PAGE,
  );
  const drawing = drawAll(document, paper, photosOf);
  // A fault of the drawing ends the stream, and is thrown below.
  drawing.catch((error: unknown) => document.destroy(error instanceof Error ? error : new Error(String(error))));
  for await (const chunk of document as unknown as AsyncIterable<Buffer>) yield chunk;
  await drawing;
}

async function drawAll(
  document: OpenDocument,
  paper: RecordPaper,
  photosOf: (no: number) => Promise<readonly Uint8Array[]>,
): Promise<void> {
  const pen = new Pen(document, (doc, page) => drawFoot(doc, paper, page));
  pen.room(BOTTOM);
  drawHead(pen, paper);
  pen.text(WORDS.list, { size: 13, weight: 700 });
  pen.skip(4);
  for (const item of paper.items) {
    drawItem(pen, item);
    drawPhotos(pen, await photosOf(item.no));
    pen.skip(4);
  }
  drawSignatures(pen, paper);
  document.end();
}

function drawHead(pen: Pen, paper: RecordPaper): void {
  pen.text(paper.office.toUpperCase(), { size: 10, weight: 700, width: WIDTH * 0.42, align: 'center', keep: true });
  pen.text(WORDS.country, { size: 10, weight: 700, x: LEFT + WIDTH * 0.44, width: WIDTH * 0.56, align: 'center' });
  pen.text(WORDS.motto, { size: 10, weight: 700, x: LEFT + WIDTH * 0.44, width: WIDTH * 0.56, align: 'center' });
  pen.skip(22);
  pen.text(WORDS.title, { size: 16, weight: 700, align: 'center' });
  pen.text(`${WORDS.number}: ${paper.number}`, { align: 'center' });
  if (paper.isDraft) pen.text(WORDS.draft, { weight: 700, align: 'center' });
  pen.skip(10);
  const { at } = pen;
  drawQr(pen.document, paper.proofUrl, RIGHT - QR_SIDE, TOP + 34);
  pen.skip(Math.max(0, TOP + 34 + QR_SIDE + 4 - at));
  pen.fact(WORDS.place, paper.place);
  pen.fact(WORDS.time, `${paper.from} ${WORDS.to} ${paper.to}`);
  pen.fact(WORDS.inspectors, paper.inspectors.join('\n'));
  pen.fact(WORDS.met, paper.met.length === 0 ? WORDS.none : paper.met.join('\n'));
  pen.fact(WORDS.how, WORDS.howText);
  if (paper.position !== null) pen.fact(WORDS.position, paper.position);
  pen.fact(WORDS.kept, paper.kept ?? WORDS.none);
  if (paper.note !== null) pen.fact(WORDS.note, paper.note);
  const counts = paper.counts.filter(({ count }) => count > 0).map(({ label, count }) => `${label}: ${count}`);
  pen.fact(
    WORDS.summary,
    [`${paper.items.length} ${WORDS.items}, ${paper.photos} ${WORDS.photos}`, ...counts].join('\n'),
  );
  pen.skip(6);
}

function drawItem(pen: Pen, item: RecordItem): void {
  pen.room(64);
  pen.rule();
  const isFault = item.finding !== 'in-order' && item.finding !== 'none';
  pen.text(`${item.no}. ${item.isForeign ? `${WORDS.foreign}: ` : ''}${item.stamp}`, { weight: 700 });
  pen.text(`${WORDS.findings[item.finding]}${item.verdict === null ? '' : ` · ${WORDS.verdict}: ${item.verdict}`}`, {
    weight: isFault ? 700 : 500,
  });
  const duplicate = item.duplicateOf === null ? null : `${WORDS.duplicate} ${item.duplicateOf}`;
  const facts = [item.at, item.by, duplicate, item.position].filter((fact) => fact !== null);
  pen.text(facts.join(' · '), { size: 9, color: MUTED });
  if (item.contradicted) pen.text(WORDS.contradicted, { size: 10 });
  if (item.note !== null) pen.text(item.note);
}

function drawPhotos(pen: Pen, photos: readonly Uint8Array[]): void {
  const inRow = Math.floor((WIDTH + PHOTO_GAP) / (PHOTO_SIDE + PHOTO_GAP));
  for (let first = 0; first < photos.length; first += inRow) {
    pen.room(PHOTO_SIDE + 6);
    pen.skip(3);
    for (const [i, photo] of photos.slice(first, first + inRow).entries())
      pen.document.image(Buffer.from(photo), LEFT + i * (PHOTO_SIDE + PHOTO_GAP), pen.at, {
        fit: [PHOTO_SIDE, PHOTO_SIDE],
      });
    pen.skip(PHOTO_SIDE + 3);
  }
}

function drawSignatures(pen: Pen, paper: RecordPaper): void {
  pen.room(150);
  pen.rule();
  pen.text(WORDS.copies);
  pen.skip(8);
  const half = WIDTH / 2;
  pen.text(WORDS.signInspectors, { weight: 700, width: half, align: 'center', keep: true });
  pen.text(WORDS.signMet, { weight: 700, x: LEFT + half, width: half, align: 'center' });
  pen.text(WORDS.signHint, { size: 9, color: MUTED, width: half, align: 'center', keep: true });
  pen.text(WORDS.signHint, { size: 9, color: MUTED, x: LEFT + half, width: half, align: 'center' });
  pen.skip(64);
  pen.text(paper.inspectors.join('\n'), { width: half, align: 'center', keep: true });
  pen.text(paper.met[0] ?? ' ', { x: LEFT + half, width: half, align: 'center' });
}

function drawFoot(document: OpenDocument, { number, hash, edition }: RecordPaper, page: number): void {
  embeddedFont(document, 500);
  const editionText = edition === null ? '' : ` · ${WORDS.edition} ${edition}`;
  document.fontSize(8).fillColor(MUTED);
  document.text(`${number}${editionText} · ${WORDS.page} ${page}`, LEFT, BOTTOM + 14, {
    width: WIDTH,
    lineBreak: false,
  });
  document.text(`${WORDS.hash}: ${hash}`, LEFT, BOTTOM + 25, { width: WIDTH, lineBreak: false });
}

function drawQr(document: OpenDocument, url: string, x: number, y: number): void {
  const { modules } = create(url, { errorCorrectionLevel: 'M' });
  const side = QR_SIDE / (modules.size + 8);
  for (let row = 0; row < modules.size; row += 1)
    for (let column = 0; column < modules.size; column += 1)
      if (modules.get(row, column) === 1) document.rect(x + (column + 4) * side, y + (row + 4) * side, side, side);
  document.fill(INK);
}
