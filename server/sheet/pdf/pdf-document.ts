// The print file as pdfkit opens it, for both drawings: its title, date and identity, how a viewer must print it, and
// its fonts.
//
// Nothing in it comes from the clock: the date is the job's, and the identity is a hash of the job's data.

import { createHash } from 'node:crypto';

import PDFDocument from 'pdfkit';

import { DEFAULT_SITE } from '../../domain/site.ts';
import { fontOf, settable } from '../setting/fonts.ts';
import { MM_PER_INCH, type SheetLayout } from '../setting/layout.ts';
import type { ObjectOffsets } from './object-offsets.ts';
import type { SheetJob } from '../threads/sheet-job.ts';
import type { FontWeight } from '../template/template-schema.ts';

export const POINTS_PER_MM = 72 / MM_PER_INCH;

/**
 * A font as the document embeds it: pdfkit's own object, which its types leave out (pdfkit 0.20, lib/font/embedded.js).
 */
export interface EmbeddedFont {
  id: string;
  /**
   * Takes the text's glyphs into the subset. Gives their numbers in it, four hexadecimal digits each, and places in
   * 1/1000 em.
   */
  encode(text: string): [glyphs: string[], positions: { xAdvance: number; advanceWidth: number }[]];
  /** The font's dictionary, written when the document ends. */
  ref(): PDFKit.PDFKitReference;
}

/** Settings for the viewer, and the parts of a document that pdfkit does not document (lib/document.js). */
export interface OpenDocument extends PDFKit.PDFDocument {
  _root: {
    id: number;
    data: { Pages: { id: number; data: PageTree }; ViewerPreferences?: PDFKit.PDFKitReference; Lang?: string };
  };
  _font: EmbeddedFont;
  /**
   * Where each object begins, by its number minus one; null until it is written. pdfkit adds to it and asks for its
   * length.
   */
  _offsets: (number | null)[] | ObjectOffsets;
  /** Bytes written. */
  _offset: number;
  _write(bytes: Uint8Array): void;
  _info: { id: number };
  /** The file's identity, from its information. */
  _id: Uint8Array;
  endMetadata(): void;
  /** Writes the table of objects and the trailer. */
  _finalize(): void;
  /** Records that an object was written at its offset. */
  _refEnd(ref: { id: number; offset: number }): void;
}

export interface PageTree {
  Kids: PDFKit.PDFKitReference[];
  Count: number;
  MediaBox?: number[];
  CropBox?: number[];
  Resources?: PDFKit.PDFKitReference;
}

/** The information in the file about itself. */
export interface DocumentFacts {
  title: string;
  subject: string;
  /** Distinguishes files with the same title. */
  keywords: string;
  printedAt: string;
  /** Whose deployment made it; absent: Temtrace. */
  maker?: string;
}

/** A job's document without a page. */
export function openDocument(job: SheetJob, layout: SheetLayout): OpenDocument {
  const serials = `${job.from}–${job.to}`;
  const named = job.content.productName === null ? '' : ` · ${settable(job.content.productName)}`;
  const facts = {
    title: `Tem ${job.batchId} ${serials}${named}`,
    subject: `${job.template.id}, ${layout.pages}`,
    keywords: fingerprint(job),
    printedAt: job.printedAt,
    ...(job.content.maker === undefined ? {} : { maker: job.content.maker }),
  };
  return newDocument(facts, layout.page);
}

/** A document without a page, all of whose pages have this size. */
export function newDocument(facts: DocumentFacts, page: { widthMm: number; heightMm: number }): OpenDocument {
  const document = new PDFDocument({
    autoFirstPage: false,
    // pdfkit would load Helvetica, which no page of ours uses.
    font: null as unknown as string,
    pdfVersion: '1.7',
    lang: 'vi-VN',
    margin: 0,
    size: [page.widthMm * POINTS_PER_MM, page.heightMm * POINTS_PER_MM],
    info: {
      Title: facts.title,
      Subject: facts.subject,
      Keywords: facts.keywords,
      Creator: facts.maker ?? DEFAULT_SITE.name,
      Producer: 'Temtrace, PDFKit',
      CreationDate: new Date(facts.printedAt),
    },
  }) as OpenDocument;
  // pdfkit writes the title into XMP as Latin-1 without escaping: Cam lòng vàng becomes garbled, and & breaks the XML.
  // The document information has it right, and is enough.
  document.endMetadata = () => undefined;
  // "Fit to page" ruins every sheet of labels.
  document._root.data.ViewerPreferences = document.ref({
    PrintScaling: 'None',
    PickTrayByPDFSize: true,
    DisplayDocTitle: true,
  });
  return document;
}

/** The document's font of one weight. */
export function embeddedFont(document: OpenDocument, weight: FontWeight): EmbeddedFont {
  document.font(fontOf(weight) as unknown as Buffer, `w${weight}`);
  return document._font;
}

/**
 * A hash of everything that decides the file's bytes except the keys, so that files with the same identity are the same
 * file.
 */
function fingerprint(job: SheetJob): string {
  const { keys: _keys, mark, ...open } = job;
  return createHash('sha256')
    .update(JSON.stringify(open))
    .update(mark?.rgb ?? '')
    .digest('hex')
    .slice(0, 32);
}
