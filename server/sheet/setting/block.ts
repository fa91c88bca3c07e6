// One item of a label with its size, before its position is known.

import type { LabelLayout } from './label.ts';

/** `put` adds the item's marks to the label, with the top of their ink at `topMm`. */
export interface Block {
  element: string;
  heightMm: number;
  put(topMm: number, label: LabelLayout): void;
}

/** `block` null: the item has nothing to show on this label. Not ok: it does not fit, and `element` names it. */
export type Fitted = { ok: true; block: Block | null } | { ok: false; element: string };
