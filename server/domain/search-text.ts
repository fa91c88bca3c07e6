// Text as people search for it: without accents, case or repeated spaces, so that "ca phe" finds "Cà phê".

/** The text in lower case without accents. */
export function foldedText(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd').replaceAll(/\s+/g, ' ').trim();
}

/**
 * Letters and digits only, in lower case without accents: `CMT–2611 01`, `cmt-2611/01` and `CMT261101` are one number.
 */
export function looseKey(text: string): string {
  return foldedText(text.normalize('NFKD')).replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Whether the text holds every wanted word. @param wanted folded */
export function holdsWords(text: string, wanted: string): boolean {
  const folded = foldedText(text);
  return wanted.split(' ').every((word) => folded.includes(word));
}

/** As the letters of a stamp are read: O is 0, I and L are 1. `7k3m-9q` and `7K3M9Q` are one batch. */
export function stampKey(text: string): string {
  return looseKey(text).replaceAll('o', '0').replaceAll(/[il]/g, '1');
}

/**
 * What makes two typed references one and the same: letters with their accents and digits, whatever the case, Unicode
 * form, spaces and dashes. A mark between two digits stays one dash: `26-11` is not `2611`, nor `1-11` `11-1`. Text
 * without a letter or digit is its own key.
 */
export function writtenKey(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase().trim();
  const key = plain.replaceAll(/[^\p{L}\p{N}\p{M}]+/gu, '-').replaceAll(/(?<!\p{N})-|-(?!\p{N})/gu, '');
  return key === '' ? plain : key;
}
