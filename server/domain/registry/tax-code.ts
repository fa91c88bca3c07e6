// Tax codes of producers: ten digits, thirteen for a branch, or the twelve of a personal number (Circular 86/2024/TT-BTC
// art. 5). The tenth digit checks the nine before it.

/** Of the nine digits before the check digit. */
const WEIGHTS = [31, 29, 23, 19, 17, 13, 7, 5, 3];

/** A tax code as people type it, `0100 109 106` or `0100109106 001`, in the form that is kept; else as it was typed. */
export function taxCodeOf(typed: string): string {
  const digits = typed.replace(/[\s.]/g, '');
  const [, main, branch] = /^(\d{10})-?(\d{3})$/.exec(digits) ?? [];
  if (main !== undefined) return `${main}-${branch ?? ''}`;
  return /^\d+$/.test(digits) ? digits : typed;
}

/**
 * Whether the check digit of a ten-digit code, or of a branch's, is another than its digits give. It warns and never
 * refuses: old codes exist whose digit is not by the rule.
 */
export function isTaxCodeOdd(taxCode: string): boolean {
  const [, digits] = /^(\d{10})(?:-\d{3})?$/.exec(taxCode) ?? [];
  if (digits === undefined) return false;
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  return 10 - (sum % 11) !== Number(digits[9]);
}
