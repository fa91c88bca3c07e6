// The words of what happened to stamps: scans, stamps that look copied, complaints, findings.

import type { CaseState } from '../../../domain/case.ts';
import type { ComplaintSubject, Finding } from '../../../domain/report.ts';
import type { Suspicion } from '../../../domain/suspect.ts';

const vi = {
  parts: { scans: 'Lượt quét', cases: 'Tem có thể bị sao chép', complaints: 'Phản ánh', findings: 'Phát hiện' },
  partsName: 'Chuyện của tem',
  office: 'Văn phòng', producer: 'Chủ thể', product: 'Sản phẩm', batch: 'Đợt tem', lot: 'Lô', serial: 'Số tem', any: 'Tất cả', show: 'Xem',
  scans: {
    title: 'Lượt quét', from: 'Từ ngày', to: 'Đến ngày',
    lead: (scans: string, from: string, to: string): string => `${scans} lượt quét từ ${from} đến ${to}.`,
    byDay: 'Theo ngày', daySentence: (scans: string, days: string, most: string, on: string): string => `${scans} lượt trong ${days} ngày, nhiều nhất ${most} lượt ngày ${on}.`,
    noneSentence: (days: string): string => `Không có lượt quét nào trong ${days} ngày.`,
    odd: 'Cột nâu: ngày có tem đang bị nghi sao chép được quét.', day: 'Ngày', scans: 'Lượt quét', today: 'hôm nay',
    byProvince: 'Theo tỉnh', provinceSentence: (count: string, first: string): string => `Tem được quét ở ${count} tỉnh, nhiều nhất ở ${first}.`, provinceNone: 'Chưa biết lượt quét đến từ đâu.',
    province: 'Tỉnh', unknown: 'Không rõ', others: (count: string): string => `${count} tỉnh khác`,
    firsts: 'Lần đầu và quét lại', firstsSentence: (first: string, repeats: string): string => `Từ trước đến nay: ${first} tem được quét lần đầu, ${repeats} lượt quét lại.`,
    first: 'Lần đầu', repeats: 'Quét lại', ofStamps: (scanned: string, stamps: string): string => `${scanned} trong ${stamps} tem đã phát hành đã có người quét.`,
    batches: 'Theo đợt tem', batchesText: (shown: string, scanned: string, all: string): string => `${shown} đợt được quét nhiều nhất, trong ${scanned} đợt có lượt quét; tất cả ${all} đợt.`,
    visitorDays: 'Lượt khách', issued: 'Đã phát hành', stampsScanned: 'Tem được quét', ever: 'Số của đợt tính từ khi phát hành.',
    empty: 'Chưa có đợt tem nào', emptyText: 'Khi tem được in và quét, lượt quét hiện ở đây.', tooMany: 'Nhiều đợt tem quá. Xin chọn một chủ thể.', period: 'Khoảng ngày dài nhất là 92 ngày, và ngày cuối không trước ngày đầu.',
    noScans: 'Chưa có lượt quét nào',
  },
  cases: {
    title: 'Tem có thể bị sao chép', lead: 'Cách các tem này được quét khó có thể là của một con tem. Đây là nghi vấn, không phải kết luận.',
    empty: 'Không có tem nào cần xem', emptyText: 'Tem có cách quét khác thường hiện ở đây trước khi người mua được báo.',
    state: 'Tình trạng', states: { new: 'mới', looking: 'đang xem', closed: 'đã đóng' } satisfies Record<CaseState, string>,
    why: 'Vì sao', seen: 'Lượt', places: 'Nơi quét', last: 'Lần cuối', told: 'Trang quét đã báo người mua', notTold: 'Trang quét chưa báo người mua',
    more: 'Còn nữa: các tem khác hiện ra khi những tem này được đóng.',
    reasons: {
      'far-apart': (n: string): string => `${n} lần được quét ở hai nơi quá xa nhau trong thời gian ngắn`,
      'strangers-after-pin': (n: string): string => `${n} lượt khách lạ sau khi mã cào đã dùng`,
      'many-visitors': (n: string): string => `${n} lượt khách trên một con tem`,
      'scanned-before-activation': (n: string): string => `${n} lượt quét khi tem chưa kích hoạt`,
      'pin-guessing': (n: string): string => `${n} lần thử mã cào sai liên tiếp`,
    } satisfies Record<Suspicion, (n: string) => string>,
    threshold: (n: string): string => `mở việc từ ${n}`,
    stamp: (batch: string, serial: string): string => `Tem ${serial}, đợt ${batch}`,
    scansOfStamp: 'Các lượt quét gần đây', at: 'Lúc', verdictAt: 'Trang đã trả lời', notCounted: 'không tính (lặp lại hoặc người đăng nhập)',
    handling: 'Xử lý', note: 'Ghi chú', noteHint: 'Đã gọi ai, thấy gì, sẽ làm gì. Chủ thể không thấy ghi chú này.', take: 'Bắt đầu xem', close: 'Đóng việc', save: 'Ghi lại',
    closedHint: 'Việc đã đóng chỉ mở lại khi có dấu hiệu mới.', handled: (day: string, state: string): string => `${state}, ${day}`, done: { handled: 'Đã ghi lại.' },
    advice: 'Nên làm', adviceText: ['Hỏi chủ thể xem tem ấy đã dán lên hàng nào, bán ở đâu.', 'Nếu tem đã mất: hủy số tem ấy. Nếu nhiều tem của đợt cùng bị: thu hồi dải tem.', 'Nếu là tem trưng bày: đánh dấu trưng bày để không bị nghi nữa.'],
    recall: 'Thu hồi dải tem', verdicts: { unknown: 'không tìm thấy', recalled: 'đang thu hồi', void: 'đã hủy', 'not-activated': 'chưa kích hoạt', suspect: 'cần kiểm tra thêm', expired: 'quá hạn', valid: 'hợp lệ' },
  },
  complaints: {
    title: 'Phản ánh của người mua', lead: 'Người mua gửi từ trang quét. Xin trả lời sớm nếu họ để lại cách liên hệ.',
    empty: 'Chưa có phản ánh nào', emptyText: 'Phản ánh của người mua hiện ở đây ngay khi họ gửi.',
    number: 'Số', about: 'Về việc', message: 'Nội dung', where: 'Mua ở', contact: 'Liên hệ', at: 'Gửi lúc', state: 'Tình trạng', note: 'Ghi chú xử lý', noteHint: 'Người mua và chủ thể không thấy ghi chú này.',
    states: { new: 'mới', looking: 'đang xem', closed: 'đã xong' },
    subjects: { 'wrong-product': 'Không đúng sản phẩm', opened: 'Đã bị mở', 'looks-copied': 'Tem giống bị sao chép', 'past-date': 'Quá hạn', other: 'Việc khác' } satisfies Record<ComplaintSubject, string>,
    one: (number: string): string => `Phản ánh ${number}`, save: 'Lưu', done: { saved: 'Đã lưu.' }, handle: 'Xử lý', stamp: 'Tem',
  },
  findings: {
    title: 'Phát hiện của người kiểm tra', empty: 'Chưa có phát hiện nào', emptyText: 'Người kiểm tra ghi phát hiện khi quét tem ở chợ.',
    at: 'Lúc', finding: 'Phát hiện', place: 'Nơi', note: 'Ghi chú',
    kinds: { 'in-order': 'bình thường', counterfeit: 'nghi giả', tampered: 'có dấu hiệu bóc, sửa', mismatch: 'không đúng hàng', expired: 'quá hạn', other: 'khác' } satisfies Record<Finding, string>,
  },
};

