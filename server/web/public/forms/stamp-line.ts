// Which stamp a form or its answer is about: the goods' name and the code as printed.

import { formatStampCode } from '../../../domain/stamp/stamp-code.ts';
import { html, type Html } from '../../html.ts';

export function stampLine(code: string, name: string): Html {
  return html`<p><span lang="vi">${name}</span><br><code>${formatStampCode(code)}</code></p>`;
}
