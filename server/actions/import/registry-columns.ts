// The columns of a registry file, by kind: our name, the heads that people write, whether a row must fill it, and the
// words of closed values. Templates and exports use the Vietnamese heads; a file may use any of the heads.

import type { CERTIFICATE_SCHEMES } from '../../domain/registry/certificate.ts';
import type { PRODUCER_KINDS } from '../../domain/registry/producer.ts';
import type { PRODUCT_GROUPS } from '../../domain/registry/product.ts';
import { REGISTRY_KINDS, type RegistryKind } from '../../domain/import/registry-import.ts';
import { foldedText } from '../../domain/search-text.ts';

export interface RegistryColumn {
  key: string;
  vi: string;
  en: string;
  needed: boolean;
  /** Other heads that mean this column. */
  also: readonly string[];
  /** Closed values: our word -> the Vietnamese word. */
  values: Readonly<Record<string, string>> | null;
  /**
   * Lengths of a digit string that a spreadsheet may take for a number and shorten; leading zeros are put back up to
   * the next of them.
   */
  digits: readonly number[] | null;
  /** A number or a day: a spreadsheet may take it for one. */
  isFigure: boolean;
  /** What a spreadsheet made of a text -> the text again. */
  mend: ((text: string) => string) | null;
}

const KINDS: Readonly<Record<(typeof PRODUCER_KINDS)[number], string>> = {
  cooperative: 'Hợp tác xã',
  household: 'Hộ sản xuất',
  company: 'Công ty',
  group: 'Tổ hợp tác',
};
const GROUPS: Readonly<Record<(typeof PRODUCT_GROUPS)[number], string>> = {
  food: 'Thực phẩm',
  drink: 'Đồ uống',
  herbal: 'Dược liệu',
  craft: 'Thủ công mỹ nghệ',
  ornamental: 'Sinh vật cảnh',
  tourism: 'Du lịch',
};
const SCHEMES: Readonly<Record<(typeof CERTIFICATE_SCHEMES)[number], string>> = {
  ocop: 'OCOP',
  vietgap: 'VietGAP',
  globalgap: 'GLOBALG.A.P.',
  organic: 'Hữu cơ',
  haccp: 'HACCP',
  iso22000: 'ISO 22000',
  'food-safety': 'An toàn thực phẩm',
  trademark: 'Nhãn hiệu',
  'geographical-indication': 'Chỉ dẫn địa lý',
  other: 'Khác',
};

/**
 * `ref` is the office's own reference of a producer or product, or our id of it. A second import finds the record by
 * it.
 */
