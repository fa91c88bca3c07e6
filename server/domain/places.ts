// Places change names: since 2025-07-01 there are 34 provinces and no districts (Resolution 202/2025/QH15). A record
// keeps its address as certified and its place today; pages show both where they differ.

import { foldedText } from './search-text.ts';

export interface Address {
  commune: string;
  province: string;
  detail: string | null;
}

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

/** Any spelling's key -> today's name. */
const TODAY = new Map(
  Object.entries(PROVINCES_OF).flatMap(([today, olds]) => olds.map((old): [string, string] => [keyOf(old), today])),
);

/**
 * Today's name of a province, from any of the 34 new or 63 old names. Accents, case, spaces and `tỉnh`/`thành
 * phố`/`City` do not matter. Null for any other place.
 */
export function provinceToday(name: string): string | null {
  return TODAY.get(keyOf(name)) ?? null;
}

/** Whether two addresses name the same place in the same words. */
export function samePlace(a: Address, b: Address): boolean {
  return a.commune === b.commune && a.province === b.province && a.detail === b.detail;
}

/** The address of today where it differs from the certified one, else null. */
export function differingPlace(certified: Address, today: Address | null): Address | null {
  return today === null || samePlace(certified, today) ? null : today;
}

/** Letters only, without accents: `TP. Hồ Chí Minh` and `Ho Chi Minh City` give `hochiminh`. */
function keyOf(name: string): string {
  return foldedText(name)
    .replace(/^(?:tinh|thanh pho|tp\.?) | (?:province|city)$/g, '')
    .replace(/[^a-z]/g, '');
}
