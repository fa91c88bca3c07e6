// /b/:number: what anyone who holds the paper of an inspection's record may compare: number, office, time, how many
// stamps and photographs, and the hash of each edition. No name, no stamp, no finding.

import type { RequestHandler } from 'express';
import { readRecordProof, type RecordProof } from '../../actions/market/rounds/print-record.ts';
import { PUBLIC } from '../../domain/people/account.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { Language } from '../../domain/language.ts';
import { dayText } from '../format.ts';
import { html } from '../html.ts';
import { publicWordsOf, roundsWordsOf } from '../words/words.ts';
import { languageIn, sendPage, wantsJson, type PublicDesk } from './exchange.ts';
import { publicPage } from './layout.ts';
import { notFoundPage } from './refusal-pages.ts';

const NUMBER = /^BB(?:-[0-9A-Z]{4}){3}$/;

export function showRecordProof({ context, headers }: PublicDesk): RequestHandler {
  return async (request, response) => {
    const language = languageIn(request);
    const ctx = { ...context(), request: null };
    const number = String(request.params['number']).toUpperCase();
    const proof = NUMBER.test(number) ? await readRecordProof(PUBLIC, number, ctx) : null;
    if (proof === null || !proof.ok) {
      if (wantsJson(request))
        return void response.status(404).set(headers).type('application/json').end('{"record":null}');
      return sendPage(response, { status: 404, headers, language, text: notFoundPage(language) });
    }
    if (wantsJson(request))
      return void response.status(200).set(headers).type('application/json').end(JSON.stringify(proof.value));
    const text = proofPage(proof.value, language, ctx.settings.timeZone);
    sendPage(response, { status: 200, headers, language, text });
  };
}

function proofPage(proof: RecordProof, language: Language, timeZone: string): string {
  const words = roundsWordsOf(language).proof;
  const day = (at: string | null): string => (at === null ? '…' : dayText(dayIn(timeZone, at)));
  const editions = proof.editions
    .toReversed()
    .map(
      ({ edition, at, hash, items, photos }) =>
        html`<h2>${words.edition(edition)}</h2><p>${day(at)} · ${words.counts(items, photos)}</p><p><code style="overflow-wrap:anywhere">${hash}</code></p>`,
    );
  const body = html`<main class="sheet"><h1>${words.title}</h1><p><b>${proof.number}</b></p><p>${proof.office}</p>
<p>${words.period(day(proof.openedAt), day(proof.closedAt))}</p>
${proof.state === 'open' ? html`<p>${words.open}</p>` : html`<p>${words.compare}</p>`}
${editions}</main>`;
  return publicPage({
    language,
    title: words.title,
    body,
    footer: publicWordsOf(language).footer.nothing,
    other: `/b/${proof.number}?lang=${language === 'vi' ? 'en' : 'vi'}`,
  });
}
