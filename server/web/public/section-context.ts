// What the sections of a stamp's page are made from, and the address of its full record.

import type { Language } from '../../domain/language.ts';
import type { StampTexts } from '../../scan/answer.ts';
import type { PublicView } from '../../scan/public-view.ts';
import { raw, type Html } from '../html.ts';
import type { PublicWords } from '../words/words.ts';

/** The most of each that is shown; Infinity in the full record. */
export interface Limits {
  /** Characters of one text. */
  text: number;
  /** The full record, which a person asked for. */
  isRecord?: boolean;
  journey: number;
  certificates: number;
}

export interface SectionContext {
  view: PublicView;
  language: Language;
  words: PublicWords;
  texts: StampTexts;
  limits: Limits;
}

/** The whole record of the stamp. */
export function recordPath(texts: StampTexts, language: Language): Html {
  return raw(`/t/${texts.plain}/record?lang=${language}`);
}
