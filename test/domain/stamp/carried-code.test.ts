// A code is found in whatever contains it, and never guessed.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseCodeWithTail, readCarriedCode } from '../../../server/domain/stamp/carried-code.ts';
import { otherCodeOf } from '../../../server/domain/stamp/other-code.ts';
import { CODE_ALPHABET, formatStampCode, parseStampCode } from '../../../server/domain/stamp/stamp-code.ts';
import { visibleText } from '../../../server/domain/visible-text.ts';

const CODE = '7K3M9Q00001V515K52';
const GTIN = '09520000000011';
const codeIn = (text: string): string | null => {
  const { parsed } = readCarriedCode(text);
  return parsed.ok ? parsed.code : null;
};

describe('a code with a tail', () => {
  const tails = [
    '.',
    ',',
    ')',
    '»',
    '”',
    '…',
    '?fbclid=x',
    '&fbclid=x',
    '#top',
    '\u200B',
    '\uFEFF',
    '\u001D',
    '\r',
    '/',
    '.)',
    '!',
    '%',
  ];
  const heads = ['', '(', '«', '“', '<'];
  test.each(tails)('%j behind it is taken off', (tail) => {
    expect(parseCodeWithTail(`${CODE}${tail === '%' ? '' : tail}`)).toMatchObject({ ok: true, code: CODE });
  });
  test.each(heads)('%j before it is taken off', (head) => {
    expect(parseCodeWithTail(`${head}${CODE}`)).toMatchObject({ ok: true, code: CODE });
  });
  test.each([`${CODE}2`, CODE.slice(1), `${CODE}.x${CODE}`, `x${CODE}.`, `${CODE.slice(0, 9)}.${CODE.slice(9)}`])(
    '%j is none, with the fault of the text as typed',
    (text) => expect(parseCodeWithTail(text)).toEqual(parseStampCode(text)),
  );
  test('no symbol is ever changed: what is found stands in the text', () => {
    const symbols = fc.stringMatching(new RegExp(`^[${CODE_ALPHABET}]{18}$`));
    const mark = fc.constantFrom(...heads, ...tails.filter((tail) => tail !== '%'), ' ');
    fc.assert(
      fc.property(symbols, mark, mark, (code, before, behind) => {
        const found = codeIn(`${before}${code}${behind}`);
        expect(found === null || found === code).toBe(true);
      }),
    );
  });
});

describe('what carries a code', () => {
  test.each([
    CODE,
    formatStampCode(CODE),
    `${CODE}\u200B`,
    `HTTPS://TEM.EXAMPLE/T/${CODE}`,
    `http://tem.example/t/${CODE}.`,
    `http://tem.example/t/${CODE} Xem tem này`,
    `Xem tem này nhé: https://tem.example/t/${CODE}?fbclid=IwAR0x, hàng thật đấy`,
    `https://l.facebook.com/l.php?u=https%3A%2F%2Ftem.example%2Ft%2F${CODE}%3Ffbclid%3Dx`,
    `tem.example//t//${CODE}/record`,
    `]Q1HTTPS://TEM.EXAMPLE/T/${CODE}`,
    `Mã tem ${formatStampCode(CODE)} có đúng không?`,
    `${formatStampCode(CODE)} và ${CODE.toLowerCase()}`,
  ])('%j', (text) => expect(codeIn(text)).toBe(CODE));

  test.each([
    [`(01)${GTIN}(10)CMT-01(21)${CODE}`, 'CMT-01'],
    [`(01) ${GTIN} (21) ${CODE}`, null],
    [`]Q301${GTIN}10CMT-01\u001D21${CODE}`, 'CMT-01'],
    [`]d201${GTIN}21${CODE}\u001D10CMT-01`, 'CMT-01'],
    [`https://tem.example/01/${GTIN}/10/CMT-01/21/${CODE}.`, 'CMT-01'],
    [`https://tem.example/01/${GTIN}/21/${CODE}`, null],
  ])('%j names a GTIN too', (text, lot) => {
    expect(readCarriedCode(text)).toMatchObject({ parsed: { ok: true, code: CODE }, link: { gtin: GTIN, lot } });
  });

  test.each([
    '',
    'Xem tem',
    `${formatStampCode(CODE)} hay 7K3M9Q-00001V-515K53`,
    `${CODE}${CODE}`,
    `https://tem.example/t/${CODE.slice(1)}`,
    'nghiencuuxyzabcdef',
    `(01)${GTIN}(21)7K3`,
  ])('%j holds none, or more than one', (text) => expect(codeIn(text)).toBeNull());

  test('a hostile text is read in time that grows as the text does', () => {
    for (const shape of ['/t', '(01)', '%20', '-', ' ', 'A'.repeat(6), '.,', '\u200B', ']Q3', '01', '/', '\u001D'])
      expect(codeIn(shape.repeat(8_192))).toBeNull();
  });
});

describe('what is no stamp code', () => {
  test.each([
    ['8938505974194', { kind: 'barcode' }],
    ['0 9520000 000011', { kind: 'barcode' }],
    ['8938505974195', null],
    ['0912345678', { kind: 'phone' }],
    ['(024) 3825 1234', { kind: 'phone' }],
    ['+84 912 345 678', { kind: 'phone' }],
    ['https://u.wechat.com/abc', { kind: 'address', host: 'u.wechat.com' }],
    ['weixin.qq.com/r/x', { kind: 'address', host: 'weixin.qq.com' }],
    ['wxp://f2f0abc', { kind: 'address', host: 'wxp' }],
    ['https://verigoods.vn/abc?x=1', { kind: 'address', host: 'verigoods.vn' }],
    ['https://tem.example/abc', null],
    ['7K3M9Q', null],
    ['', null],
  ])('%j is %j', (typed, kind) => expect(otherCodeOf(typed, 'tem.example')).toEqual(kind));
});

test('visible text has the usual blanks and nothing that nobody sees', () => {
  expect(visibleText('Cà\u200B phê\u00A0Sơn\u202FLa\uFEFF\u00AD')).toBe('Cà phê Sơn La');
});
