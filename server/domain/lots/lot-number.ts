// The number that follows a lot's: what a producer would write next. It is an offer in a form, never a rule.

/**
 * Longer runs of digits are dates or codes of another's making; they are counted on all the same, as far as numbers
 * reach.
 */
const DIGITS_MAX = 15;
const LOT_NUMBER_MAX = 40;

/** `CMT-2611-02` is followed by `CMT-2611-03`, `L9` by `L10`, `CAM` by `CAM-2`. */
export function nextLotNumber(number: string): string {
  const parts = /^(.*?)(\d+)$/.exec(number);
  const digits = parts?.[2] ?? '';
  if (digits === '' || digits.length > DIGITS_MAX) return cut(`${number}-2`, number);
  const next = String(Number(digits) + 1).padStart(digits.length, '0');
  return cut(`${parts?.[1] ?? ''}${next}`, number);
}

/** A number that would not fit stays as it was: the producer sees that it is taken, and writes their own. */
function cut(next: string, number: string): string {
  return next.length > LOT_NUMBER_MAX ? number : next;
}
