// /c/:carton: what a signed label of a carton says, for anyone. No scan is recorded.

import type { RequestHandler } from 'express';
import { readCarton, type CartonShown } from '../../actions/pack/cartons.ts';
import { PUBLIC } from '../../domain/people/account.ts';
import type { Language } from '../../domain/language.ts';
import { numberText } from '../format.ts';
import { html } from '../html.ts';
import { publicWordsOf, roundsWordsOf } from '../words/words.ts';
import { languageIn, sendPage, wantsJson, type PublicDesk } from './exchange.ts';
import { publicPage } from './layout.ts';
import { notFoundPage } from './refusal-pages.ts';

export function showCarton({ context, headers }: PublicDesk): RequestHandler {
  return async (request, response) => {
    const language = languageIn(request);
    const found = await readCarton(PUBLIC, String(request.params['carton']), { ...context(), request: null });
    if (wantsJson(request)) {
      const body = found.ok ? { carton: found.value } : { carton: null };
      response
        .status(found.ok ? 200 : 404)
        .set(headers)
        .type('application/json')
        .end(JSON.stringify(body));
      return;
    }
    const text = found.ok ? cartonPage(found.value, language) : notFoundPage(language);
    sendPage(response, { status: found.ok ? 200 : 404, headers, language, text });
  };
}

function cartonPage(carton: CartonShown, language: Language): string {
  const words = roundsWordsOf(language).carton;
  const number = (value: number): string => numberText(value, language);
  const { batchId, from, to, product, producer, lot, voided, recalledAt } = carton;
  const body = html`<main class="sheet"><h1>${words.title}</h1>
${recalledAt !== null && html`<p><b>${words.recalled}</b></p>`}
<p lang="vi"><b>${product ?? words.blank}</b></p><p lang="vi">${producer}</p>
${lot !== null && html`<p>${words.lot(lot)}</p>`}
<p>${words.range(batchId, number(from), number(to), number(to - from + 1))}</p>
${voided > 0 && html`<p>${words.voided(number(voided))}</p>`}
<p>${words.compare}</p></main>`;
  return publicPage({
    language,
    title: words.title,
    body,
    footer: publicWordsOf(language).footer.nothing,
    other: null,
  });
}
