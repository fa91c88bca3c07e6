import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formOf, languageOf, takesGzip } from '../../server/scan/negotiate.ts';

describe('the form of an answer', () => {
  test.each([
    ['application/json;charset=utf-8', 'json'],
    ['APPLICATION/JSON', 'json'],
    ['application/json;q=0.5, text/html;q=0.5', 'json'],
    ['text/*, application/json;q=0.9', 'html'],
    ['text/html;q=0', 'html'],
    ['application/ld+json', 'ld'],
    ['application/ld+json;q=0.8, application/json;q=0.9', 'json'],
    ['application/ld+json, application/json;q=0.9, */*;q=0.1', 'ld'],
    ['text/html, application/ld+json', 'html'],
    [',,;;', 'html'],
    ['', 'html'],
  ])('by Accept %p is %s', (accept, form) => expect(formOf(accept)).toBe(form));

  test('is known for any header, however long', () => {
    fc.assert(fc.property(fc.string(), (accept) => ['html', 'json', 'ld'].includes(formOf(accept))));
    expect(formOf(`${'a/b,'.repeat(10_000)}application/json`)).toBe('html');
  });
});

describe('gzip', () => {
  test.each([
    ['gzip, deflate, br', true],
    ['br;q=1.0, gzip;q=0.8, *;q=0.1', true],
    ['*', true],
    ['gzip;q=0', false],
    ['br', false],
    ['identity', false],
    ['', false],
    [undefined, false],
  ])('by Accept-Encoding %p: %p', (accepted, welcome) => expect(takesGzip(accepted)).toBe(welcome));
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
