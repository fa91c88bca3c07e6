// What a stamp calls its product: the product's own name, or a shorter one where the name is too long for small labels.
// The page of a scanned stamp always shows the full name. Decision: docs/decisions/0034-short-names.md.

import type { Product } from './product.ts';

/**
 * 40 letters of usual words fit on the smallest sheet label (38 × 21 mm) beside its code and stars; a longer name is
 * not short.
 */
export const SHORT_NAME_MAX = 40;

/** Letters with their marks, once each; capitals follow. */
const SMALL_LETTERS =
  'abcdefghijklmnopqrstuvwxyz' + 'đàảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ';

/** All that a short name may hold. The stamp's font sets every one of them in every weight. */
export const SHORT_NAME_LETTERS = `${SMALL_LETTERS}${SMALL_LETTERS.toUpperCase()}0123456789 .,:;-–/&+%()'’"“”°×!`;

const ALLOWED: ReadonlySet<string> = new Set(SHORT_NAME_LETTERS);
const HAS_LETTER = /[\p{L}\d]/u;

/** Whether stamps can print this name: allowed letters only, one of them a letter or a figure. In composed form (NFC). */
export function isShortName(text: string): boolean {
  return (
    text.length <= SHORT_NAME_MAX && HAS_LETTER.test(text) && Array.from(text).every((letter) => ALLOWED.has(letter))
  );
}

/** The name that labels print. */
export function stampName({ name, shortName }: Pick<Product, 'name' | 'shortName'>): string {
  return shortName ?? name;
}