export const REGISTRY_COLUMNS: Readonly<Record<RegistryKind, readonly RegistryColumn[]>> = {
  producers: [
    column('ref', 'Mã chủ thể', 'Reference', true, ['ma', 'ma so']),
    column('name', 'Tên chủ thể', 'Name', true, ['ten', 'chu the', 'ten chu the', 'ten co so']),
    column('kind', 'Loại hình', 'Kind', true, ['loai', 'loai hinh chu the'], { values: KINDS }),
    column('commune', 'Xã, phường', 'Commune', true, ['xa', 'phuong', 'xa/phuong']),
    column('province', 'Tỉnh, thành phố', 'Province', true, ['tinh', 'thanh pho', 'tinh/thanh pho']),
    column('detail', 'Địa chỉ chi tiết', 'Address detail', false, ['dia chi', 'thon', 'xom', 'so nha']),
    column('commune_today', 'Xã, phường hiện nay', 'Commune today', false),
    column('province_today', 'Tỉnh, thành phố hiện nay', 'Province today', false),
    column('detail_today', 'Địa chỉ hiện nay', 'Address detail today', false),
    column('tax_code', 'Mã số thuế', 'Tax code', false, ['mst'], { digits: [10, 12] }),
    column('phone', 'Điện thoại', 'Telephone', false, ['so dien thoai', 'sdt', 'dt'], { mend: withZero }),
    column('email', 'Thư điện tử', 'E-mail', false, ['email']),
    column('website', 'Trang web', 'Website', false, ['web']),
    column('gln', 'GLN', 'GLN', false, ['ma dia diem'], { digits: [13] }),
    column('representative', 'Người đại diện', 'Representative', false, ['dai dien', 'giam doc']),
    column('story', 'Câu chuyện', 'Story', false),
  ],
  products: [
    column('ref', 'Mã sản phẩm', 'Reference', true, ['ma', 'ma so']),
    column('producer', 'Mã chủ thể', 'Producer', true, ['chu the']),
    column('name', 'Tên sản phẩm', 'Name', true, ['ten', 'san pham']),
    column('short_name', 'Tên ngắn trên tem', 'Short name', false, [
      'ten ngan',
      'ten in tem',
      'ten tren tem',
      'ten rut gon',
      'short name on stamps',
    ]),
    column('group', 'Nhóm', 'Group', true, ['nhom san pham', 'nganh hang'], { values: GROUPS }),
    column('product_set', 'Bộ sản phẩm', 'Product set', true, ['bo', 'bo san pham so'], { isFigure: true }),
    column('brand', 'Nhãn hiệu', 'Brand', false, ['thuong hieu']),
    column('unit', 'Đơn vị dán tem', 'Unit', false, ['don vi', 'quy cach']),
    column('gtin', 'GTIN', 'GTIN', false, ['ma vach'], { digits: [14] }),
    column('shelf_life_days', 'Số ngày dùng được', 'Shelf life (days)', false, ['han dung (ngay)', 'so ngay'], {
      isFigure: true,
    }),
    column('ingredients', 'Thành phần', 'Ingredients', false),
    column('storage', 'Bảo quản', 'Storage', false),
    column('standards', 'Tiêu chuẩn', 'Standards', false, ['tieu chuan ap dung']),
    column('warnings', 'Cảnh báo', 'Warnings', false),
    column('description', 'Mô tả', 'Description', false, ['gioi thieu']),
  ],
  evaluations: [
    column('product', 'Mã sản phẩm', 'Product', true, ['san pham']),
    column('round', 'Đợt hội đồng', 'Round', true, ['dot', 'dot danh gia'], { mend: roundOfMonth }),
    column('held_on', 'Ngày họp', 'Held on', true, ['ngay danh gia', 'ngay'], { isFigure: true }),
    column('score', 'Điểm', 'Score', true, ['diem trung binh', 'tong diem'], { isFigure: true }),
    column('minimum_stars', 'Sao tối thiểu đạt', 'Minimum stars', true, ['sao cao nhat du tieu chi toi thieu'], {
      isFigure: true,
    }),
    column('stars', 'Số sao', 'Stars', false, ['sao'], { isFigure: true }),
    column('decision', 'Số quyết định', 'Decision', false, ['quyet dinh']),
  ],
  certificates: [
    column('product', 'Mã sản phẩm', 'Product', true, ['san pham']),
    column('producer', 'Mã chủ thể', 'Producer', false, ['chu the']),
    column('scheme', 'Loại chứng nhận', 'Scheme', true, ['loai'], { values: SCHEMES }),
    column('number', 'Số chứng nhận', 'Number', true, ['so', 'so giay']),
    column('issuer', 'Nơi cấp', 'Issuer', true, ['co quan cap']),
    column('issued_on', 'Ngày cấp', 'Issued on', true, ['cap ngay'], { isFigure: true }),
    column('stars', 'Số sao', 'Stars', false, ['sao'], { isFigure: true }),
    column('expires_on', 'Hiệu lực đến', 'Expires on', false, ['ngay het han', 'het han'], { isFigure: true }),
    column('extended_to', 'Gia hạn đến', 'Extended to', false, [], { isFigure: true }),
    column('evidence', 'Căn cứ gia hạn', 'Evidence of extension', false),
    column('revoked_on', 'Thu hồi từ', 'Revoked from', false, [], { isFigure: true }),
    column('reason', 'Lý do thu hồi', 'Reason of revocation', false),
  ],
};

