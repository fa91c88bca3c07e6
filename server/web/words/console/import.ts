// The words of importing and exporting the registry.

import type { ImportState, RegistryKind, RowOutcome } from '../../../domain/registry-import.ts';

const viKinds: Readonly<Record<RegistryKind, string>> = { producers: 'Chủ thể', products: 'Sản phẩm', evaluations: 'Đánh giá', certificates: 'Chứng nhận' };
const enKinds: Readonly<Record<RegistryKind, string>> = { producers: 'Producers', products: 'Products', evaluations: 'Evaluations', certificates: 'Certificates' };
const viStates: Readonly<Record<ImportState, string>> = { matching: 'chờ ghép cột', checking: 'đang thử', checked: 'đã thử, chờ ghi', applying: 'đang ghi', applied: 'đã ghi xong', failed: 'không xong', cancelled: 'đã bỏ' };
const enStates: Readonly<Record<ImportState, string>> = { matching: 'waits for its columns', checking: 'being tried', checked: 'tried, not yet applied', applying: 'being applied', applied: 'applied', failed: 'not finished', cancelled: 'given up' };
const viOutcomes: Readonly<Record<RowOutcome, string>> = { new: 'mới', changed: 'thay đổi', same: 'như cũ', wrong: 'chưa đúng' };
const enOutcomes: Readonly<Record<RowOutcome, string>> = { new: 'new', changed: 'changed', same: 'same', wrong: 'wrong' };

