// The number that probably follows a lot's. A form offers it; it is not a rule.

/** Longer runs of digits are dates or codes of other people. They are still counted up, as far as numbers reach. */
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

/** A number that would be too long stays as it was: the producer sees that it is taken and writes another. */
function cut(next: string, number: string): string {
  return next.length > LOT_NUMBER_MAX ? number : next;
}
