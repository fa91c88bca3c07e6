// Millimetres and the like as pages write them.

/** 38,1 in Vietnamese, 38.1 in English, at most two decimals, with a true minus. */
export function decimalText(value: number, language: 'vi' | 'en'): string {
  const text = String(Math.round(value * 100) / 100).replace('-', '−');
  return language === 'vi' ? text.replace('.', ',') : text;
}
