// Tests of the console find things on a page by label, role and text (test/fixtures/page.ts), not by patterns over its
// markup, because markup may change while the page says the same.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const FOLDER = join(import.meta.dirname, '../web/console');

/** Texts in which a test really means the markup, each with its reason. */
const EXCEPTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'console.test.ts': { '<b>bóc</b>': 'what a person types must not become markup' },
  'scans/cases.test.ts': { 'Nắp đã mở <b>': 'what a person types must not become markup' },
  'registry/producers-and-products.test.ts': { '<svg onload=1>': 'the content of an uploaded file' },
  'registry/certificates.test.ts': { '<script>alert(1)</script>': 'the content of an uploaded file' },
  'print/print.test.ts': { '<use href="#${kind}"': 'an SVG file of its own, which no page holds' },
};

const TAG = /<\\?\/?(?:[abiu]|[hp]\d?|t[drh]|li|dd|dt|input|form|select|option|button|span|svg|rect|use|text|label)\b/;
const OTHER_TAG = /<\\?\/?(?:details|html|main|table|textarea|title|fieldset|legend|script|div|section|img)\b/;
const ATTRIBUTE = /(?:^|[\s<(])(?:href|name|value|id|class|action|role|type|fill|src|data-\w+|aria-\w+)=\\?"/;

const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** The strings, templates and regular expressions in a source. */
function literalsOf(source: string): string[] {
  const texts = source.matchAll(
    /'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`|(?<=[(,=!&|]\s*)\/((?:[^/\\\n]|\\.)+)\/\w*/g,
  );
  return [...texts].map(([, quoted, template, pattern]) => quoted ?? template ?? pattern ?? '');
}

function holdsMarkup(text: string): boolean {
  return TAG.test(text) || OTHER_TAG.test(text) || ATTRIBUTE.test(text);
}

test('every file of the console’s tests is read', () => {
  expect(files.length).toBeGreaterThan(15);
});

test('no test of the console looks for markup', () => {
  const found = files.flatMap((file) =>
    literalsOf(readFileSync(join(FOLDER, file), 'utf8'))
      .filter((text) => holdsMarkup(text) && EXCEPTIONS[file]?.[text] === undefined)
      .map((text) => `${file}: ${text}`),
  );
  expect(found).toEqual([]);
});

test('each exception is still there', () => {
  const idle = Object.entries(EXCEPTIONS).flatMap(([file, texts]) => {
    const literals = literalsOf(readFileSync(join(FOLDER, file), 'utf8'));
    return Object.keys(texts).filter((text) => !literals.includes(text));
  });
  expect(idle).toEqual([]);
});

test.each([
  ['<b>10 tem</b>', true],
  ['href="\\/console', true],
  [' name="skip" type="text"', true],
  ['id="f-login-fault"', true],
  ['Người <${role}>', false],
  ['svg [fill="#8a5a00"]', false],
  ['x < 5', false],
])('%s is markup: %s', (text, is) => expect(holdsMarkup(text)).toBe(is));
