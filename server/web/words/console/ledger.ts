// The words of the stamps' ledger and of allowances.

const vi = {
  title: (year: string): string => `Sổ tem năm ${year}`,
  lead: 'Tem đã giao, in, kích hoạt, hủy, có người quét; so với hạn mức và sản lượng khai. Dòng có dấu ! là chỗ chưa khớp.',
  producer: 'Chủ thể',
  year: 'Năm',
  show: 'Xem',
  chooseProducer: 'Xin chọn một chủ thể',
  chooseText: 'Sổ tem là của từng chủ thể.',
  sums: {
    given: 'Đã giao',
    printed: 'Đã in',
    activated: 'Đã kích hoạt',
    voided: 'Đã hủy',
    scanned: 'Có người quét',
    inHand: 'Còn trong tay',
  },
  fits: 'Mọi con số đều khớp',
  odd: (count: string): string => `${count} chỗ chưa khớp`,
  oddText: 'Đây là câu hỏi, chưa phải kết luận. Lý do đứng cạnh từng dòng.',
  products: 'Theo sản phẩm',
  product: 'Sản phẩm',
  allowance: 'Hạn mức',
  declared: 'Sản lượng khai',
  noLimit: 'không giới hạn',
  used: (used: string, stamps: string): string => `${used} trong ${stamps}`,
  output: (declared: string, expected: string): string => `${declared} trong ${expected}`,
  lots: 'Theo lô',
  lot: 'Lô',
  rolls: 'Tem trắng',
  roll: 'Cuộn',
  given: 'Ngày giao',
  none: 'Chưa có tem nào trong năm này',
  noneText: 'Tem được ghi vào sổ khi cấp.',
  setAllowance: 'Đặt hạn mức',
  more: (count: string): string => `Còn ${count} lô nữa, xem bằng cách lọc đợt tem theo lô.`,
  oddities: {
    'beyond-allowance': (stamps: string, allowed: string): string => `Đã giao ${stamps} tem, hạn mức ${allowed}.`,
    'output-beyond-expected': (declared: string, expected: string): string => `Khai ${declared}, dự kiến ${expected}.`,
    'more-stamps-than-output': (stamps: string, declared: string): string =>
      `${stamps} tem đang dùng, lô chỉ khai ${declared}. Tem thừa có thể dán lên hàng khác.`,
    'active-not-printed': (stamps: string): string =>
      `${stamps} tem đã kích hoạt mà chưa thấy in: in từ bảng mã, hoặc chưa in.`,
    'scanned-not-active': (stamps: string): string =>
      `${stamps} tem đã có người quét mà chưa kích hoạt: hàng ra chợ trước khi ghi lô.`,
    'void-scanned': (serial: string, batch: string): string =>
      `Tem số ${serial} (đợt ${batch}) đã hủy mà vẫn có người quét: tem hủy đang ở ngoài chợ.`,
  },
  allowancePage: {
    title: (product: string): string => `Hạn mức tem: ${product}`,
    lead: 'Chủ thể in trong hạn mức thì không phải chờ. Quá hạn mức, đợt tem chờ văn phòng duyệt.',
    year: 'Năm',
    expected: 'Sản lượng dự kiến',
    expectedHint: (unit: string): string => `Tính bằng ${unit}.`,
    stamps: 'Số tem được cấp',
    save: 'Lưu hạn mức',
    used: (used: string): string => `Đã cấp ${used} tem trong năm này.`,
    done: 'Đã lưu hạn mức.',
  },
};

export type LedgerWords = typeof vi;

const en: LedgerWords = {
  title: (year) => `Ledger of stamps, ${year}`,
  lead: 'Stamps given, printed, activated, void, scanned, against allowance and declared output. A line with ! does not add up.',
  producer: 'Producer',
  year: 'Year',
  show: 'Show',
  chooseProducer: 'Please choose a producer',
  chooseText: 'A ledger is one producer’s.',
  sums: {
    given: 'Given',
    printed: 'Printed',
    activated: 'Activated',
    voided: 'Void',
    scanned: 'Scanned',
    inHand: 'Still in hand',
  },
  fits: 'All figures add up',
  odd: (count) => `${count} figures do not add up`,
  oddText: 'This is a question, not a verdict. The reason stands beside each line.',
  products: 'By product',
  product: 'Product',
  allowance: 'Allowance',
  declared: 'Declared output',
  noLimit: 'no limit',
  used: (used, stamps) => `${used} of ${stamps}`,
  output: (declared, expected) => `${declared} of ${expected}`,
  lots: 'By lot',
  lot: 'Lot',
  rolls: 'Blank stamps',
  roll: 'Roll',
  given: 'Given on',
  none: 'No stamps this year yet',
  noneText: 'Stamps enter the ledger when they are issued.',
  setAllowance: 'Set the allowance',
  more: (count) => `${count} lots more: filter the batches by lot to see them.`,
  oddities: {
    'beyond-allowance': (stamps, allowed) => `${stamps} stamps given, ${allowed} allowed.`,
    'output-beyond-expected': (declared, expected) => `${declared} declared, ${expected} expected.`,
    'more-stamps-than-output': (stamps, declared) =>
      `${stamps} stamps in use, the lot declares ${declared}. Stamps left over may stick on other goods.`,
    'active-not-printed': (stamps) =>
      `${stamps} active stamps without a print: printed from the list of codes, or not at all.`,
    'scanned-not-active': (stamps) =>
      `${stamps} stamps were scanned and are not active: goods reached the market before their lot was recorded.`,
    'void-scanned': (serial, batch) =>
      `Stamp ${serial} (batch ${batch}) is void and was scanned since: it is in the market.`,
  },
  allowancePage: {
    title: (product) => `Allowance of stamps: ${product}`,
    lead: 'Within it a producer prints without waiting. Beyond it, a batch waits for the office.',
    year: 'Year',
    expected: 'Expected output',
    expectedHint: (unit) => `In ${unit}.`,
    stamps: 'Stamps allowed',
    save: 'Save the allowance',
    used: (used) => `${used} stamps were issued this year.`,
    done: 'The allowance is saved.',
  },
};

export function ledgerWordsOf(language: 'vi' | 'en'): LedgerWords {
  return language === 'en' ? en : vi;
}
