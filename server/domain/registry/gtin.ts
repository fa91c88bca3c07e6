// GS1 numbers: a GTIN of 14 digits and a GLN of 13, with their check digit. A fault names the characters that are
// wrong, as the linters of GS1's syntax dictionary do, so that a form can point at them.

export interface Gs1Fault {
  code: 'too-short' | 'too-long' | 'not-a-digit' | 'check-digit';
  /** First wrong character, from 0. */
  start: number;
  /** Number of wrong characters; 0 if some are missing. */
  length: number;
}

/**
 * The check digit of the digits before it: weights 3, 1, 3, … from the right, complement mod 10 (GS1 General
 * Specifications §7.9.1).
 */
export function checkDigitOf(digits: string): string {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) sum += Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 3 : 1);
  return String((10 - (sum % 10)) % 10);
}

/** What is wrong with a GTIN-14, or null. */
export function gtin14Fault(text: string): Gs1Fault | null {
  return faultOf(text, 14);
}

/**
 * A GTIN as people read it off a pack, as 14 digits: the numbers of 8, 12 and 13 digits are the same numbers without
 * their leading zeros. Anything else comes back as it was typed.
 */
export function gtin14Of(typed: string): string {
  const digits = typed.replace(/[\s-]/g, '');
  return [8, 12, 13].includes(digits.length) && /^\d+$/.test(digits) ? digits.padStart(14, '0') : digits;
}

/** What is wrong with a GLN, or null. */
export function glnFault(text: string): Gs1Fault | null {
  return faultOf(text, 13);
}

/** Whether the text is 14 digits with a right check digit. */
export function isGtin14(text: string): boolean {
  return gtin14Fault(text) === null;
}

/** Whether the text is 13 digits with a right check digit. */
export function isGln(text: string): boolean {
  return glnFault(text) === null;
}

function faultOf(text: string, length: number): Gs1Fault | null {
  const other = /[^0-9]/.exec(text);
  if (other !== null) return { code: 'not-a-digit', start: other.index, length: 1 };
  if (text.length < length) return { code: 'too-short', start: text.length, length: 0 };
  if (text.length > length) return { code: 'too-long', start: length, length: text.length - length };
  if (checkDigitOf(text.slice(0, -1)) !== text.at(-1)) return { code: 'check-digit', start: length - 1, length: 1 };
  return null;
}
