// The words of the inspectors' findings, Vietnamese first.

const vi = {
  findings: {
    title: 'Kiểm tra',
    heading: 'Phát hiện gần đây',
    empty: 'Chưa ghi phát hiện nào.',
    at: 'Lúc',
    stamp: 'Tem',
    finding: 'Phát hiện',
    place: 'Nơi',
    note: 'Ghi chú',
    serial: (batch: string, serial: string): string => `đợt ${batch}, số ${serial}`,
    kinds: {
      'in-order': 'bình thường',
      counterfeit: 'nghi giả',
      tampered: 'có dấu hiệu bóc, sửa',
      mismatch: 'không đúng hàng',
      expired: 'quá hạn',
      other: 'khác',
    },
  },
};

export type ConsoleWords = typeof vi;

const en = {
  findings: {
    title: 'Inspection',
    heading: 'Latest findings',
    empty: 'No finding was recorded yet.',
    at: 'At',
    stamp: 'Stamp',
    finding: 'Finding',
    place: 'Place',
    note: 'Note',
    serial: (batch: string, serial: string): string => `batch ${batch}, serial ${serial}`,
    kinds: {
      'in-order': 'in order',
      counterfeit: 'suspected counterfeit',
      tampered: 'tampered with',
      mismatch: 'not these goods',
      expired: 'past its date',
      other: 'other',
    },
  },
} satisfies ConsoleWords;

export function consoleWordsOf(language: 'vi' | 'en'): ConsoleWords {
  return language === 'en' ? en : vi;
}
