// An office (văn phòng OCOP) vouches for its producers. Producers, users and plans belong to exactly one office,
// and nobody of one office sees another's. A laptop has one, a nation 34.

import type { Entity, Id } from '../entity.ts';

export interface Office extends Entity {
  name: string;
  province: string;
  phone: string | null;
  /** File id of the approved OCOP artwork that the office uploaded; we never draw the mark. */
  markFileId: Id | null;
}
