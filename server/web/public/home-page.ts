// The front page: a box to type a code, what the address must read, what we never ask, and a scanner by photograph or
// live camera (public/camera-scan.js; without script the phone's own camera is named).

import type { Language } from '../../domain/language.ts';
import { hostOf } from '../../domain/stamp/stamp-address.ts';
import { otherCodeOf } from '../../domain/stamp/other-code.ts';
import { html } from '../html.ts';
import { SYMBOL_READER } from '../symbol-reader-files.ts';
import { publicWordsOf } from '../words/words.ts';
import { codeBox, type TypedCode } from './code-box.ts';
import { foreignSection } from './refusal-pages.ts';
import { publicPage } from './layout.ts';

const CAMERA_SCRIPT = '/camera-scan.js';

/** @param typed null: nothing was typed yet @param origin `https://host[:port]`, what the stamps of this service name */
export function homePage(typed: TypedCode | null, origin: string, language: Language): string {
  const host = hostOf(origin);
  const words = publicWordsOf(language);
  const own = words.front;
  const other = typed === null ? null : otherCodeOf(typed.typed, host);
  const again = typed !== null && typed.fault !== null;
  const box = codeBox({ ...(typed ?? { typed: '', fault: null }), other }, again, language, words);
  const body = html`<div class="w w4"><h1>${own.title}</h1><p>${own.intro}</p>${box}
${again && foreignSection(typed?.typed ?? '', language)}
<section id="camera" data-reader="${SYMBOL_READER}" data-host="${host}" data-photo="${
    own.cameraPhoto
  }" data-reading="${own.cameraReading}" data-none="${own.cameraNone}" data-no-picture="${
    own.cameraNoPicture
  }" data-no-reader="${own.cameraNoReader}" data-start="${own.cameraStart}" data-stop="${
    own.cameraStop
  }" data-denied="${own.cameraDenied}" data-elsewhere="${own.cameraElsewhere}"><h2>${own.cameraHeading}</h2><p>${
    own.cameraPhone
  }</p></section>
<section><h2>${own.hostHeading}</h2><p>${own.host(host)}</p></section>
<section><h2>${own.neverHeading}</h2><ul>${own.never.map((line) => html`<li>${line}</li>`)}</ul><p>${
    own.neverNote
  }</p></section></div>`;
  return publicPage({
    language,
    title: `${own.title} · ${words.brand}`,
    body,
    footer: words.footer.nothing,
    form: true,
    script: CAMERA_SCRIPT,
    front: true,
    ...(typed === null && { preview: { title: own.title, origin } }),
    other: { name: 'lang', action: typed === null || typed.fault === null ? '/' : '/check' },
  });
}
