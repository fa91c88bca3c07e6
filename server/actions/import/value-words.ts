// What people write for closed values: kinds of producer, groups and sets of products, schemes, stars, yes and no. One
// table; the words of forms and exports are in registry-columns.ts. Every text is compared without accents and case.

import type { ValueAnswer } from '../../domain/import/registry-import.ts';
import { foldedText } from '../../domain/search-text.ts';

/** Our word -> what else people write for it. A text that begins with one of them means it too: "Cty TNHH MTV". */
const VALUE_WORDS: Readonly<Record<string, readonly string[]>> = {
  cooperative: ['htx', 'hop tac xa', 'lh htx', 'lien hiep htx', 'lien hiep hop tac xa', 'lhhtx'],
  household: [
    'ho',
    'hkd',
    'ho kd',
    'ho sx',
    'ho san xuat',
    'ho kinh doanh',
    'ho ca the',
    'ho gia dinh',
    'co so san xuat',
  ],
  company: ['cty', 'cong ty', 'doanh nghiep', 'dn', 'dntn', 'tnhh', 'co phan', 'cp'],
  group: ['tht', 'to hop tac', 'to hop', 'nhom ho', 'to san xuat', 'chi hoi', 'to lien ket'],
  food: ['thuc pham', 'tp', 'do an'],
  drink: ['do uong', 'du'],
  herbal: ['duoc lieu', 'thao duoc', 'thuoc', 'san pham tu duoc lieu'],
  craft: ['thu cong', 'thu cong my nghe', 'tcmn', 'hang thu cong', 'luu niem', 'noi that', 'vai', 'det may'],
  ornamental: ['sinh vat canh', 'svc', 'hoa', 'cay canh', 'dong vat canh'],
  tourism: ['du lich', 'dich vu du lich', 'dich vu', 'du lich cong dong', 'diem du lich'],
  ocop: ['ocop', 'giay chung nhan ocop', 'chung nhan ocop', 'san pham ocop'],
  vietgap: ['vietgap', 'vietgahp', 'viet gap'],
  globalgap: ['globalgap', 'global gap', 'globalg.a.p'],
  organic: ['huu co', 'organic'],
  haccp: ['haccp'],
  iso22000: ['iso22000', 'iso 22000'],
  'food-safety': ['attp', 'vsattp', 'an toan thuc pham', 've sinh an toan thuc pham', 'du dieu kien attp'],
  trademark: ['nhan hieu', 'nhan hieu tap the', 'nhan hieu chung nhan', 'thuong hieu'],
  'geographical-indication': ['chi dan dia ly', 'cddl'],
  other: ['khac'],
};

/** How much of a cell is compared: no word of these is longer. */
const WORDS_READ = 120;

/** What people said that a text means, by column and folded text. */
export type Answers = ReadonlyMap<string, string>;

/** How a text of a closed column is compared with others. */
export function wordOfCell(text: string): string {
  return foldedText(text.slice(0, WORDS_READ));
}

export function answersOf(answers: readonly ValueAnswer[]): Answers {
  return new Map(answers.map(({ column, word, value }) => [`${column}\n${wordOfCell(word)}`, value]));
}

export function answeredValue(answers: Answers, column: string, text: string): string | undefined {
  return answers.get(`${column}\n${wordOfCell(text)}`);
}

/** `nhóm`, `loại` or a number before the word itself. */
const BEFORE =
  /^(?:(?:[ivx]{1,4}|\d{1,2})[.)] *)?(?:(?:nhom|nganh|loai|loai hinh|mo hinh)(?: (?:hang|san pham))?:? +)?/;

/**
 * Our word for what somebody wrote; the text itself where it is none that we know.
 * @param values our word -> the Vietnamese word of forms
 */
export function readValue(text: string, values: Readonly<Record<string, string>>): string {
  const folded = wordOfCell(text);
  const bare = folded.replace(BEFORE, '');
  const own = Object.keys(values);
  const exact = own.find((word) =>
    [word, foldedText(values[word] ?? ''), ...(VALUE_WORDS[word] ?? [])].some((one) => one === folded || one === bare),
  );
  if (exact !== undefined) return exact;
  const begun = own.filter((word) =>
    [foldedText(values[word] ?? ''), ...(VALUE_WORDS[word] ?? [])].some((one) => bare.startsWith(`${one} `)),
  );
  return begun.length === 1 ? (begun[0] ?? text) : text;
}

const STAR_WORDS: Readonly<Record<string, string>> = { mot: '1', hai: '2', ba: '3', bon: '4', tu: '4', nam: '5' };

/** `4 sao`, `hạng 4 sao`, `★★★★`, `bốn sao` as `4`; any other text as it stands. */
export function readStars(text: string): string {
  const folded = foldedText(text.slice(0, WORDS_READ));
  const drawn = Array.from(folded).filter((letter) => letter === '★' || letter === '⭐' || letter === '*').length;
  if (drawn > 0 && /^[★☆⭐*\s\ufe0f]+$/u.test(folded)) return String(drawn);
  const said = /^(?:(?:dat |xep |hang |ocop )*)([1-5]|mot|hai|ba|bon|tu|nam)(?: ?(?:sao|\*|stars?))?(?: ocop)?$/.exec(
    folded,
  );
  const stars = said?.[1];
  return stars === undefined ? text : (STAR_WORDS[stars] ?? stars);
}

/** The number of a set, from `Bộ 7`, `bộ số 07`, `14. Rượu trắng` or `08`; any other text as it stands. */
export function readSetNumber(text: string): string {
  const folded = foldedText(text.slice(0, WORDS_READ)).replace(/^bo(?: san pham| tieu chi)?(?: so)? ?:? ?/, '');
  const said = /^0{0,2}([1-9]\d?)(?:$|[.):] ?\D| ?[-–:])/.exec(folded);
  return said?.[1] ?? text;
}

/** With accents: `Hồ Văn Ba` is no household, `Hộ Ba` is. */
const NAME_BEGINS: readonly (readonly [kind: string, begins: RegExp])[] = [
  ['cooperative', /^(?:(?:lh|liên hiệp) )?(?:htx|hợp tác xã|hop tac xa)\b/],
  ['household', /^(?:hộ|hkd|ho kinh doanh) /],
  ['company', /^(?:cty|công ty|cong ty|doanh nghiệp|dntn|dn) /],
  ['group', /^(?:tht|tổ hợp tác|to hop tac|tổ liên kết|tổ sản xuất)\b/],
];

/** The kind of a producer that its name begins with; undefined: it does not say. */
export function kindOfName(name: string): string | undefined {
  const lower = name.normalize('NFC').toLowerCase().slice(0, WORDS_READ);
  return NAME_BEGINS.find(([, begins]) => begins.test(lower))?.[0];
}
