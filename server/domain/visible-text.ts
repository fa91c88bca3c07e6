// Text without the characters that nobody sees: what messengers, web pages and word processors leave in what is copied
// from them.

/** Soft hyphen, zero-width space and joiners, single direction marks, word joiner and its kin, byte-order mark. */
const INVISIBLE = /[\u00AD\u061C\u180E\u200B-\u200F\u2060-\u2064\uFEFF]/g;
/** What turns the order of the letters behind it. A text that holds it is refused; around a code it is dropped. */
const TURNING = /[\u202A-\u202E\u2066-\u2069]/g;
/** No-break, figure, thin and other blanks that look like the usual one. */
const BLANKS = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g;
/** C0 and C1 control characters, except tab and line ends. */
const CONTROLS = /(?![\t\n\r])\p{Cc}/gu;

/** What people see of a text: invisible characters gone, every blank the usual one. */
export function visibleText(text: string): string {
  return text.replace(INVISIBLE, '').replace(BLANKS, ' ');
}

/** The same without control characters, for what a machine typed: a scanner's GS, a carriage return's cousins. */
export function withoutInvisible(text: string): string {
  return visibleText(text).replace(CONTROLS, '').replace(TURNING, '');
}