const vi = {
  title: 'Nhập và xuất',
  lead: 'Lấy danh sách từ Excel hoặc CSV, và xuất ra lại. Luôn thử trước: chưa bấm ghi thì chưa có gì thay đổi.',
  kinds: viKinds, states: viStates, outcomes: viOutcomes,
  upload: 'Nhập một tệp', file: 'Tệp .xlsx hoặc .csv', fileHint: 'Dòng đầu là tên cột; đến 20.000 dòng, 8 MB. Công thức không bao giờ được chạy.', office: 'Vào văn phòng nào', send: 'Đọc tệp',
  templates: 'Mẫu để điền', templatesHint: 'Tên cột bằng tiếng Việt, kèm một trang giải thích. Điền chủ thể trước, rồi sản phẩm, đánh giá, chứng nhận.',
  exports: 'Xuất danh sách', exportsHint: 'Nhập lại tệp đã xuất thì không có gì thay đổi.',
  excel: 'Excel', csv: 'CSV', past: 'Các lần nhập', caption: 'Các lần nhập', fileColumn: 'Tệp', what: 'Danh sách', rows: 'Dòng', state: 'Trạng thái', at: 'Lúc',
  sheetHelp: 'Hướng dẫn', helpHeads: ['Cột', 'Bắt buộc', 'Điền gì'], yes: 'có', no: 'không',
  match: {
    title: 'Ghép cột', lead: (rows: string): string => `${rows} dòng. Xem cột nào của tệp là mục nào; chúng tôi đã đoán sẵn theo tên cột.`, kind: 'Đây là danh sách', kindHint: 'Đổi danh sách rồi bấm Ghép lại để đoán lại các cột.', again: 'Ghép lại', none: '(không có trong tệp)', needed: 'bắt buộc', sample: 'Ba dòng đầu của tệp', check: 'Thử trước, chưa ghi gì', missing: 'Mục này cần một cột của tệp.', twice: 'Có cột được chọn hai lần. Xin xem lại.',
  },
  work: {
    checking: 'Đang thử từng dòng', applying: 'Đang ghi từng dòng', checked: 'Kết quả thử', checkedLead: 'Chưa ghi gì. Xem từng dòng rồi bấm ghi.', applied: 'Đã ghi xong', failed: 'Lần nhập này không xong', failedText: 'Tài khoản của người nhập đã bị khóa. Những dòng đã ghi vẫn còn; xin nhập lại tệp bằng tài khoản khác.', cancelled: 'Lần nhập này đã bỏ', cancelledText: 'Những dòng đã ghi, nếu có, vẫn còn.',
    apply: (rows: string): string => `Ghi ${rows} dòng`, nothing: 'Không có gì để ghi: mọi dòng như cũ hoặc chưa đúng.', rematch: 'Ghép lại cột', cancel: 'Bỏ lần nhập này', stop: 'Dừng lại', outcome: 'Kết quả', anyOutcome: 'Mọi dòng', line: 'Dòng', row: 'Nội dung', why: 'Ghi chú', more: 'Xem tiếp', fromTo: (before: string, after: string): string => `${before || '–'} → ${after || '–'}`, wrongText: (count: string): string => `${count} dòng chưa đúng sẽ bị bỏ qua. Sửa trong tệp rồi nhập lại: các dòng khác không đổi.`, summary: 'Tóm tắt', newBatch: 'Nhập tệp khác', noRows: 'Không có dòng nào như vậy.',
  },
  fileFaults: {
    empty: 'Tệp này trống.', 'too-large': 'Tệp này quá lớn: đến 8 MB, 20.000 dòng, 60 cột.', 'no-rows': 'Tệp chỉ có tên cột, chưa có dòng nào.', encoding: 'Tệp này không phải Excel (.xlsx), cũng không phải CSV dạng UTF-8. Trong Excel, hãy lưu dạng .xlsx.', format: 'Tệp này không phải Excel (.xlsx) hoặc bị hỏng. Tệp .xls cũ: hãy mở và lưu dạng .xlsx.', csv: 'Tệp CSV này không đọc được. Xin xem lại dấu ngoặc kép.',
  },
  /** What is wrong in a cell, by the code of the fault. */
  rowFaults: {
    required: 'còn trống', 'invalid-type': 'còn trống hoặc chưa đúng dạng', 'too-small': 'còn trống hoặc quá nhỏ', 'too-big': 'quá dài hoặc quá lớn', 'invalid-value': 'không có giá trị này', 'invalid-format': 'chưa đúng dạng', 'invalid-union': 'chưa đúng dạng', custom: 'chưa đúng', taken: 'đã có nơi khác dùng', absent: 'không tìm thấy mã này', repeated: 'dòng này lặp lại một dòng trên', 'other-producer': 'sản phẩm đã ghi cho chủ thể khác', 'other-group': 'bộ này thuộc nhóm khác', 'not-as-computed': 'điểm và tiêu chí cho số sao khác', 'certificate-rests-on-it': 'đã có chứng nhận theo số sao cũ', 'not-as-evaluated': 'khác số sao của đánh giá', 'too-few-stars': 'dưới 3 sao không có chứng nhận', 'not-for-scheme': 'chỉ dành cho OCOP', 'before-issue': 'trước ngày cấp', 'not-after-end': 'phải sau ngày hết hạn', 'extension-too-long': 'quá 180 ngày', 'no-end-to-extend': 'chứng nhận không có hạn', 'without-gtin': 'chưa có GTIN', 'other-product': 'đánh giá của sản phẩm khác', 'one-of': 'chỉ một: sản phẩm hoặc chủ thể',
  },
  wrongCell: 'chưa đúng',
  /** What to fill in, by column; a column whose name says all has none. */
  columns: {
    ref: 'Mã riêng của văn phòng, ví dụ P01 hoặc S01. Nhập lại cùng mã là sửa mục ấy.', producer: 'Mã của chủ thể như trong danh sách chủ thể.', product: 'Mã của sản phẩm như trong danh sách sản phẩm.', kind: 'Một trong:', group: 'Một trong:', scheme: 'Một trong:',
    product_set: 'Số từ 1 đến 26 theo Quyết định 26/2026/QĐ-TTg; bộ phải thuộc nhóm.', score: 'Từ 0 đến 100, nhiều nhất hai số lẻ: 76,80.', minimum_stars: 'Số từ 1 đến 5: sao cao nhất mà mọi tiêu chí tối thiểu đều đạt.', stars: 'Có thể để trống: hệ thống tự tính.', held_on: '24/11/2026', issued_on: '24/11/2026', expires_on: 'Để trống: OCOP là 36 tháng.', extended_to: 'Nhiều nhất 180 ngày sau ngày hết hạn; kèm căn cứ.',
    gtin: '14 số, số cuối là số kiểm tra.', tax_code: '10 số, 10 số - 3 số, hoặc 12 số.', commune: 'Như khi chứng nhận.', commune_today: 'Nếu nay mang tên khác.', decision: 'Số quyết định; chứng nhận OCOP mang số ấy sẽ theo đánh giá này.', round: 'Năm và đợt: 2026-1', shelf_life_days: 'Số ngày.',
  } as Readonly<Record<string, string>>,
  done: { cancelled: 'Đã bỏ lần nhập.' },
};

export type ImportWords = typeof vi;

