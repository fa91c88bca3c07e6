// The words of lots and their journeys.

const vi = {
  title: 'Lô hàng',
  lead: 'Mỗi lô là hàng làm ra cùng điều kiện; tem gắn vào lô.',
  empty: 'Chưa có lô hàng nào', emptyText: 'Lô được lập khi bạn in tem, hoặc lập trước ở đây để kích hoạt tem trắng.',
  add: 'Lập lô mới', number: 'Số lô', product: 'Sản phẩm', producedOn: 'Ngày làm ra', expiresOn: 'Hạn dùng', declared: 'Sản lượng khai', active: 'Tem', events: 'Sự kiện',
  isActive: 'đang dùng', isFree: 'chưa kích hoạt', filterNumber: 'Tìm theo số lô', count: (count: string): string => `${count} sự kiện`,
  form: {
    title: 'Lập lô mới', editTitle: (number: string): string => `Sửa lô ${number}`, submit: 'Lập lô', save: 'Lưu',
    declaredHint: (unit: string): string => `Tính bằng ${unit}.`, note: 'Ghi chú', edit: 'Sửa lô', activeNote: 'Lô đã có tem kích hoạt: đổi số lô, ngày hay sản phẩm cần văn phòng duyệt.',
    fixedNote: 'Số lô và ngày đã in trong mã QR, không đổi được nữa.', taken: 'Sản phẩm này đã có lô mang số ấy.', order: 'Hạn dùng đứng trước ngày làm ra.',
  },
  page: {
    title: (number: string): string => `Lô ${number}`,
    print: 'In tem cho lô này', batches: 'Các đợt tem', corrected: 'Đã sửa ngày', note: 'Ghi chú',
    done: { made: 'Đã lập lô.', saved: 'Đã lưu.', added: 'Đã ghi sự kiện.', copied: 'Đã chép nhật ký. Xin xem lại từng dòng; dòng chưa xem thì người mua chưa thấy.', settled: 'Đã xem.', dropped: 'Đã bỏ.' },
  },
  journey: {
    title: 'Hành trình',
    add: 'Ghi một sự kiện', step: 'Việc gì', otherStep: 'Việc khác', when: 'Ngày', time: 'Giờ', place: 'Ở đâu', photo: 'Ảnh', photoHint: 'Chụp ngay hoặc chọn ảnh. JPEG, PNG, WebP.', note: 'Ghi chú', by: 'Ai làm',
    public: 'Người mua được xem', submit: 'Ghi', more: 'Thêm chi tiết',
    none: 'Chưa ghi sự kiện nào.',
    hidden: 'không công khai', at: (when: string): string => when,
    copy: (number: string): string => `Chép từ lô ${number}`,
    copyText: 'Ngày được dời theo lô này. Mỗi dòng chép chờ bạn xem lại trước khi người mua thấy.',
    waits: 'Chép từ lô trước, chưa xem', holds: 'Đúng vậy', drop: 'Bỏ dòng này', day: 'Ngày đúng',
    sameTitle: 'Nhật ký giống hệt lô trước',
    same: (numbers: string): string => `Các việc và số ngày giữa chúng trùng từng ngày với lô ${numbers}. Nếu ghi thật thì không sao; nếu chép lại, xin sửa theo ngày đã làm.`,
    faults: { step: 'Xin chọn hoặc viết việc đã làm.', future: 'Xin chọn ngày đã qua.', time: 'Xin ghi giờ như 14:05.', photo: 'Không đọc được ảnh này. Xin chọn ảnh JPEG, PNG hoặc WebP.', many: 'Lô này đã có quá nhiều sự kiện.', noEvents: 'Lô ấy không có gì thêm để chép.' },
  },
};

export type LotsWords = typeof vi;

const en: LotsWords = {
  title: 'Lots',
  lead: 'A lot is goods made under the same circumstances; stamps stand for it.',
  empty: 'There is no lot yet', emptyText: 'A lot is made when you print stamps, or here beforehand to activate blank ones.',
  add: 'Make a lot', number: 'Lot number', product: 'Product', producedOn: 'Made on', expiresOn: 'Best before', declared: 'Declared output', active: 'Stamps', events: 'Events',
  isActive: 'in use', isFree: 'not activated', filterNumber: 'Find by lot number', count: (count) => `${count} events`,
  form: {
    title: 'Make a lot', editTitle: (number) => `Change lot ${number}`, submit: 'Make the lot', save: 'Save',
    declaredHint: (unit) => `In ${unit}.`, note: 'Note', edit: 'Change the lot', activeNote: 'Stamps of this lot are active: its number, days and product change with the office’s approval.',
    fixedNote: 'Its number and days stand in the printed QR codes and can no longer change.', taken: 'This product has a lot of that number.', order: 'Best before lies before the day of making.',
  },
  page: {
    title: (number) => `Lot ${number}`,
    print: 'Print stamps for this lot', batches: 'Its batches', corrected: 'Corrected on', note: 'Note',
    done: { made: 'The lot is made.', saved: 'Saved.', added: 'The event is recorded.', copied: 'The diary was taken over. Please look at each line; buyers do not see those you have not.', settled: 'Looked at.', dropped: 'Dropped.' },
  },
  journey: {
    title: 'Journey',
    add: 'Record an event', step: 'What', otherStep: 'Something else', when: 'Day', time: 'Time', place: 'Where', photo: 'Photograph', photoHint: 'Take one now or choose one. JPEG, PNG, WebP.', note: 'Note', by: 'By whom',
    public: 'Buyers may see it', submit: 'Record', more: 'More details',
    none: 'No event was recorded yet.',
    hidden: 'not public', at: (when) => when,
    copy: (number) => `Take over from lot ${number}`,
    copyText: 'Days are moved to this lot’s. Each line waits for your look before buyers see it.',
    waits: 'Taken over from another lot, not looked at', holds: 'It holds', drop: 'Drop this line', day: 'Right day',
    sameTitle: 'This diary equals earlier ones',
    same: (numbers) => `Its steps and the days between them equal lot ${numbers} to the day. If that is how it was, all is well; if it was copied, please set the days right.`,
    faults: { step: 'Please choose or write what was done.', future: 'Please choose a day that is past.', time: 'Please write a time like 14:05.', photo: 'This picture cannot be read. Please choose a JPEG, PNG or WebP.', many: 'This lot has too many events.', noEvents: 'That lot has nothing more to take over.' },
  },
};

export function lotsWordsOf(language: 'vi' | 'en'): LotsWords {
  return language === 'en' ? en : vi;
}
