// Product names to set: letters in use, the sample's own names, and generated ones that hold every pair of letters.

import { sampleNames } from './sheet-jobs.ts';

const VIETNAMESE = 'aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz';
const OTHERS = 'ABCDĐEGHIKLMNOPQRSTUVXY0123';

/** 120 letters of Vietnamese product names: every small one with its marks, the usual capitals, figures. */
export const USUAL_LETTERS: readonly string[] = Array.from(VIETNAMESE + OTHERS);

/** Longer than the smallest labels take, as councils write them; and what a person would print instead. */
export const LONG_NAME =
  'Mật ong hoa nhãn nguyên chất Mường Thàng thu hoạch vụ xuân, đóng hũ thủy tinh 500 g, hộp quà biếu';
export const SHORT_NAME = 'Mật ong hoa nhãn Mường Thàng';

/** Names of the sample registry, in the order of its file. */
export function realNames(): string[] {
  return [...sampleNames().values()].map(({ productName }) => productName);
}

/**
 * Names that hold every ordered pair of the usual letters between them, in words of Vietnamese length.
 *
 * @param count how many names; each holds its share of the pairs
 */
export function generatedNames(count: number): string[] {
  const pairs = USUAL_LETTERS.flatMap((first) => USUAL_LETTERS.map((second) => first + second));
  const names: string[] = Array.from({ length: count }, () => '');
  pairs.forEach((pair, at) => {
    const name = at % count;
    names[name] = `${names[name] ?? ''}${names[name] === '' ? '' : ' '}${pair}`;
  });
  return names;
}
