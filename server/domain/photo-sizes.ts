// A photograph that buyers see is kept in three sizes, so that a phone on a slow network loads the smallest that is
// sharp on its screen. The largest is the record's `photoFileId`.

import type { Id } from './entity.ts';

/** Of the largest: its longer side. */
export const SHOWN_SIDE_PX = 1_000;
/** Squares cut from its middle, as lists and pages show it: for screens of one pixel a point, and of up to three. */
export const SQUARE_SIDES_PX = [112, 336] as const;

/** The files of the two squares. */
export interface PhotoSizes {
  px112: Id;
  px336: Id;
}
