import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formOf, languageOf } from '../../server/scan/negotiate.ts';

describe('the form of an answer', () => {
  test.each([
    ['application/json;charset=utf-8', 'json'],
    ['APPLICATION/JSON', 'json'],
    ['application/json;q=0.5, text/html;q=0.5', 'json'],
    ['text/*, application/json;q=0.9', 'html'],
    ['text/html;q=0', 'html'],
    [',,;;', 'html'],
    ['', 'html'],
  ])('by Accept %p is %s', (accept, form) => expect(formOf(accept)).toBe(form));

  test('is known for any header, however long', () => {
    fc.assert(fc.property(fc.string(), (accept) => ['html', 'json'].includes(formOf(accept))));
    expect(formOf(`${'a/b,'.repeat(10_000)}application/json`)).toBe('html');
  });
});

describe('the language of an answer', () => {
  test.each([
    ['en-GB', 'en'],
    ['EN', 'en'],
    ['vi;q=0.5, en;q=0.5', 'vi'],
    ['vi-VN, en;q=0.9', 'vi'],
    ['*', 'vi'],
    ['en;q=0', 'vi'],
    ['', 'vi'],
  ])('by Accept-Language %p is %s', (accepted, language) => expect(languageOf(accepted)).toBe(language));

  test('is known for any header', () => {
    fc.assert(fc.property(fc.string(), (accepted) => ['vi', 'en'].includes(languageOf(accepted))));
  });
});
