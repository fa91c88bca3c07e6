// The words of the look-ups of stamps.

export const scans = {
  parts: { scans: 'Lượt quét', cases: 'Tem có thể bị sao chép', complaints: 'Phản ánh', findings: 'Phát hiện' },
  partsName: 'Theo dõi tem',
  office: 'Văn phòng',
  producer: 'Chủ thể',
  product: 'Sản phẩm',
  batch: 'Đợt tem',
  lot: 'Lô',
  serial: 'Số tem',
  any: 'Tất cả',
  show: 'Xem',
  scans: {
    title: 'Lượt quét',
    from: 'Từ ngày',
    to: 'Đến ngày',
    lead: (scans: string, from: string, to: string) => `${scans} lượt quét từ ${from} đến ${to}.`,
    byDay: 'Theo ngày',
    daySentence: (scans: string, days: string, most: string, on: string) =>
      `${scans} lượt trong ${days} ngày, nhiều nhất ${most} lượt ngày ${on}.`,
    noneSentence: (days: string) => `Không có lượt quét nào trong ${days} ngày.`,
    odd: 'Cột nâu: ngày có tem đang bị nghi sao chép được quét.',
    day: 'Ngày',
    scans: 'Lượt quét',
    today: 'hôm nay',
    byProvince: 'Theo tỉnh',
    provinceSentence: (count: string, first: string) => `Tem được quét ở ${count} tỉnh, nhiều nhất ở ${first}.`,
    provinceNone: 'Chưa biết lượt quét đến từ đâu.',
    province: 'Tỉnh',
    unknown: 'Không rõ',
    others: (count: string) => `${count} tỉnh khác`,
    firsts: 'Lần đầu và quét lại',
    firstsSentence: (first: string, repeats: string) =>
      `Từ trước đến nay: ${first} tem được quét lần đầu, ${repeats} lượt quét lại.`,
    first: 'Lần đầu',
    repeats: 'Quét lại',
    ofStamps: (scanned: string, stamps: string) => `${scanned}/${stamps} tem đã cấp đã có người quét.`,
    batches: 'Theo đợt tem',
    batchesText: (shown: string, scanned: string, all: string) =>
      `${shown} đợt được quét nhiều nhất, trong ${scanned} đợt có lượt quét; tất cả ${all} đợt.`,
    visitorDays: 'Lượt người quét',
    issued: 'Đã cấp',
    stampsScanned: 'Tem được quét',
    ever: 'Số của đợt tính từ khi cấp.',
    empty: 'Chưa có đợt tem nào',
    emptyText: 'Khi tem được in và quét, lượt quét hiện ở đây.',
    tooMany: 'Nhiều đợt tem quá. Xin chọn một chủ thể.',
    period: 'Khoảng ngày dài nhất là 92 ngày, và ngày cuối không trước ngày đầu.',
    noScans: 'Chưa có lượt quét nào',
  },
};

export type ScansWords = typeof scans;
