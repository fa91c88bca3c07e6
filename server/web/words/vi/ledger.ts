// The words of the stamps' ledger and of allowances.

export const ledger = {
  title: (year: string) => `Sổ tem năm ${year}`,
  lead: 'Tem đã giao, in, kích hoạt, hủy, có người quét; so với hạn mức tem và sản lượng khai báo. Dòng có dấu ! là chỗ chưa khớp.',
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
    inHand: 'Còn tồn',
  },
  fits: 'Mọi con số đều khớp',
  notAllCounted: 'Chưa thấy chỗ nào lệch, nhưng chưa đếm được hết',
  noOutput: (lots: string) => `${lots} lô có tem mà chưa khai báo sản lượng: chưa so được tem với hàng.`,
  notDeclared: 'chưa khai báo',
  ofOtherYears: (stamps: string) => `trong đó ${stamps} tem của năm khác`,
  odd: (count: string) => `${count} chỗ chưa khớp`,
  oddText: 'Đây là điểm cần kiểm tra, chưa phải kết luận. Lý do ghi ở từng dòng.',
  products: 'Theo sản phẩm',
  product: 'Sản phẩm',
  allowance: 'Hạn mức tem',
  declared: 'Sản lượng khai báo',
  noLimit: 'không giới hạn',
  used: (used: string, stamps: string) => `${used}/${stamps}`,
  output: (declared: string, expected: string) => `${declared}/${expected}`,
  lots: 'Theo lô',
  lot: 'Lô',
  rolls: 'Tem trắng',
  roll: 'Cuộn',
  given: 'Ngày giao',
  none: 'Chưa có tem nào trong năm này',
  noneText: 'Tem được ghi vào sổ khi cấp.',
  setAllowance: 'Đặt hạn mức tem',
  oddities: {
    'beyond-allowance': (stamps: string, allowed: string) => `Đã cấp ${stamps} tem, hạn mức tem ${allowed}.`,
    'output-beyond-expected': (declared: string, expected: string) =>
      `Sản lượng khai báo ${declared}, dự kiến ${expected}.`,
    'more-stamps-than-output': (stamps: string, declared: string) =>
      `${stamps} tem đang dùng, sản lượng khai báo của lô chỉ ${declared}. Tem thừa có thể dán lên hàng khác.`,
    'active-not-printed': (stamps: string) => `${stamps} tem đã kích hoạt mà chưa có lần in nào: có thể in từ bảng mã.`,
    'scanned-not-active': (stamps: string) =>
      `${stamps} tem đã có người quét mà chưa kích hoạt: hàng ra chợ trước khi ghi lô.`,
    'void-scanned': (serial: string, batch: string) =>
      `Tem số ${serial} (đợt ${batch}) đã hủy mà vẫn có người quét: tem hủy đang ở ngoài chợ.`,
  },
  allowancePage: {
    title: (product: string) => `Hạn mức tem: ${product}`,
    lead: 'Chủ thể in trong hạn mức tem thì không phải chờ. Quá hạn mức tem, đợt tem chờ văn phòng duyệt.',
    year: 'Năm',
    expected: 'Sản lượng dự kiến',
    expectedHint: (unit: string) => `Tính bằng ${unit}.`,
    stamps: 'Hạn mức tem',
    save: 'Lưu hạn mức tem',
    used: (used: string) => `Đã cấp ${used} tem trong năm này.`,
    done: 'Đã lưu hạn mức tem.',
  },
};

export type LedgerWords = typeof ledger;
