// A printer as its user measured it with the test grid: how far it shifts a page, and how much it stretches it. Sheets
// for it are drawn the other way.

import type { Entity, Id } from '../entity.ts';

export interface Printer extends Entity {
  /** `id` is its keeper's id, a dot, and `key`: keepers need not agree on names. */
  officeId: Id;
  /** Null: the office's own. */
  producerId: Id | null;
  /** What its keeper calls it in addresses. */
  key: string;
  name: string;
  /** Millimetres, in tenths: added to every place on the page. */
  offsetX: number;
  offsetY: number;
  /** Drawn larger (above 1) by so much. */
  scaleX: number;
  scaleY: number;
}
