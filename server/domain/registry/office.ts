// An office (văn phòng OCOP) vouches for its producers. Producers, users and plans belong to exactly one office, and
// people of one office never see another's. A small deployment has one office; the whole country has 34.

import type { Entity, Id } from '../entity.ts';

export interface Office extends Entity {
  name: string;
  province: string;
  phone: string | null;
  /** File id of the approved OCOP artwork that the office uploaded; we never draw the mark. */
  markFileId: Id | null;
  /** The office's own emblem, beside its name on its stamps' pages; absent: none. */
  emblemFileId?: Id | null;
}
