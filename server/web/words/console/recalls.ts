// The words of recalls: what it touches, what consumers are told, who withdrew it.

const vi = {
  title: 'Thu hồi', lead: 'Từ lúc ghi lệnh, mọi con tem trong phạm vi báo ngay cho người quét.', add: 'Thu hồi hàng',
  empty: 'Chưa có lệnh thu hồi nào', emptyText: 'Khi hàng có vấn đề, ghi lệnh thu hồi ở đây: trang quét đổi trong vài giây.',
  heads: { what: 'Phạm vi', product: 'Sản phẩm', reason: 'Lý do', at: 'Từ lúc', state: 'Tình trạng', producer: 'Chủ thể' },
  states: { standing: 'đang thu hồi', withdrawn: 'đã rút' },
  scope: {
    product: 'Toàn bộ sản phẩm', lot: (number: string): string => `Lô ${number}`, range: (batch: string, from: string, to: string): string => `Tem ${from} đến ${to}, đợt ${batch}`,
  },
  new: {
    title: 'Thu hồi hàng', findLead: 'Trước hết, tìm thứ cần thu hồi. Chưa có gì thay đổi cho đến bước cuối.', find: 'Tìm', findOwn: 'Số lô', findAny: 'Số lô, tên sản phẩm hoặc mã đợt tem',
    findHint: 'CMT-2611-01', none: 'Không tìm thấy', noneText: 'Xin gõ đủ số lô, một phần tên sản phẩm, hoặc đủ sáu ký tự của đợt tem.',
    lots: 'Lô hàng', latestLots: 'Lô mới nhất', products: 'Cả sản phẩm', batches: 'Một dải tem', choose: 'Chọn',
    rangeTitle: 'Dải tem cần thu hồi', from: 'Từ tem số', to: 'Đến tem số', rangeHint: (quantity: string): string => `Đợt này có ${quantity} tem.`, rangeFault: (quantity: string): string => `Xin ghi hai số từ 1 đến ${quantity}, số sau không nhỏ hơn số trước.`, preview: 'Xem trước',
  },
  preview: {
    title: 'Lệnh này sẽ chạm tới', stamps: 'Tem', active: 'Đang kích hoạt', scanned: 'Đã có người quét', voided: 'Đã hủy', batches: 'Đợt tem', ranges: 'Số tem', atLeast: 'Số đếm tối thiểu: chưa xem hết mọi lượt quét.',
    where: 'Đã được quét ở', nowhere: 'Chưa có lượt quét nào.', unknown: 'không rõ nơi', none: 'Phạm vi này chưa có con tem nào. Lệnh vẫn ghi được, và có hiệu lực với tem gắn vào sau.',
    standing: 'Đã có lệnh thu hồi đang đứng cho chính phạm vi này', standingText: 'Ghi thêm một lệnh nữa thì người mua thấy lý do mới.', see: 'Xem lệnh ấy',
  },
  words: {
    title: 'Người quét sẽ đọc', lead: 'Viết ngắn, nói thẳng: chuyện gì, và người mua cần làm gì. Tiếng Anh cho khách nước ngoài.',
    reasonVi: 'Lý do (tiếng Việt)', reasonEn: 'Lý do (tiếng Anh)', adviceVi: 'Lời khuyên (tiếng Việt)', adviceEn: 'Lời khuyên (tiếng Anh)',
    reasonHint: 'Ví dụ: Kho lạnh mất điện hơn 12 giờ, cá có thể đã rã đông.', adviceHint: 'Ví dụ: Xin đừng ăn. Mang trả nơi mua để được hoàn tiền.',
    sure: (stamps: string): string => `Tôi hiểu: ${stamps} tem sẽ báo thu hồi ngay.`, submit: 'Thu hồi ngay', unsure: 'Xin đánh dấu vào ô này để chắc chắn.',
  },
  one: {
    title: 'Lệnh thu hồi', told: 'Người quét đọc', reason: 'Lý do', advice: 'Lời khuyên', inVietnamese: 'Tiếng Việt', inEnglish: 'Tiếng Anh', noEnglish: 'Chưa viết; khách đọc tiếng Việt.',
    touches: 'Đang chạm tới', withdraw: 'Rút lệnh thu hồi', withdrawText: 'Chỉ rút khi hàng đã được xử lý hoặc lệnh ghi nhầm. Lệnh đã rút vẫn còn trong sổ.', note: 'Vì sao rút', withdrawn: (at: string): string => `Đã rút lúc ${at}`,
    officeOnly: 'Chỉ văn phòng rút được lệnh thu hồi.', done: { made: 'Đã ghi lệnh thu hồi. Trang quét của các tem này đang báo người mua.', withdrawn: 'Đã rút lệnh thu hồi.' },
  },
};

