// A paper that buyers may see: the scan of a certificate, a lot's test results. It is shown as pictures of its pages,
// with its number, who issued it and where, and who said what when: the producer or the office handed it in, and the
// office looked at it and let it be shown.

import type { Id, Instant } from '../entity.ts';
import type { PaperKind } from './paper.ts';

/** Pages that are shown; a longer paper says how many more it has. */
export const PROOF_PAGES_MAX = 6;
/** Of one certificate or lot. */
export const PROOFS_MAX = 6;
/** The longer side of a page's picture: the small print of A4 can be read when it is opened. */
export const PROOF_SIDE_PX = 1_600;

export interface Proof {
  paperId: Id;
  kind: PaperKind;
  /** Pictures of its first pages. */
  pages: readonly Id[];
  /** How many more pages it has. */
  pagesLeft: number;
  /** Number of the decision or report. */
  reference: string | null;
  /** Who issued the paper, where its record does not say. */
  issuedBy: string | null;
  /** Where the issuer tells of it; https. */
  link: string | null;
  handedInBy: 'producer' | 'office';
  handedInAt: Instant;
  shownAt: Instant;
}
