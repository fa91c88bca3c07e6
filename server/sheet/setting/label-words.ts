// The words of a label: what each item of its template says on it.

import { fail } from '../../domain/problem.ts';
import { settable, type TypeMeasure } from './fonts.ts';
import type { FontWeight, Template, TemplateItem } from '../template/template-schema.ts';

export interface LabelWords {
  productName: string | null;
  producerName: string;
  /** Null or 0: the label does not mention OCOP. */
  stars: number | null;
  /** As the public types it: `temtrace.vn`. */
  host: string;
  batchId: string;
  /** Room is kept for the longest serial. */
  serialMax: number;
  /** Picture elements of the office's artwork; null: there is no artwork, or it may not be printed. */
  mark: { widthPx: number; heightPx: number } | null;
}

/** Before the frame, whose middle holds the digits. */
export const PIN_WORD = 'PIN';

/** The problem of the first letter that the font lacks; null: none. */
export function missingLetter(
  measure: TypeMeasure,
  template: Template,
  items: readonly TemplateItem[],
  words: LabelWords,
): ReturnType<typeof fail> | null {
  for (const item of items) {
    const text = wordsOf(item, words);
    if (text === null) continue;
    const letter = measure.missingLetter(weightOf(item), text);
    if (letter === null) continue;
    const element = elementOf(item);
    return fail('letter-not-in-font', `The font has no letter ${letter}, which stands in the ${element}.`, {
      details: { element, letter, template: template.id },
    });
  }
  return null;
}

/** The element that an item is: what a problem names. */
export function elementOf(item: TemplateItem): string {
  return item.kind === 'text' ? item.show : item.kind;
}

function weightOf(item: TemplateItem): FontWeight {
  return 'weight' in item ? item.weight : 500;
}

/** The item's words; null if it has no words on this label. */
export function wordsOf(item: TemplateItem, words: LabelWords): string | null {
  switch (item.kind) {
    case 'text': {
      const text = settable((item.show === 'product' ? words.productName : words.producerName) ?? '');
      return text === '' ? null : text;
    }
    case 'words':
      return settable(item.words);
    case 'host':
      return words.host;
    case 'stars':
      return words.stars === null || words.stars === 0 ? null : `${words.stars} sao OCOP`;
    case 'pin':
      return PIN_WORD;
    case 'screen':
      return item.words;
    case 'code':
    case 'serial':
    case 'image':
    case 'rule':
      return null;
    default:
      return item satisfies never;
  }
}