/** Finds our columns in the heads of a file: column -> position. Unknown heads are left out. */
export function matchColumns(kind: RegistryKind, heads: readonly string[]): Record<string, number> {
  const matched: Record<string, number> = {};
  const taken = new Set<number>();
  const folded = heads.map((head) => foldedText(head.replace(/\*\s*$/, '')));
  const match = (namesOf: (column: RegistryColumn) => readonly string[]): void => {
    for (const column of REGISTRY_COLUMNS[kind]) {
      if (column.key in matched) continue;
      const names = namesOf(column).map(foldedText);
      const at = folded.findIndex((head, position) => !taken.has(position) && names.includes(head));
      if (at < 0) continue;
      matched[column.key] = at;
      taken.add(at);
    }
  };
  // Exact names are matched before other heads, which are ambiguous.
  match(({ key, vi, en }) => [key, key.replaceAll('_', ' '), vi, en]);
  match(({ also }) => also);
  return matched;
}

/** The kind whose needed columns the file has the largest share of; null: no kind fits best. */
export function kindOfHeads(heads: readonly string[]): RegistryKind | null {
  const fits = REGISTRY_KINDS.map((kind) => {
    const matched = matchColumns(kind, heads);
    const needed = REGISTRY_COLUMNS[kind].filter((one) => one.needed);
    const there = needed.filter(({ key }) => key in matched).length;
    return { kind, share: there / needed.length, matched: Object.keys(matched).length };
  }).sort((a, b) => b.share - a.share || b.matched - a.matched);
  const [best, second] = fits;
  if (best === undefined || best.share === 0) return null;
  return second !== undefined && second.share === best.share && second.matched === best.matched ? null : best.kind;
}

/** Needed columns that were not matched. */
export function missingColumns(kind: RegistryKind, columns: Readonly<Record<string, number>>): RegistryColumn[] {
  return REGISTRY_COLUMNS[kind].filter(({ key, needed }) => needed && !(key in columns));
}

/** A row's cells by our column names, with closed values in our words and leading zeros restored. */
export function cellsOf(
  kind: RegistryKind,
  columns: Readonly<Record<string, number>>,
  row: readonly string[],
): Record<string, string> {
  const cells: Record<string, string> = {};
  for (const { key, values, digits, mend } of REGISTRY_COLUMNS[kind]) {
    const at = columns[key];
    if (at === undefined) continue;
    cells[key] = readCell(row[at] ?? '', { values, digits, mend });
  }
  return cells;
}

/** A number that is cut further is a slip of the pen. */
const ZEROS_CUT_MAX = 6;

function readCell(text: string, { values, digits, mend }: Pick<RegistryColumn, 'values' | 'digits' | 'mend'>): string {
  if (values !== null) {
    const folded = foldedText(text);
    return Object.entries(values).find(([own, vi]) => own === folded || foldedText(vi) === folded)?.[0] ?? text;
  }
  if (mend !== null) return mend(text);
  const whole = /^\d+$/.test(text) ? digits?.find((length) => length >= text.length) : undefined;
  return whole !== undefined && whole - text.length <= ZEROS_CUT_MAX ? text.padStart(whole, '0') : text;
}

/** A telephone of here without its first zero, as a spreadsheet keeps it: 9 digits of a mobile one, 10 of a land line. */
function withZero(text: string): string {
  return /^(?:[35789]\d{8}|2\d{9})$/.test(text) ? `0${text}` : text;
}

/** A round that a spreadsheet took for a month, `2026-1` for the first of January. */
function roundOfMonth(text: string): string {
  const [, year, month] = /^(\d{4})-(\d\d)-01$/.exec(text) ?? [];
  return year === undefined ? text : `${year}-${Number(month)}`;
}

function column(
  key: string,
  vi: string,
  en: string,
  needed: boolean,
  also: readonly string[] = [],
  more: Partial<Pick<RegistryColumn, 'values' | 'digits' | 'isFigure' | 'mend'>> = {},
): RegistryColumn {
  return { key, vi, en, needed, also, values: null, digits: null, isFigure: false, mend: null, ...more };
}
