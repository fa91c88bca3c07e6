// The words of the stamps' ledger and of allowances.

export const ledger = {
  title: (year: string) => `Sổ tem năm ${year}`,
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
  notAllCounted: 'Chưa thấy chỗ nào lệch, nhưng chưa đếm được hết',
  noOutput: (lots: string) => `${lots} lô có tem mà chưa khai sản lượng: chưa so được tem với hàng.`,
  notDeclared: 'chưa khai',
  ofOtherYears: (stamps: string) => `trong đó ${stamps} tem của năm khác`,
  odd: (count: string) => `${count} chỗ chưa khớp`,
  oddText: 'Đây là câu hỏi, chưa phải kết luận. Lý do đứng cạnh từng dòng.',
  products: 'Theo sản phẩm',
  product: 'Sản phẩm',
  allowance: 'Hạn mức',
  declared: 'Sản lượng khai',
  noLimit: 'không giới hạn',
  used: (used: string, stamps: string) => `${used} trong ${stamps}`,
  output: (declared: string, expected: string) => `${declared} trong ${expected}`,
  lots: 'Theo lô',
  lot: 'Lô',
  rolls: 'Tem trắng',
  roll: 'Cuộn',
  given: 'Ngày giao',
  none: 'Chưa có tem nào trong năm này',
  noneText: 'Tem được ghi vào sổ khi cấp.',
  setAllowance: 'Đặt hạn mức',
  oddities: {
    'beyond-allowance': (stamps: string, allowed: string) => `Đã giao ${stamps} tem, hạn mức ${allowed}.`,
    'output-beyond-expected': (declared: string, expected: string) => `Khai ${declared}, dự kiến ${expected}.`,
    'more-stamps-than-output': (stamps: string, declared: string) =>
      `${stamps} tem đang dùng, lô chỉ khai ${declared}. Tem thừa có thể dán lên hàng khác.`,
    'active-not-printed': (stamps: string) =>
      `${stamps} tem đã kích hoạt mà chưa thấy in: in từ bảng mã, hoặc chưa in.`,
    'scanned-not-active': (stamps: string) =>
      `${stamps} tem đã có người quét mà chưa kích hoạt: hàng ra chợ trước khi ghi lô.`,
    'void-scanned': (serial: string, batch: string) =>
      `Tem số ${serial} (đợt ${batch}) đã hủy mà vẫn có người quét: tem hủy đang ở ngoài chợ.`,
  },
  allowancePage: {
    title: (product: string) => `Hạn mức tem: ${product}`,
    lead: 'Chủ thể in trong hạn mức thì không phải chờ. Quá hạn mức, đợt tem chờ văn phòng duyệt.',
    year: 'Năm',
    expected: 'Sản lượng dự kiến',
    expectedHint: (unit: string) => `Tính bằng ${unit}.`,
    stamps: 'Số tem được cấp',
    save: 'Lưu hạn mức',
    used: (used: string) => `Đã cấp ${used} tem trong năm này.`,
    done: 'Đã lưu hạn mức.',
  },
};

export type LedgerWords = typeof ledger;
