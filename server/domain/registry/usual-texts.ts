// What we offer ourselves for a product's record, each in both languages: containers and measures of units, ways to
// store and to use, warnings. A record that uses these words has its English without anybody writing it; the office's
// own English comes first. What is not in these tables stands in Vietnamese only, and pages say so.

export interface UsualText {
  vi: string;
  en: string;
}

const usual = (vi: string, en: string): UsualText => ({ vi, en });

export const USUAL_STORAGE: readonly UsualText[] = [
  usual('Nơi khô ráo', 'In a dry place'),
  usual('Nơi thoáng mát', 'In a cool, airy place'),
  usual('Nơi mát', 'In a cool place'),
  usual('Nơi khô mát', 'In a cool, dry place'),
  usual('Nơi khô ráo, thoáng mát', 'In a dry, airy place'),
  usual('Tránh nắng', 'Out of direct sunlight'),
  usual('Nơi khô ráo, tránh nắng', 'In a dry place, out of direct sunlight'),
  usual('Ngăn mát', 'In a refrigerator'),
  usual('Ngăn mát 0-4 °C', 'In a refrigerator at 0–4 °C'),
  usual('Cấp đông -18 °C', 'Frozen, at −18 °C'),
  usual('Đậy kín sau khi mở', 'Close tightly after opening'),
  usual('Giặt tay', 'Wash by hand'),
  usual('Giặt tay, phơi trong bóng râm', 'Wash by hand, dry in the shade'),
];

export const USUAL_USAGE: readonly UsualText[] = [
  usual('Rửa sạch trước khi dùng', 'Wash before use'),
  usual('Ăn ngay', 'Ready to eat'),
  usual('Nấu chín trước khi ăn', 'Cook thoroughly before eating'),
  usual('Rã đông rồi nấu chín trước khi ăn', 'Thaw, then cook thoroughly before eating'),
  usual('Hâm nóng trước khi ăn', 'Heat before eating'),
  usual('Pha với nước sôi', 'Brew with boiling water'),
  usual('Lắc đều trước khi dùng', 'Shake well before use'),
  usual('Dùng hết trong 3 ngày sau khi mở', 'Use within 3 days after opening'),
  usual('Dùng làm gia vị', 'Use as a spice'),
  usual('Chỉ dùng ngoài da', 'For external use only'),
];

export const USUAL_WARNINGS: readonly UsualText[] = [
  usual('Không dùng cho trẻ dưới 12 tháng', 'Not for children under 12 months'),
  usual('Không dùng cho người dưới 18 tuổi', 'Not for people under 18'),
  usual('Không dùng cho phụ nữ mang thai và cho con bú', 'Not for women who are pregnant or breast-feeding'),
  usual('Đã uống rượu, bia thì không lái xe', 'Do not drive after drinking alcohol'),
  usual('Không dùng nếu bao bì rách, phồng hoặc hở', 'Do not use if the pack is torn, swollen or open'),
  usual('Để xa tầm tay trẻ em', 'Keep out of the reach of children'),
  usual('Chỉ dùng ngoài da', 'For external use only'),
  usual('Dễ cháy, để xa lửa', 'Flammable: keep away from fire'),
  usual('Có xương nhỏ', 'May hold small bones'),
  usual(
    'Sản phẩm này không phải là thuốc, không có tác dụng thay thế thuốc chữa bệnh',
    'This product is not a medicine and does not replace medicine',
  ),
];

interface UnitWord {
  one: string;
  many: string;
}

const unit = (one: string, many = `${one}s`): UnitWord => ({ one, many });

/** What a stamp is stuck on: a container, or one piece of the goods. */
export const UNIT_CONTAINERS: Readonly<Record<string, UnitWord>> = {
  thùng: unit('box', 'boxes'),
  hộp: unit('box', 'boxes'),
  túi: unit('bag'),
  gói: unit('pack'),
  khay: unit('tray'),
  chai: unit('bottle'),
  lọ: unit('jar'),
  hũ: unit('jar'),
  bình: unit('jug'),
  can: unit('can'),
  lon: unit('can'),
  bao: unit('sack'),
  giỏ: unit('basket'),
  bó: unit('bunch', 'bunches'),
  vỉ: unit('tray'),
  cuộn: unit('roll'),
  bộ: unit('set'),
  cặp: unit('pair'),
  cái: unit('piece'),
  chiếc: unit('piece'),
  quả: unit('fruit', 'fruits'),
  trái: unit('fruit', 'fruits'),
  con: unit('whole animal'),
  cây: unit('plant'),
  củ: unit('bulb'),
  tấm: unit('sheet'),
  mét: unit('metre'),
  kg: unit('kg', 'kg'),
  lít: unit('litre'),
  suất: unit('serving'),
  vé: unit('ticket'),
  'vé lưu trú': unit('ticket for a stay', 'tickets for a stay'),
};

const MEASURES: Readonly<Record<string, string>> = { g: 'g', kg: 'kg', ml: 'ml', l: 'l', lít: 'l', cm: 'cm', m: 'm' };

/** `thùng 5 kg`: 5 kg box. `hộp 20 túi`: box of 20 bags. Null: words that are not ours. */
export function englishUnit(vietnamese: string): string | null {
  const text = vietnamese.normalize('NFC').trim().toLowerCase();
  const whole = UNIT_CONTAINERS[text];
  if (whole !== undefined) return whole.one;
  const [, container = '', count = '', what = ''] = /^(\p{L}+) (\d{1,5}(?:,\d{1,3})?) ?(\p{L}+)$/u.exec(text) ?? [];
  const outer = UNIT_CONTAINERS[container];
  if (outer === undefined) return null;
  const figure = count.replace(',', '.');
  const measure = MEASURES[what];
  if (measure !== undefined) return `${figure} ${measure} ${outer.one}`;
  const inner = UNIT_CONTAINERS[what];
  return inner === undefined ? null : `${outer.one} of ${figure} ${figure === '1' ? inner.one : inner.many}`;
}

/** The English of a text of which each line is one of the table's; null: not all of them are. */
export function englishOfUsual(vietnamese: string, table: readonly UsualText[]): string | null {
  const lines = vietnamese.split('\n').map(lineOf);
  const english = lines.map((line) => table.find(({ vi }) => lineOf(vi) === line)?.en ?? null);
  return english.every((line) => line !== null) ? english.join('\n') : null;
}

function lineOf(text: string): string {
  const line = text.normalize('NFC').trim().toLowerCase();
  return line.endsWith('.') ? line.slice(0, -1) : line;
}
