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
