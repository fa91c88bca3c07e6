// One thing, one word: a word that was given up comes back nowhere. Every text that people read is looked through: the
// words of pages, the log and the API, the test sheet, the templates, the import's columns, the browser's scripts.

import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { OLD_WORDS_EN, OLD_WORDS_VI, type OldWord } from './old-words.ts';

const ROOT = new URL('../../../', import.meta.url);

/** Files whose texts in Vietnamese people read. */
const VI = [
  'server/web/**/*.ts',
  'server/sheet/**/*.ts',
  'server/actions/import/*.ts',
  'label-templates/*.json',
  'public/*.js',
];
/** Files whose texts in English people read; elsewhere English is the language of the code. */
const EN = ['server/web/words/en/**/*.ts'];

/** Names of keys, types and modules are not read by people. */
const NOT_READ = /^\s*(?:import|export type|export interface)\b.*$|(?<=^\s*|[{,] )'?[\w-]+'?(?=: )|\$\{[^}]*\}/gm;

interface Text {
  file: string;
  line: number;
  text: string;
}

/** The lines of the files without comments and code; an empty answer would make a test of them hold for nothing. */
function textsOf(patterns: readonly string[]): Text[] {
  const files = patterns.flatMap((pattern) => globSync(pattern, { cwd: ROOT })).toSorted();
  const texts = files.flatMap((file) => {
    const source = readFileSync(new URL(file, ROOT), 'utf8').normalize('NFC');
    const bare = source
      .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ''))
      .replace(/(^|\s)\/\/ .*$/gm, '$1');
    return bare.split('\n').map((text, at) => ({ file, line: at + 1, text: text.replace(NOT_READ, ' ') }));
  });
  if (files.length === 0 || texts.every(({ text }) => text.trim() === ''))
    throw new Error(`nothing is named by ${patterns.join(', ')}`);
  return texts;
}

function findingsOf({ old, but = [] }: OldWord, texts: readonly Text[]): string[] {
  const pattern = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${old})(?![\p{L}\p{N}])`, 'iu');
  return texts
    .map(({ text, ...where }) => ({ ...where, text: but.reduce((left, one) => left.replaceAll(one, ' '), text) }))
    .filter(({ text }) => pattern.test(text))
    .map(({ file, line, text }) => `${file}:${line} ${text.trim()}`);
}

describe('words that were given up', () => {
  const vi = textsOf(VI);
  const en = textsOf(EN);

  test('the walk finds texts of every part', () => {
    for (const part of [
      'server/web/words/vi/',
      'server/web/words/en/',
      'server/sheet/setting/',
      'server/actions/import/',
      'label-templates/',
      'server/web/public/',
      'server/web/console/',
    ])
      expect([part, [...vi, ...en].some(({ file, text }) => file.startsWith(part) && text.trim() !== '')]).toEqual([
        part,
        true,
      ]);
  });

  test('a word is found whole, whatever its case, and not inside a named exception', () => {
    const texts = ['Hạn dùng', 'hạn dùngx', 'nơi bạn đang đứng', 'lệnh đang đứng'].map((text, line) => ({
      file: '',
      line,
      text,
    }));
    expect(findingsOf({ old: 'hạn dùng', use: '' }, texts)).toEqual([':0 Hạn dùng']);
    expect(findingsOf({ old: 'đang đứng', use: '', but: ['nơi bạn đang đứng'] }, texts)).toEqual([':3 lệnh đang đứng']);
  });

  test.each(OLD_WORDS_VI.map((word) => [word.old, word.use, word] as const))('%s: say %s', (_old, _use, word) => {
    expect(findingsOf(word, vi)).toEqual([]);
  });

  test.each(OLD_WORDS_EN.map((word) => [word.old, word.use, word] as const))('%s: say %s', (_old, _use, word) => {
    expect(findingsOf(word, en)).toEqual([]);
  });

  test.each([...OLD_WORDS_VI, ...OLD_WORDS_EN].flatMap(({ old, but = [] }) => but.map((one) => [old, one] as const)))(
    'the exception of %s is still there: %s',
    (_old, exception) => {
      expect([...vi, ...en].some(({ text }) => text.includes(exception))).toBe(true);
    },
  );
});
