// Finds the stamp code in what carries it: an address to which a messenger added a tail, a scanner's element string, a
// sentence that somebody pasted. The code is never guessed: what surrounds eighteen symbols is removed, and none of
// them is changed, added or left out.

import { withoutInvisible } from '../visible-text.ts';
import { BATCH_ID_SYMBOLS, CODE_SYMBOLS, parseStampCode, type ParsedStampCode } from './stamp-code.ts';

/** What a digital link or an element string names besides the code. */
export interface NamedLink {
  gtin: string;
  /** Null: no lot is named. */
  lot: string | null;
}

export interface CarriedCode {
  /** Its fault is that of the text as typed. */
  parsed: ParsedStampCode;
  link: NamedLink | null;
}

/** One of our addresses with whatever a messenger adds to it, or the longest sentence that a box accepts. */
export const CARRIER_SYMBOLS_MAX = 2_048;

/** Ends an address's last part: a query, a fragment, a blank, a bracket or quote around the link. */
const TAIL = /[?#&\s<>"'«»“”‘’()[\]{}|\\^`/]/;
/** Punctuation around a code or after a link. */
const MARKS: ReadonlySet<string> = new Set('.,;:!?…·*_~-');
const SLASHES = /\/{2,}/g;
/** How a scanner states which kind of symbol it read (ISO/IEC 15424): `]Q3` before a GS1 QR symbol. */
const SYMBOLOGY = /^\][A-Za-z][0-9A-Za-z]/;
/** FNC1 as scanners send it, between fields without a set length (GS1 General Specifications §7.8). */
const FNC1 = '\u001D';
const BRACKETED = /\(01\)\s?(\d{14})\s?(?:\(10\)([^()\s]{1,20})\s?)?\(21\)\s?([0-9A-Za-z-]{18,24})/;
const ADDRESS = /\/(?:t|01\/(\d{14})(?:\/10\/([^/\s?#]{1,60}))?\/21)\/([^/\s]+)/i;
/** Eighteen symbols together or in threes of six, with nothing else clinging to them. */
const GROUPS = /(?<![0-9A-Za-z])[0-9A-Za-z]{6}[- ‐-―]?[0-9A-Za-z]{6}[- ‐-―]?[0-9A-Za-z]{6}(?![0-9A-Za-z])/g;

/**
 * Reads the last part of a look-up's address: the code, with what messengers, mail programs and scanners put behind or
 * before it taken off.
 */
export function parseCodeWithTail(segment: string): ParsedStampCode {
  const strict = parseStampCode(segment);
  if (strict.ok) return strict;
  const bare = parseStampCode(withoutTail(segment.slice(0, CARRIER_SYMBOLS_MAX)));
  return bare.ok ? bare : strict;
}

/**
 * Finds the code in what a person typed or pasted, or a hand scanner sent: a code, an address of either form, a GS1
 * element string, or a sentence that holds exactly one of them.
 */
export function readCarriedCode(typed: string): CarriedCode {
  const text = typed.slice(0, CARRIER_SYMBOLS_MAX);
  const strict = parseStampCode(text);
  if (strict.ok) return { parsed: strict, link: null };
  const plain = decodedOnce(text).trim();
  return elementString(plain) ?? address(plain) ?? onlyCode(plain) ?? { parsed: strict, link: null };
}

function withoutTail(text: string): string {
  const visible = withoutInvisible(text)
    .trim()
    .replace(/^[<"'«“‘([{]+/, '');
  const end = visible.search(TAIL);
  return withoutMarks(end < 0 ? visible : visible.slice(0, end));
}

function withoutMarks(text: string): string {
  let from = 0;
  let end = text.length;
  while (from < end && MARKS.has(text.charAt(from))) from += 1;
  while (end > from && MARKS.has(text.charAt(end - 1))) end -= 1;
  return text.slice(from, end);
}

function elementString(text: string): CarriedCode | null {
  const bracketed = BRACKETED.exec(text);
  const found = bracketed === null ? plainElements(text) : bracketed.slice(1);
  if (found === null) return null;
  const [gtin = '', lot, code = ''] = found;
  const parsed = parseStampCode(code);
  return parsed.ok ? { parsed, link: { gtin, lot: lot ?? null } } : null;
}

/** `01` + GTIN, then `10` + lot to an FNC1, and `21` + code, in either order, as a scanner in GS1 mode sends them. */
function plainElements(text: string): [string, string | undefined, string] | null {
  const elements = text.replace(SYMBOLOGY, '');
  const head = /^01(\d{14})/.exec(elements);
  if (head === null) return null;
  const fields = new Map<string, string>();
  for (const field of elements.slice(head[0].length).split(FNC1))
    if (field !== '') fields.set(field.slice(0, 2), field.slice(2));
  const code = fields.get('21');
  return code === undefined ? null : [head[1] ?? '', fields.get('10'), code];
}

function address(text: string): CarriedCode | null {
  const found = ADDRESS.exec(withoutInvisible(text).replace(SLASHES, '/'));
  if (found === null) return null;
  const [, gtin, lot, segment = ''] = found;
  const parsed = parseCodeWithTail(segment);
  if (!parsed.ok) return null;
  return { parsed, link: gtin === undefined ? null : { gtin, lot: lot ?? null } };
}

/** The one code that a text holds; null for none, and for two. */
function onlyCode(text: string): CarriedCode | null {
  const bare = parseCodeWithTail(text.replace(SYMBOLOGY, ''));
  if (bare.ok && !/\s/.test(text)) return { parsed: bare, link: null };
  const codes = new Map<string, ParsedStampCode>();
  for (const [group] of withoutInvisible(text).matchAll(GROUPS)) {
    const parsed = parseStampCode(group);
    // Three words of six letters have the form of a code: in a sentence, serial and tag must hold a digit.
    if (parsed.ok && /\d/.test(parsed.code.slice(BATCH_ID_SYMBOLS, CODE_SYMBOLS))) codes.set(parsed.code, parsed);
  }
  const [only] = codes.values();
  return codes.size === 1 && only !== undefined ? { parsed: only, link: null } : null;
}

/** Removes percent-encoding if it is complete, because messengers encode what people copy. */
function decodedOnce(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
