// A document kept with a certificate, product or lot: the certificate itself, the evidence of an extension, the
// permission to use a GTIN, a lot's test results.

import type { Entity, Id } from '../entity.ts';

export const PAPER_KINDS = ['certificate', 'extension', 'revocation', 'gtin', 'test-result', 'other'] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

/** A scan of a few pages; a phone's picture is made smaller before it is kept. */
export const PAPER_BYTES_MAX = 8 * 1024 * 1024;
/** Of one record. More would mean that something other than papers is being stored here. */
export const PAPERS_MAX = 20;

export interface Paper extends Entity {
  officeId: Id;
  producerId: Id;
  /** `certificate:…`, `product:…` or `lot:…`. */
  subject: string;
  kind: PaperKind;
  /** The file's name as it was uploaded. */
  name: string;
  mediaType: string;
  sizeBytes: number;
  fileId: Id;
  by: Id;
  /** Who handed it in; absent in papers of before version 1.2. */
  handedInBy?: 'producer' | 'office';
}
