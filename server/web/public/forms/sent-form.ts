// A form that a public page sent, as plain text, and whether its reader only asked for the other language: the header's
// button sends the form again, and nothing is done with it but to show it filled.

import type { Request } from 'express';
import type { Language } from '../../../domain/language.ts';
import { FORM_BYTES_MAX, readForm, type SentFile } from '../../read-form.ts';
import { languageIn } from '../exchange.ts';

export interface PublicForm {
  /** '' if it was not sent. */
  field: (name: string) => string;
  files: Readonly<Record<string, SentFile>>;
  /** What its reader now reads. */
  language: Language;
  switched: boolean;
}

/** @throws ProblemError too-large, unsupported-media, invalid */
export async function sentForm(
  request: Request,
  bounds: Parameters<typeof readForm>[1] = { bytesMax: FORM_BYTES_MAX, files: false },
): Promise<PublicForm> {
  // Only what may hold files is long; a form of plain fields is read on the thread that answers look-ups.
  const isLong = /^multipart\//i.test(request.headers['content-type'] ?? '');
  const bytesMax = isLong ? bounds.bytesMax : Math.min(bounds.bytesMax, FORM_BYTES_MAX);
  const { fields, files } = await readForm(request, { ...bounds, bytesMax });
  const field = (name: string): string => fields[name]?.[0] ?? '';
  const wanted = field('switch');
  const switched = wanted === 'vi' || wanted === 'en';
  return { field, files, language: switched ? wanted : languageIn(request), switched };
}
