// A buyer reads a public page standing in a market. A sentence of it in Vietnamese, in which each syllable is a word of
// its own, has 40 syllables at most and 22 on average. The ten longest are printed.

import { describe, expect, test } from '@jest/globals';
import { Html } from '../../../server/web/html.ts';
import { publicWordsOf } from '../../../server/web/words/words.ts';

const SYLLABLES_MAX = 40;
const SYLLABLES_MEAN_MAX = 22;

/** Stands for a name in a sentence: a usual one, of five syllables. */
const NAME = 'Cam lòng vàng Mường Thàng';
const ARGUMENTS_MAX = 4;

type Said = (...insets: unknown[]) => unknown;

/** With a name for each argument; a function that lists names gets three of them as its first. */
function said(words: Said): unknown {
  const names = Array.from({ length: ARGUMENTS_MAX }, () => NAME);
  try {
    return words(...names);
  } catch {
    return words([NAME, NAME, NAME], ...names);
  }
}

/** Every text below, with its path; a function is called with a usual name for each argument. */
function textsOf(words: unknown, path = ''): [string, string][] {
  if (typeof words === 'string') return [[path, words]];
  if (typeof words === 'function') return textsOf(said(words as Said), path);
  if (words instanceof Html) return [[path, words.text]];
  if (typeof words !== 'object' || words === null) return [];
  return Object.entries(words).flatMap(([key, value]) => textsOf(value, `${path}.${key}`));
}

function sentencesOf(text: string): string[] {
  const plain = text.replace(/<[^>]*>/g, '').replace(/&[a-z#0-9]+;/g, ' ');
  return plain.split(/(?<=[.!?])\s+(?=\p{Lu})/u).filter((sentence) => /[.!?]$/.test(sentence.trim()));
}

function syllablesOf(sentence: string): number {
  return sentence.split(/\s+/).filter((part) => /[\p{L}\p{N}]/u.test(part)).length;
}

describe('sentences of public pages in Vietnamese', () => {
  const sentences = textsOf(publicWordsOf('vi'))
    .flatMap(([path, text]) =>
      sentencesOf(text).map((sentence) => ({ path, sentence, syllables: syllablesOf(sentence) })),
    )
    .toSorted((a, b) => b.syllables - a.syllables);

  test('are found, those of functions and of markup too', () => {
    expect(sentences.length).toBeGreaterThan(60);
    for (const path of [
      '.facts.valid',
      '.facts.suspect.far-apart',
      '.todo.notOurs.2',
      '.footer.scan',
      '.pin.lockedNote',
    ])
      expect(sentences.map((one) => one.path)).toContain(path);
  });

  test(`have ${SYLLABLES_MAX} syllables at most and ${SYLLABLES_MEAN_MAX} on average`, () => {
    const mean = sentences.reduce((sum, { syllables }) => sum + syllables, 0) / sentences.length;
    const longest = sentences.slice(0, 10).map(({ path, sentence, syllables }) => `${syllables}\t${path}\t${sentence}`);
    process.stdout.write(`mean ${mean.toFixed(1)} of ${sentences.length} sentences\n${longest.join('\n')}\n`);
    expect(sentences.filter(({ syllables }) => syllables > SYLLABLES_MAX)).toEqual([]);
    expect(mean).toBeLessThanOrEqual(SYLLABLES_MEAN_MAX);
  });
});
