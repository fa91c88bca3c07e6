// Places change names: since 2025-07-01 there are 34 provinces and no districts (Resolution 202/2025/QH15). A record
// keeps its address as certified and its place today; pages show both where they differ.

import { foldedText } from './search-text.ts';

export interface Address {
  commune: string;
  province: string;
  detail: string | null;
}

const NAME_LETTERS_MAX = 80;

/** The provinces of today, each with those it was made of. */
const PROVINCES_OF: Readonly<Record<string, readonly string[]>> = {
  'An Giang': ['An Giang', 'Kiên Giang'],
  'Bắc Ninh': ['Bắc Ninh', 'Bắc Giang'],
  'Cà Mau': ['Cà Mau', 'Bạc Liêu'],
  'Cao Bằng': ['Cao Bằng'],
  'Cần Thơ': ['Cần Thơ', 'Sóc Trăng', 'Hậu Giang'],
  'Đà Nẵng': ['Đà Nẵng', 'Quảng Nam'],
  'Đắk Lắk': ['Đắk Lắk', 'Phú Yên'],
  'Điện Biên': ['Điện Biên'],
  'Đồng Nai': ['Đồng Nai', 'Bình Phước'],
  'Đồng Tháp': ['Đồng Tháp', 'Tiền Giang'],
  'Gia Lai': ['Gia Lai', 'Bình Định'],
  'Hà Nội': ['Hà Nội'],
  'Hà Tĩnh': ['Hà Tĩnh'],
  'Hải Phòng': ['Hải Phòng', 'Hải Dương'],
  'Hồ Chí Minh': ['Hồ Chí Minh', 'Bình Dương', 'Bà Rịa - Vũng Tàu'],
  Huế: ['Huế', 'Thừa Thiên Huế'],
  'Hưng Yên': ['Hưng Yên', 'Thái Bình'],
  'Khánh Hòa': ['Khánh Hòa', 'Ninh Thuận'],
  'Lai Châu': ['Lai Châu'],
  'Lạng Sơn': ['Lạng Sơn'],
  'Lào Cai': ['Lào Cai', 'Yên Bái'],
  'Lâm Đồng': ['Lâm Đồng', 'Đắk Nông', 'Bình Thuận'],
  'Nghệ An': ['Nghệ An'],
  'Ninh Bình': ['Ninh Bình', 'Hà Nam', 'Nam Định'],
  'Phú Thọ': ['Phú Thọ', 'Hòa Bình', 'Vĩnh Phúc'],
  'Quảng Ngãi': ['Quảng Ngãi', 'Kon Tum'],
  'Quảng Ninh': ['Quảng Ninh'],
  'Quảng Trị': ['Quảng Trị', 'Quảng Bình'],
  'Sơn La': ['Sơn La'],
  'Tây Ninh': ['Tây Ninh', 'Long An'],
  'Thái Nguyên': ['Thái Nguyên', 'Bắc Kạn'],
  'Thanh Hóa': ['Thanh Hóa'],
  'Tuyên Quang': ['Tuyên Quang', 'Hà Giang'],
  'Vĩnh Long': ['Vĩnh Long', 'Bến Tre', 'Trà Vinh'],
};

/** The 34 provinces and cities of today, in the order of the Vietnamese alphabet. */
export const PROVINCES: readonly string[] = Object.keys(PROVINCES_OF);

/** Spellings that differ by more than accents, case or dashes. */
const OTHER_SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  'Hồ Chí Minh': ['HCM', 'HCMC', 'TPHCM', 'TP HCM', 'Sài Gòn', 'Saigon', 'BRVT', 'Vũng Tàu'],
  'Hà Nội': ['HN', 'TPHN', 'Ha Noi Capital', 'Thủ đô Hà Nội'],
  'Đà Nẵng': ['TPĐN', 'Danang'],
  'Hải Phòng': ['TPHP', 'Haiphong'],
  'Cần Thơ': ['TPCT', 'Cantho'],
  Huế: ['TT Huế', 'TP Huế', 'Thua Thien'],
  'Đắk Lắk': ['Đắc Lắc', 'Dac Lac', 'Daklak'],
  'Lâm Đồng': ['Đắc Nông', 'Dac Nong'],
  'Quảng Ngãi': ['Kontum', 'Công Tum'],
};

/** Any spelling's key -> today's name. */
const TODAY: ReadonlyMap<string, string> = new Map(
  Object.entries(PROVINCES_OF).flatMap(([today, olds]) =>
    [...olds, ...(OTHER_SPELLINGS[today] ?? [])].map((spelling): [string, string] => [keyOf(spelling), today]),
  ),
);

/**
 * Today's name of a province, from any of the 34 new or 63 old names. Accents, case, spaces and `tỉnh`/`thành
 * phố`/`TP`/`City` do not matter, nor the short names that people and proxies write (TPHCM). Null for any other place.
 */
export function provinceToday(name: string): string | null {
  // The text may come from a stranger. No place has a longer name.
  const text = name.slice(0, NAME_LETTERS_MAX);
  return TODAY.get(keyOf(text)) ?? TODAY.get(keyOf(withoutKind(text))) ?? null;
}

/**
 * The words by which a place is found. For a province these include its earlier and present names, so that "Hòa Bình"
 * finds what is written "Phú Thọ" and the other way round.
 */
export function placeWords(name: string): string {
  const today = provinceToday(name);
  if (today === null) return name;
  return [name, ...new Set([today, ...(PROVINCES_OF[today] ?? []), ...(OTHER_SPELLINGS[today] ?? [])])].join(' ');
}

/** Whether two addresses name the same place in the same words. */
export function samePlace(a: Address, b: Address): boolean {
  return a.commune === b.commune && a.province === b.province && a.detail === b.detail;
}

/** The present address if it differs from the certified one, else null. */
export function differingPlace(certified: Address, today: Address | null): Address | null {
  return today === null || samePlace(certified, today) ? null : today;
}

/** Letters only, without accents: `TP. Hồ Chí Minh` and `Ho Chi Minh City` give `hochiminh`. */
function keyOf(name: string): string {
  return foldedText(name).replaceAll(/[^a-z]/g, '');
}

/** The longest name of a province has some 30 letters. */
const NAME_SYMBOLS_MAX = 200;

/** Without `tỉnh`, `thành phố`, `TP.`, `Province`, `City` at either end, with or without a space beside it. */
function withoutKind(name: string): string {
  return foldedText(name.slice(0, NAME_SYMBOLS_MAX))
    .replace(/^(?:(?:tinh|thanh pho|province of|city of)\b|tp(?=[ .]))[ .]*/, '')
    .replace(/[ ,]*\b(?:province|city|vietnam|viet nam|vn)$/, '')
    .replace(/[ ,]*\b(?:province|city)$/, '');
}
