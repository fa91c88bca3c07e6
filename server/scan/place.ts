// The visitor's province as a trusted proxy states it in a header; nothing more precise is ever read.

import { provinceToday } from '../domain/places.ts';
import { BoundedMap } from '../kit/bounded-map.ts';

/** Header values that are remembered; a proxy sends few different ones. */
const REMEMBERED_MAX = 256;
/** The longest name has about 30 letters, each nine symbols if percent-encoded. */
const HEADER_SYMBOLS_MAX = 300;
const remembered = new BoundedMap<string, string | null>(REMEMBERED_MAX);

/**
 * Today's name of the province, or null. Node reads header bytes as Latin-1; proxies send UTF-8 or percent-encoding.
 */
export function provinceOfHeader(header: string): string | null {
  const value = header.slice(0, HEADER_SYMBOLS_MAX);
  return remembered.getOrMake(value, () => provinceToday(decoded(Buffer.from(value, 'latin1').toString('utf8'))));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a single per cent sign: the text is not encoded
  }
}