export type ScansWords = typeof vi;

const en: ScansWords = {
  parts: { scans: 'Scans', cases: 'Stamps that look copied', complaints: 'Complaints', findings: 'Findings' },
  partsName: 'What happened to stamps',
  office: 'Office', producer: 'Producer', product: 'Product', batch: 'Batch', lot: 'Lot', serial: 'Serial', any: 'All', show: 'Show',
  scans: {
    title: 'Scans', from: 'From', to: 'To',
    lead: (scans, from, to) => `${scans} scans from ${from} to ${to}.`,
    byDay: 'By day', daySentence: (scans, days, most, on) => `${scans} scans in ${days} days, the most ${most} on ${on}.`,
    noneSentence: (days) => `No scan in ${days} days.`,
    odd: 'Brown bar: a day on which a stamp that looks copied was scanned.', day: 'Day', scans: 'Scans', today: 'today',
    byProvince: 'By province', provinceSentence: (count, first) => `Stamps were scanned in ${count} provinces, the most in ${first}.`, provinceNone: 'It is not known where the scans came from.',
    province: 'Province', unknown: 'Not known', others: (count) => `${count} other provinces`,
    firsts: 'First scans and repeats', firstsSentence: (first, repeats) => `Ever: ${first} stamps scanned for the first time, ${repeats} scans again.`,
    first: 'First', repeats: 'Again', ofStamps: (scanned, stamps) => `${scanned} of ${stamps} issued stamps were scanned.`,
    batches: 'By batch', batchesText: (shown, scanned, all) => `The ${shown} batches scanned most, of ${scanned} with scans; ${all} batches in all.`,
    visitorDays: 'Visitor-days', issued: 'Issued', stampsScanned: 'Stamps scanned', ever: 'Figures of a batch are since its issue.',
    empty: 'There is no batch yet', emptyText: 'Once stamps are printed and scanned, their scans stand here.', tooMany: 'Too many batches. Please pick a producer.', period: 'A period is at most 92 days, and its last day is not before its first.',
    noScans: 'No scan yet',
  },
  cases: {
    title: 'Stamps that look copied', lead: 'These stamps were scanned as one stamp hardly could be. It is a suspicion, not a conclusion.',
    empty: 'No stamp needs a look', emptyText: 'Stamps scanned in an unusual way stand here before buyers are told.',
    state: 'State', states: { new: 'new', looking: 'being looked at', closed: 'closed' },
    why: 'Why', seen: 'Scans', places: 'Places', last: 'Last', told: 'Buyers are told on the scan page', notTold: 'Buyers are not told',
    more: 'There are more: others come up as these are closed.',
    reasons: {
      'far-apart': (n) => `scanned ${n} times in two places too far apart for the time between`,
      'strangers-after-pin': (n) => `${n} strangers after the scratch code was used`,
      'many-visitors': (n) => `${n} visitor-days on one stamp`,
      'scanned-before-activation': (n) => `${n} scans before it was activated`,
      'pin-guessing': (n) => `${n} wrong scratch codes in a row`,
    },
    threshold: (n) => `a case from ${n}`,
    stamp: (batch, serial) => `Stamp ${serial}, batch ${batch}`,
    scansOfStamp: 'Latest scans', at: 'At', verdictAt: 'The page said', notCounted: 'not counted (a repeat, or somebody signed in)',
    handling: 'Handling', note: 'Note', noteHint: 'Who was called, what was seen, what comes next. The producer does not see this note.', take: 'Look into it', close: 'Close the case', save: 'Write down',
    closedHint: 'A closed case opens again only with something new.', handled: (day, state) => `${state}, ${day}`, done: { handled: 'Written down.' },
    advice: 'What to do', adviceText: ['Ask the producer which goods the stamp was stuck on, and where they were sold.', 'If the stamp is lost, void its serial. If many stamps of the batch are affected, recall the range.', 'If it is a display stamp, mark it so and it is suspected no more.'],
    recall: 'Recall a range', verdicts: { unknown: 'not found', recalled: 'recalled', void: 'void', 'not-activated': 'not activated', suspect: 'check further', expired: 'past its date', valid: 'valid' },
  },
  complaints: {
    title: 'Complaints of buyers', lead: 'Sent by buyers from the scan page. Please answer soon where they left a way to reach them.',
    empty: 'There is no complaint yet', emptyText: 'Complaints of buyers stand here as soon as they are sent.',
    number: 'Number', about: 'About', message: 'Message', where: 'Bought at', contact: 'Contact', at: 'Sent', state: 'State', note: 'Note on its handling', noteHint: 'Neither the buyer nor the producer sees this note.',
    states: { new: 'new', looking: 'being looked at', closed: 'done' },
    subjects: { 'wrong-product': 'Not this product', opened: 'Was opened', 'looks-copied': 'Stamp looks copied', 'past-date': 'Past its date', other: 'Something else' },
    one: (number) => `Complaint ${number}`, save: 'Save', done: { saved: 'Saved.' }, handle: 'Handle', stamp: 'Stamp',
  },
  findings: {
    title: 'Findings of inspectors', empty: 'There is no finding yet', emptyText: 'Inspectors record what they find when they scan stamps at a market.',
    at: 'At', finding: 'Finding', place: 'Place', note: 'Note',
    kinds: { 'in-order': 'in order', counterfeit: 'suspected counterfeit', tampered: 'tampered with', mismatch: 'not these goods', expired: 'past its date', other: 'other' },
  },
};

export function scansWordsOf(language: 'vi' | 'en'): ScansWords {
  return language === 'en' ? en : vi;
}
