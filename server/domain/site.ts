// Whose deployment this is: the name and mark that its pages and files bear. Temtrace by default.

export interface Site {
  name: string;
  /** PNG, encoded by us; null: the mark of Temtrace. */
  mark: Uint8Array | null;
}

export const DEFAULT_SITE: Site = { name: 'Temtrace', mark: null };

/** Beside the language link in the header of a phone of 320 px. */
export const SITE_NAME_MAX = 24;

/** A name that can stand in a title, an address book and the properties of a file: letters, figures, usual marks. */
export function isSiteName(text: string): boolean {
  return text.length <= SITE_NAME_MAX && /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} .,–-]*[\p{L}\p{M}\p{N}])?$/u.test(text);
}
