// The one field of a form.

import type { SentForm } from '../../read-form.ts';

/** The first value that a form sent under this name, trimmed; '' if there is none. */
export function sent(form: SentForm, name: string): string {
  return form.fields[name]?.[0]?.trim() ?? '';
}
