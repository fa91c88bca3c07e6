// A whole number as people here type it: 30000, 30.000, 30 000 and, where a comma cannot separate two numbers, 30,000.
// The pages themselves write 30.000. A dot that does not separate thousands is never dropped: "1.5" is not read as 15.

const PLAIN = /^\d{1,12}$/;
/** Groups of three digits, separated by the same sign throughout. */
const IN_THOUSANDS = /^[1-9]\d{0,2}(?:([. \u{A0}\u{202F}])\d{3}(?:\1\d{3}){0,2}|(,)\d{3}(?:\2\d{3}){0,2})$/u;

/** Null if the text is not a whole number. @param comma whether a comma may separate thousands */
export function readWholeNumber(text: string, comma = true): number | null {
  if (PLAIN.test(text)) return Number(text);
  const parted = IN_THOUSANDS.exec(text);
  if (parted === null || (parted[2] !== undefined && !comma)) return null;
  return Number(text.replaceAll(/\D/g, ''));
}