export type RecallsWords = typeof vi;

const en: RecallsWords = {
  title: 'Recalls', lead: 'From the moment it is recorded, every stamp within it tells whoever scans.', add: 'Recall goods',
  empty: 'There is no recall yet', emptyText: 'When something is wrong with goods, record it here: scan pages change within seconds.',
  heads: { what: 'What', product: 'Product', reason: 'Reason', at: 'Since', state: 'State', producer: 'Producer' },
  states: { standing: 'standing', withdrawn: 'withdrawn' },
  scope: { product: 'The whole product', lot: (number) => `Lot ${number}`, range: (batch, from, to) => `Stamps ${from} to ${to}, batch ${batch}` },
  new: {
    title: 'Recall goods', findLead: 'First find what is to be recalled. Nothing changes before the last step.', find: 'Find', findOwn: 'Lot number', findAny: 'Lot number, name of a product, or batch',
    findHint: 'CMT-2611-01', none: 'Nothing found', noneText: 'Please type the whole lot number, a part of the product’s name, or all six symbols of the batch.',
    lots: 'Lots', latestLots: 'Latest lots', products: 'Whole products', batches: 'A range of stamps', choose: 'Choose',
    rangeTitle: 'Which stamps', from: 'From serial', to: 'To serial', rangeHint: (quantity) => `This batch has ${quantity} stamps.`, rangeFault: (quantity) => `Please give two serials from 1 to ${quantity}, the second not below the first.`, preview: 'Preview',
  },
  preview: {
    title: 'It will touch', stamps: 'Stamps', active: 'Active', scanned: 'Scanned already', voided: 'Void', batches: 'Batch', ranges: 'Serials', atLeast: 'At least: not every scan was looked through.',
    where: 'Scanned in', nowhere: 'No scan yet.', unknown: 'place not known', none: 'There is no stamp within it yet. It can be recorded all the same, and holds for stamps tied to it later.',
    standing: 'A recall of just this stands already', standingText: 'With another one buyers see the newer reason.', see: 'See that recall',
  },
  words: {
    title: 'Whoever scans will read', lead: 'Short and plain: what happened, and what the buyer should do. English for visitors.',
    reasonVi: 'Reason (Vietnamese)', reasonEn: 'Reason (English)', adviceVi: 'Advice (Vietnamese)', adviceEn: 'Advice (English)',
    reasonHint: 'For example: The cold store was without power for over 12 hours; the fish may have thawed.', adviceHint: 'For example: Please do not eat it. Take it back to the shop for a refund.',
    sure: (stamps) => `I understand: ${stamps} stamps will speak of a recall at once.`, submit: 'Recall now', unsure: 'Please tick this box to be sure.',
  },
  one: {
    title: 'Recall', told: 'Whoever scans reads', reason: 'Reason', advice: 'Advice', inVietnamese: 'Vietnamese', inEnglish: 'English', noEnglish: 'Not written; visitors read Vietnamese.',
    touches: 'It touches', withdraw: 'Withdraw the recall', withdrawText: 'Only once the goods are dealt with, or if it was a mistake. A withdrawn recall stays on record.', note: 'Why it is withdrawn', withdrawn: (at) => `Withdrawn ${at}`,
    officeOnly: 'Only the office withdraws a recall.', done: { made: 'The recall is recorded. The scan pages of these stamps tell buyers now.', withdrawn: 'The recall is withdrawn.' },
  },
};

export function recallsWordsOf(language: 'vi' | 'en'): RecallsWords {
  return language === 'en' ? en : vi;
}
