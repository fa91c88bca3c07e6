// What a print shop sees behind its link: which stamps, how to print them, and each file once. Nobody is signed in
// here. Opening the page takes no file, because mail programs open links by themselves.

import { readShopLink, takeShopFile } from '../../../actions/print/shop-link/hand-to-shop.ts';
import type { Problem } from '../../../domain/problem.ts';
import { html } from '../../html.ts';
import { numberText } from '../../format.ts';
import { printWordsOf } from '../../words/words.ts';
import type { ConsoleRoute, OpenCall, PageAnswer } from '../console-route.ts';
import { whenText } from '../moments.ts';
import { button, pageHead } from '../page-head.ts';
import { ProblemError } from '../../errors.ts';

const PATH = '/print-shop/:token';

export const shopRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, right: 'public', nav: null, handle: showFiles },
  {
    method: 'post',
    path: `${PATH}/:part`,
    gate: 'files',
    right: 'public',
    nav: null,
    formBytesMax: 4_096,
    handle: takeFile,
  },
];

async function showFiles(call: OpenCall): Promise<PageAnswer> {
  const { ctx, language, params } = call;
  const { page } = printWordsOf(language).shop;
  const found = await readShopLink(params['token'] ?? '', ctx);
  if (!found.ok) return gonePage(call, found.problem);
  const { link, job, producerName, left } = found.value;
  const forms = job.finished.map(({ part }) => {
    const partWords = page.takePart(String(part));
    if (!left.includes(part)) return html`<span class="muted">${partWords}: ${page.taken}</span>`;
    const take = button(job.finished.length === 1 ? page.take : partWords, part === left[0] ? 'filled' : 'plain');
    return html`<form method="post" action="/print-shop/${params['token'] ?? ''}/${part}">${take}</form>`;
  });
  const body = html`${[
    pageHead({ title: page.title, lead: page.lead(producerName, link.shop) }),
    html`<p><b>${page.what(numberText(job.to - job.from + 1, language), job.template)}</b></p><p>${page.rules}</p>`,
    html`<p class="hint">${page.until(whenText(link.expiresAt, call))}</p><div class="acts">${forms}</div>`,
  ]}`;
  return { kind: 'page', title: page.title, body };
}

async function takeFile(call: OpenCall): Promise<PageAnswer> {
  const part = Number(call.params['part']);
  const opened = await takeShopFile(call.params['token'] ?? '', Number.isInteger(part) ? part : 0, call.ctx);
  if (opened.ok)
    return {
      kind: 'file',
      mediaType: opened.value.mediaType,
      fileName: opened.value.fileName,
      source: opened.value.source,
    };
  if (opened.problem.code === 'not-found') return gonePage(call, opened.problem);
  throw new ProblemError(opened.problem);
}

/** Says why, if the link was once valid. */
function gonePage({ language }: OpenCall, { details }: Problem): PageAnswer {
  const { page: words } = printWordsOf(language).shop;
  const why = Object.entries(words.why).find(([state]) => state === details?.['state'])?.[1];
  return {
    kind: 'page',
    title: words.goneTitle,
    body: html`${pageHead({ title: words.goneTitle, lead: why ?? words.gone })}`,
    status: 404,
  };
}
