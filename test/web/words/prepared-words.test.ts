// Languages that are prepared and not served: their word files are complete, so that a native reader has nothing left
// to do but read (docs/decisions/0043-languages.md).

import { describe, expect, test } from '@jest/globals';
import { LANGUAGES } from '../../../server/domain/language.ts';
import { publicPage as ko } from '../../../server/web/words/ko/public.ts';
import { reports as koReports } from '../../../server/web/words/ko/reports.ts';
import { publicPage as vi } from '../../../server/web/words/vi/public.ts';
import { reports as viReports } from '../../../server/web/words/vi/reports.ts';
import { publicPage as zh } from '../../../server/web/words/zh/public.ts';
import { reports as zhReports } from '../../../server/web/words/zh/reports.ts';

/** Deliberately empty: a verdict that needs no second sentence. */
const SILENT = ['.also.valid', '.rating.onPacking.unknown'];
/** The same in every language: our name, schemes, and the name of the language that the page leads to. */
const SHARED =
  /^\.(?:brand|colon|language\.otherCode|language\.otherName|certificates\.schemes\.(?:ocop|vietgap|globalgap|haccp|iso22000)|details\.gtin)$/;

function textsOf(words: unknown, path = ''): [string, string][] {
  if (typeof words === 'string') return [[path, words]];
  if (typeof words === 'function') return [[path, String(words)]];
  if (typeof words !== 'object' || words === null) return [];
  return Object.entries(words).flatMap(([key, value]) => textsOf(value, `${path}.${key}`));
}

/** The console speaks Vietnamese and English only. */
const { console: _console, ...publicReports } = viReports;
const reference = new Map(textsOf({ ...vi, reports: publicReports }));

describe.each([
  ['zh', { ...zh, reports: zhReports }, /\p{Script=Han}/u],
  ['ko', { ...ko, reports: koReports }, /\p{Script=Hangul}/u],
] as const)('the words of %s', (code, words, script) => {
  const texts = textsOf(words);

  test('have every key of the reference, and none is empty', () => {
    expect(texts.map(([path]) => path).toSorted()).toEqual([...reference.keys()].toSorted());
    expect(texts.filter(([path, text]) => text.trim() === '' && !SILENT.includes(path))).toEqual([]);
    expect(words.language.code).toBe(code);
  });

  test('are in their own script, and none was left in Vietnamese', () => {
    const own = texts.filter(([path, text]) => !SHARED.test(path) && path !== '.language.code' && text !== '');
    const foreign = own.filter(([, text]) => !script.test(text)).map(([path, text]) => `${path}: ${text}`);
    expect(foreign.filter((line) => !/=>/.test(line))).toEqual([]);
    expect(own.filter(([path, text]) => reference.get(path) === text).map(([path]) => path)).toEqual([]);
  });

  test('are not served before they were read', () => {
    expect((LANGUAGES as readonly string[]).includes(code)).toBe(false);
  });
});