const en: ImportWords = {
  title: 'Import and export',
  lead: 'Take lists from Excel or CSV, and give them out again. Always tried first: until you apply, nothing changes.',
  kinds: enKinds, states: enStates, outcomes: enOutcomes,
  upload: 'Import a file', file: 'File, .xlsx or .csv', fileHint: 'The first line holds the heads; up to 20,000 rows, 8 MB. Formulas are never run.', office: 'Into which office', send: 'Read the file',
  templates: 'Templates to fill in', templatesHint: 'Vietnamese heads and a sheet that explains them. Producers first, then products, evaluations, certificates.',
  exports: 'Export a list', exportsHint: 'An exported file imported again changes nothing.',
  excel: 'Excel', csv: 'CSV', past: 'Imports so far', caption: 'Imports', fileColumn: 'File', what: 'List', rows: 'Rows', state: 'State', at: 'At',
  sheetHelp: 'Help', helpHeads: ['Column', 'Needed', 'What to fill in'], yes: 'yes', no: 'no',
  match: {
    title: 'Match the columns', lead: (rows) => `${rows} rows. Please see which column of the file is what; we have guessed by the heads.`, kind: 'This is a list of', kindHint: 'Change the list and press Match again to have the columns guessed anew.', again: 'Match again', none: '(not in the file)', needed: 'needed', sample: 'First three rows of the file', check: 'Try it, nothing is recorded yet', missing: 'This needs a column of the file.', twice: 'A column was chosen twice. Please check.',
  },
  work: {
    checking: 'Trying each row', applying: 'Applying each row', checked: 'What came of the trial', checkedLead: 'Nothing is recorded yet. See the rows, then apply.', applied: 'Applied', failed: 'This import did not finish', failedText: 'The account of whoever imported was shut. Rows that were applied stay; please import the file again with another account.', cancelled: 'This import was given up', cancelledText: 'Rows that were applied, if any, stay.',
    apply: (rows) => `Apply ${rows} rows`, nothing: 'There is nothing to apply: every row is the same or wrong.', rematch: 'Match the columns again', cancel: 'Give this import up', stop: 'Stop', outcome: 'Outcome', anyOutcome: 'All rows', line: 'Line', row: 'Row', why: 'Note', more: 'More', fromTo: (before, after) => `${before || '–'} → ${after || '–'}`, wrongText: (count) => `${count} wrong rows will be left out. Mend them in the file and import it again: the other rows stay as they are.`, summary: 'Summary', newBatch: 'Import another file', noRows: 'There is no such row.',
  },
  fileFaults: {
    empty: 'This file is empty.', 'too-large': 'This file is too large: up to 8 MB, 20,000 rows, 60 columns.', 'no-rows': 'The file has heads and no rows.', encoding: 'This file is neither Excel (.xlsx) nor CSV in UTF-8. In Excel, please save it as .xlsx.', format: 'This file is no Excel file (.xlsx), or is broken. An old .xls: please open it and save it as .xlsx.', csv: 'This CSV file cannot be read. Please check its quotes.',
  },
  rowFaults: {
    required: 'is empty', 'invalid-type': 'is empty or not of the right form', 'too-small': 'is empty or too small', 'too-big': 'is too long or too large', 'invalid-value': 'is no such value', 'invalid-format': 'is not of the right form', 'invalid-union': 'is not of the right form', custom: 'is not right', taken: 'is in use elsewhere', absent: 'names no record', repeated: 'repeats a row above', 'other-producer': 'is recorded as another producer’s', 'other-group': 'belongs to another group', 'not-as-computed': 'score and minimums give other stars', 'certificate-rests-on-it': 'a certificate rests on the old stars', 'not-as-evaluated': 'are not the evaluation’s stars', 'too-few-stars': 'under 3 stars there is no certificate', 'not-for-scheme': 'is for OCOP alone', 'before-issue': 'lies before the issue', 'not-after-end': 'must lie after the end', 'extension-too-long': 'is more than 180 days', 'no-end-to-extend': 'the certificate has no end', 'without-gtin': 'there is no GTIN', 'other-product': 'is of another product', 'one-of': 'only one: product or producer',
  },
  wrongCell: 'is not right',
  columns: {
    ref: 'The office’s own reference, like P01 or S01. The same reference again changes that record.', producer: 'The producer’s reference, as in the list of producers.', product: 'The product’s reference, as in the list of products.', kind: 'One of:', group: 'One of:', scheme: 'One of:',
    product_set: 'A number from 1 to 26 by Decision 26/2026/QĐ-TTg; the set must belong to the group.', score: 'From 0 to 100 with at most two decimals: 76.80.', minimum_stars: 'From 1 to 5: the highest star whose minimum criteria all hold.', stars: 'May be left blank: it is computed.', held_on: '24/11/2026', issued_on: '24/11/2026', expires_on: 'Left blank: 36 months for OCOP.', extended_to: 'At most 180 days past the end; with evidence.',
    gtin: '14 digits, the last one a check digit.', tax_code: '10 digits, 10 - 3, or 12.', commune: 'As certified.', commune_today: 'Where it has another name today.', decision: 'Number of the decision; an OCOP certificate of that number rests on this evaluation.', round: 'Year and round: 2026-1', shelf_life_days: 'Days.',
  },
  done: { cancelled: 'The import was given up.' },
};

export function importWordsOf(language: 'vi' | 'en'): ImportWords {
  return language === 'en' ? en : vi;
}
