// A whole number that was typed into a form (domain/whole-number.ts).

import { readWholeNumber } from '../../domain/whole-number.ts';
import type { SentForm } from '../read-form.ts';
import { sent } from './console-route.ts';

/**
 * Null for an empty text. A text that is not a whole number stays text, so that the input's schema reports the fault.
 */
export function typedCount(text: string): number | string | null {
  return text === '' ? null : (readWholeNumber(text) ?? text);
}

/** Of a form's field. */
export function sentCount(form: SentForm, name: string): number | string | null {
  return typedCount(sent(form, name));
}
