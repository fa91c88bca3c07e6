// The columns of a registry file, by kind: our name, the heads that people write, whether a row must fill it, and the
// words of closed values. Templates and exports use the Vietnamese heads; a file may use any of the heads.

import type { CERTIFICATE_SCHEMES } from '../../domain/registry/certificate.ts';
import type { PRODUCER_KINDS } from '../../domain/registry/producer.ts';
import type { PRODUCT_GROUPS } from '../../domain/registry/product.ts';
import type { RegistryKind } from '../../domain/import/registry-import.ts';
import { answeredValue, readValue, type Answers } from './value-words.ts';

export interface RegistryColumn {
  key: string;
  vi: string;
  en: string;
  needed: boolean;
  /** Other heads that mean this column. */
  also: readonly string[];
  /** Columns that say the same: where one of them is there, this one need not be. */
  instead: readonly string[];
  /** Whether exports and templates have it; one that only says what another says is read and never written. */
  isWritten: boolean;
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
  household: 'Hộ, cơ sở sản xuất',
  company: 'Doanh nghiệp',
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
const STARS = ['sao', 'hang sao', 'xep hang', 'phan hang', 'hang', 'ket qua phan hang', 'hang dat', 'xep loai'];
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

/** A product named by its own name and its producer's, where a list has no codes. */
const NAMES_OF_PRODUCT = [
  column('product_name', 'Tên sản phẩm', 'Product name', false, ['san pham', 'ten san pham dang ky'], {
    isWritten: false,
  }),
  column(
    'producer_name',
    'Tên chủ thể',
    'Producer name',
    false,
    ['chu the', 'ten don vi', 'ten co so', 'chu the san xuat', 'ten chu the san xuat', 'co so san xuat'],
    { isWritten: false },
  ),
];

/**
 * `ref` is the office's own reference of a producer or product, or our id of it. A second import finds the record by
 * it.
 */
export const REGISTRY_COLUMNS: Readonly<Record<RegistryKind, readonly RegistryColumn[]>> = {
  producers: [
    column('ref', 'Mã chủ thể', 'Reference', true, ['ma', 'ma so', 'ma don vi', 'ky hieu'], { instead: ['name'] }),
    column('name', 'Tên chủ thể', 'Name', true, [
      'ten',
      'chu the',
      'ten chu the',
      'ten co so',
      'ten don vi',
      'ten hop tac xa',
      'ten htx',
      'ten doanh nghiep',
      'chu the san xuat',
      'ten chu the san xuat',
      'co so san xuat',
      'don vi san xuat',
      'ho va ten',
    ]),
    column('kind', 'Loại hình', 'Kind', true, ['loai', 'loai hinh chu the', 'loai chu the', 'hinh thuc'], {
      values: KINDS,
      instead: ['name'],
    }),
    column(
      'commune',
      'Xã, phường, đặc khu',
      'Commune',
      true,
      ['xa, phuong', 'xa', 'phuong', 'xa/phuong', 'xa/phuong/dac khu'],
      {
        instead: ['detail'],
      },
    ),
    column('province', 'Tỉnh, thành phố', 'Province', true, ['tinh', 'thanh pho', 'tinh/thanh pho', 'tinh/tp'], {
      instead: ['detail', 'commune'],
    }),
    column('detail', 'Địa chỉ chi tiết', 'Address detail', false, [
      'dia chi',
      'thon',
      'xom',
      'so nha',
      'tru so',
      'dia chi san xuat',
      'dia chi tru so',
      'noi san xuat',
    ]),
    column('commune_today', 'Xã, phường, đặc khu hiện nay', 'Commune today', false, ['xa, phuong hien nay']),
    column('province_today', 'Tỉnh, thành phố hiện nay', 'Province today', false),
    column('detail_today', 'Địa chỉ hiện nay', 'Address detail today', false),
    column('tax_code', 'Mã số thuế', 'Tax code', false, ['mst', 'ma so thue/cccd', 'ma so dn'], { digits: [10, 12] }),
    column(
      'phone',
      'Điện thoại',
      'Telephone',
      false,
      ['so dien thoai', 'sdt', 'dt', 'so dt', 'dien thoai lien he', 'di dong', 'lien he', 'hotline'],
      { mend: withZero },
    ),
    column('email', 'Email', 'E-mail', false, ['thu dien tu']),
    column('website', 'Trang web', 'Website', false, ['web']),
    column('gln', 'GLN', 'GLN', false, ['ma dia diem'], { digits: [13] }),
    column('representative', 'Người đại diện', 'Representative', false, [
      'dai dien',
      'giam doc',
      'ho ten nguoi dai dien',
      'chu co so',
      'chu ho',
    ]),
    column('story', 'Câu chuyện', 'Story', false),
    column('story_en', 'Câu chuyện (tiếng Anh)', 'Story in English', false),
  ],
  products: [
    column('ref', 'Mã sản phẩm', 'Reference', true, ['ma', 'ma so'], { instead: ['name'] }),
    column('producer', 'Mã chủ thể', 'Producer', true, ['ma don vi'], { instead: ['producer_name'] }),
    column(
      'producer_name',
      'Tên chủ thể',
      'Producer name',
      false,
      [
        'chu the',
        'ten don vi',
        'don vi san xuat',
        'ten co so',
        'co so san xuat',
        'chu the san xuat',
        'ten chu the san xuat',
      ],
      { isWritten: false },
    ),
    column('name', 'Tên sản phẩm', 'Name', true, ['ten', 'san pham', 'ten san pham dang ky']),
    column('short_name', 'Tên ngắn trên tem', 'Short name', false, [
      'ten ngan',
      'ten in tem',
      'ten tren tem',
      'ten rut gon',
      'short name on stamps',
    ]),
    column('name_en', 'Tên sản phẩm (tiếng Anh)', 'Name in English', false, ['ten tieng anh']),
    column('group', 'Nhóm', 'Group', true, ['nhom san pham', 'nganh hang', 'nganh', 'nganh san pham'], {
      values: GROUPS,
    }),
    column('product_set', 'Bộ sản phẩm', 'Product set', true, ['bo', 'bo san pham so', 'so bo', 'bo tieu chi'], {
      isFigure: true,
    }),
    column('brand', 'Nhãn hiệu', 'Brand', false, ['thuong hieu']),
    column('unit', 'Đơn vị dán tem', 'Unit', false, ['don vi', 'quy cach']),
    column('unit_en', 'Đơn vị dán tem (tiếng Anh)', 'Unit in English', false),
    column('gtin', 'GTIN', 'GTIN', false, ['ma vach', 'ma so ma vach'], { digits: [14] }),
    column(
      'shelf_life_days',
      'Hạn sử dụng (số ngày)',
      'Shelf life (days)',
      false,
      ['so ngay dung duoc', 'hsd', 'han dung (ngay)', 'han dung', 'han su dung', 'han su dung (ngay)', 'so ngay'],
      {
        isFigure: true,
      },
    ),
    column('ingredients', 'Thành phần', 'Ingredients', false),
    column('ingredients_en', 'Thành phần (tiếng Anh)', 'Ingredients in English', false),
    column('allergens', 'Chất gây dị ứng', 'Allergens', false, ['di ung', 'chat di ung', 'thanh phan gay di ung']),
    column('storage', 'Bảo quản', 'Storage', false),
    column('storage_en', 'Bảo quản (tiếng Anh)', 'Storage in English', false),
    column('usage', 'Hướng dẫn sử dụng', 'Usage', false, ['cach dung', 'huong dan su dung', 'cach su dung']),
    column('usage_en', 'Hướng dẫn sử dụng (tiếng Anh)', 'Usage in English', false),
    column('standards', 'Tiêu chuẩn', 'Standards', false, ['tieu chuan ap dung']),
    column('warnings', 'Cảnh báo', 'Warnings', false),
    column('warnings_en', 'Cảnh báo (tiếng Anh)', 'Warnings in English', false),
    column('description', 'Mô tả', 'Description', false, ['gioi thieu']),
    column('description_en', 'Mô tả (tiếng Anh)', 'Description in English', false),
  ],
  evaluations: [
    column('product', 'Mã sản phẩm', 'Product', true, [], { instead: ['product_name'] }),
    ...NAMES_OF_PRODUCT,
    column('round', 'Đợt hội đồng', 'Round', true, ['dot', 'dot danh gia', 'dot xet', 'hoi dong dot', 'dot cham'], {
      mend: roundOfMonth,
    }),
    column(
      'held_on',
      'Ngày họp',
      'Held on',
      true,
      ['ngay danh gia', 'ngay', 'ngay cham', 'ngay to chuc', 'ngay hop hoi dong'],
      { isFigure: true },
    ),
    column(
      'score',
      'Điểm',
      'Score',
      true,
      ['diem trung binh', 'tong diem', 'diem danh gia', 'so diem', 'diem tb', 'ket qua cham'],
      { isFigure: true },
    ),
    column('minimum_stars', 'Sao tối thiểu đạt', 'Minimum stars', true, ['sao cao nhat du tieu chi toi thieu'], {
      instead: ['stars'],
      isFigure: true,
    }),
    column('stars', 'Số sao', 'Stars', false, STARS, { isFigure: true }),
    column('decision', 'Số quyết định', 'Decision', false, ['quyet dinh', 'so quyet dinh cong nhan', 'so qd']),
  ],
  certificates: [
    column('product', 'Mã sản phẩm', 'Product', true, [], { instead: ['product_name', 'producer'] }),
    ...NAMES_OF_PRODUCT,
    column('producer', 'Mã chủ thể', 'Producer', false),
    column('scheme', 'Loại chứng nhận', 'Scheme', true, ['loai', 'chung nhan', 'loai giay'], {
      values: SCHEMES,
      instead: ['stars'],
    }),
    column('number', 'Số chứng nhận', 'Number', true, [
      'so',
      'so giay',
      'so giay chung nhan',
      'so gcn',
      'ma giay chung nhan',
      'so hieu',
    ]),
    column('issuer', 'Nơi cấp', 'Issuer', true, ['co quan cap', 'don vi cap', 'cap boi']),
    column('issued_on', 'Ngày cấp', 'Issued on', true, ['cap ngay', 'ngay cap giay chung nhan', 'ngay cap gcn'], {
      isFigure: true,
    }),
    column('stars', 'Số sao', 'Stars', false, STARS, { isFigure: true }),
    column(
      'expires_on',
      'Hiệu lực đến',
      'Expires on',
      false,
      ['ngay het han', 'het han', 'thoi han', 'het hieu luc', 'ngay het hieu luc'],
      { isFigure: true },
    ),
    column('extended_to', 'Gia hạn đến', 'Extended to', false, [], { isFigure: true }),
    column('evidence', 'Căn cứ gia hạn', 'Evidence of extension', false),
    column('revoked_on', 'Thu hồi từ', 'Revoked from', false, [], { isFigure: true }),
    column('reason', 'Lý do thu hồi', 'Reason of revocation', false),
  ],
};

/** The columns of exports and templates. */
export function writtenColumns(kind: RegistryKind): RegistryColumn[] {
  return REGISTRY_COLUMNS[kind].filter(({ isWritten }) => isWritten);
}

/**
 * A row's cells by our column names, with closed values in our words and leading zeros restored.
 * @param answers what people said that texts of closed columns mean, where we do not know it
 * @param said what the titles say of columns that the list does not have
 */
export function cellsOf(
  kind: RegistryKind,
  columns: Readonly<Record<string, number>>,
  row: readonly string[],
  answers: Answers,
  said: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const cells: Record<string, string> = {};
  for (const { key, values, digits, mend } of REGISTRY_COLUMNS[kind]) {
    const at = columns[key];
    const text = at === undefined ? said[key] : (row[at] ?? '');
    if (text === undefined) continue;
    const read = readCell(text, { values, digits, mend });
    const isUnknown = values !== null && read !== '' && !Object.hasOwn(values, read);
    cells[key] = isUnknown ? (answeredValue(answers, key, read) ?? read) : read;
  }
  return cells;
}

/** A number that is cut further is a slip of the pen. */
const ZEROS_CUT_MAX = 6;

function readCell(text: string, { values, digits, mend }: Pick<RegistryColumn, 'values' | 'digits' | 'mend'>): string {
  if (values !== null) return readValue(text, values);
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
  more: Partial<Pick<RegistryColumn, 'instead' | 'isWritten' | 'values' | 'digits' | 'isFigure' | 'mend'>> = {},
): RegistryColumn {
  return {
    key,
    vi,
    en,
    needed,
    also,
    instead: [],
    isWritten: true,
    values: null,
    digits: null,
    isFigure: false,
    mend: null,
    ...more,
  };
}
