// Text as people search for it: without accents, case or repeated blanks, so that "ca phe" finds "Cà phê".

/** The text in plain small letters. */
export function foldedText(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd').replaceAll(/\s+/g, ' ').trim();
}

/** Whether the text holds every wanted word. @param wanted folded */
export function holdsWords(text: string, wanted: string): boolean {
  const folded = foldedText(text);
  return wanted.split(' ').every((word) => folded.includes(word));
}
