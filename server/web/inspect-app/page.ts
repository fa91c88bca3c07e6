// The page of the inspection app: empty but for a sentence, because its script draws all else. It is the same for
// everyone, so a phone may keep it; what people see comes through the session of the app.

import { html } from '../html.ts';
import { inspectAppWordsOf, publicWordsOf } from '../words/words.ts';
import { DOCUMENT_META } from '../public/layout.ts';

/** @param style, script addresses of the app's files */
export function inspectPage(style: string, script: string): string {
  const words = inspectAppWordsOf('vi');
  const { brand } = publicWordsOf('vi');
  const app = html`<link rel="manifest" href="/inspect/app.webmanifest"><link rel="icon" href="/icon.svg">`;
  const apple = html`<link rel="apple-touch-icon" href="/apple-touch-icon.png">`;
  const meta = html`<meta name="robots" content="noindex"><meta name="theme-color" content="#17181c">`;
  const files = html`<link rel="stylesheet" href="${style}"><script type="module" src="${script}"></script>`;
  return html`<!doctype html>
<html lang="vi"><head>${DOCUMENT_META}${meta}<title>${words.title} · ${brand}</title>${[app, apple, files]}</head>
<body><main id="app"><p class="opening">${words.opening}</p><noscript><p class="opening">${
    words.needsScript
  }</p></noscript></main></body></html>
`.text;
}
