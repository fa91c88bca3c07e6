// The fields of a printer's form, by name and unit. The test page tells people what to write into which field, so page
// and form both take their words from here.

import type { Language } from '../../domain/language.ts';

export interface PrinterFields {
  right: string;
  down: string;
  scaleX: string;
  scaleY: string;
}

export const PRINTER_FIELDS: Readonly<Record<Language, PrinterFields>> = {
  vi: { right: 'Sang phải (mm)', down: 'Xuống dưới (mm)', scaleX: 'Tỷ lệ ngang (%)', scaleY: 'Tỷ lệ dọc (%)' },
  en: { right: 'To the right (mm)', down: 'Down (mm)', scaleX: 'Scale across (%)', scaleY: 'Scale down (%)' },
};
