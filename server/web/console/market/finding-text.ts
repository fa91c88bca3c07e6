// How lists name a finding and the stamp it is about. A stamp that is not ours has neither batch nor serial, and an
// item of a round may state nothing.

import type { Inspection } from '../../../domain/market/inspection.ts';
import type { Language } from '../../../domain/language.ts';
import { numberText } from '../../format.ts';
import { marketWordsOf } from '../../words/words.ts';

export function findingKindText(finding: Inspection['finding'], language: Language): string {
  const { kinds, noneStated } = marketWordsOf(language).findings;
  return finding === null ? noneStated : kinds[finding];
}

/** @param stampText the words for a stamp of ours */
export function findingStampText(
  { batchId, serial }: Pick<Inspection, 'batchId' | 'serial'>,
  stampText: (batchId: string, serial: string) => string,
  language: Language,
): string {
  if (batchId === null || serial === null) return marketWordsOf(language).findings.foreign;
  return stampText(batchId, numberText(serial, language));
}
