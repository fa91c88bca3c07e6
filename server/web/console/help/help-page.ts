// Help: ten jobs with pictures, what each word means, whom to call, and the first steps of a new office, which tick
// themselves. Every person who is signed in may read it.

import { readFileSync, readdirSync } from 'node:fs';
import { listBatches } from '../../../actions/batches/read.ts';
import type { ActionContext } from '../../../actions/kit/context.ts';
import { decide, type Right } from '../../../actions/kit/rights.ts';
import { listUsers } from '../../../actions/people/read.ts';
import { listPrintJobs } from '../../../actions/print/read.ts';
import { listProducers, listProducts, readOffice } from '../../../actions/registry/read.ts';
import type { Person } from '../../../domain/people/account.ts';
import type { Result } from '../../../domain/problem.ts';
import type { Page } from '../../../store/store.ts';
import { ProblemError } from '../../errors.ts';
import { html, type Html } from '../../html.ts';
import { helpWordsOf } from '../../words/words.ts';
import type { ConsoleRoute, PageAnswer, PageCall } from '../console-route.ts';
import { stateMark } from '../list.ts';
import { linkButton, page, pageHead, section } from '../page-head.ts';

const HELP = '/console/help';
const FOLDER = new URL('../../../../docs/pictures/', import.meta.url);
/** An installation without its documentation shows the steps alone. */
const PICTURES: ReadonlySet<string> = new Set(picturesIn());

export const helpRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: HELP, right: 'signed-in', nav: 'help', handle: show },
  { method: 'get', path: `${HELP}/pictures/:name`, gate: 'files', right: 'signed-in', nav: 'help', handle: picture },
];

function picturesIn(): string[] {
  try {
    return readdirSync(FOLDER).filter((name) => /^[a-z0-9-]{1,40}\.png$/.test(name));
  } catch {
    return [];
  }
}

async function picture({ params }: PageCall): Promise<PageAnswer> {
  const name = params['name'] ?? '';
  if (!PICTURES.has(name)) throw new ProblemError({ code: 'not-found', detail: 'There is no such picture.' });
  return { kind: 'file', mediaType: 'image/png', fileName: null, source: readFileSync(new URL(name, FOLDER)) };
}

async function show(call: PageCall): Promise<PageAnswer> {
  const words = helpWordsOf(call.language);
  const jobs = words.list.map(({ name, steps, path, image }) => {
    const file = `${image ?? ''}.png`;
    const shown =
      PICTURES.has(file) &&
      html`<img src="${HELP}/pictures/${file}" alt="${words.picture(name)}" loading="lazy" width="480">`;
    const way = mayOpen(path, call.actor) && html`<p>${linkButton(path, words.open)}</p>`;
    return html`<details class="job-help"><summary><b>${name}</b></summary><ol>${steps.map(
      (step) => html`<li>${step}</li>`,
    )}</ol>${way}${shown}</details>`;
  });
  const meanings = html`<dl class="facts">${words.meanings.map(
    ([word, text]) => html`<div><dt>${word}</dt><dd>${text}</dd></div>`,
  )}</dl>`;
  return page(
    words.title,
    html`
      ${pageHead({ title: words.title, lead: words.lead })}
      ${await firstSteps(call)}
      ${section(words.jobs, jobs)}
      ${section(words.words, meanings)}
      ${section(words.call, await whomToCall(call))}
    `,
  );
}

/** The rights of the pages that the jobs begin on; those left out are open to all. */
const RIGHT_OF: Readonly<Record<string, Right>> = {
  '/console/print': 'issue-batch',
  '/console/activate': 'work-batch',
  '/console/programme': 'read-programme',
};

function mayOpen(path: string, actor: Person): boolean {
  const right = RIGHT_OF[path];
  return right === undefined || decide(actor, right, null).kind !== 'refused';
}

async function whomToCall({ actor, ctx, language }: PageCall): Promise<Html> {
  const words = helpWordsOf(language);
  const office = actor.officeId === null ? null : await readOffice(actor, actor.officeId, ctx);
  const { name = null, phone = null } = office?.ok === true ? office.value : {};
  const line = name === null ? null : html`<p>${words.callOffice(name)}</p>`;
  const call = phone === null ? html`<p>${words.callNobody}</p>` : html`<p>${linkButton(`tel:${phone}`, phone)}</p>`;
  return html`${line}${call}<p>${words.callOperator}</p>`;
}

/** Only an office has first steps. */
async function firstSteps({ actor, ctx, language }: PageCall): Promise<Html | null> {
  if (actor.role !== 'office' || actor.officeId === null) return null;
  const words = helpWordsOf(language);
  const office = await readOffice(actor, actor.officeId, ctx);
  const isDone = await stepsDone(actor, ctx);
  const steps: readonly [keyof typeof words.firstSteps, string, boolean][] = [
    ['office', '/console/help', office.ok && office.value.phone !== null],
    ['producers', '/console/producers', isDone.producers],
    ['products', '/console/products', isDone.products],
    ['batch', '/console/print', isDone.batch],
    ['print', '/console/print', isDone.print],
    ['people', '/console/users/invite', isDone.people],
  ];
  const rows = steps.map(([step, path, done]) => {
    const name = done ? words.firstSteps[step] : html`<a href="${path}">${words.firstSteps[step]}</a>`;
    return html`<li><div>${name}</div>${stateMark(done ? words.done : words.toDo, done ? 'good' : 'plain')}</li>`;
  });
  const all = html`<p class="hint">${words.firstLead}</p><ul class="rows">${rows}</ul><p class="hint">${words.backup}</p>`;
  return section(words.first, all);
}

async function stepsDone(
  actor: Person,
  ctx: ActionContext,
): Promise<Record<'producers' | 'products' | 'batch' | 'print' | 'people', boolean>> {
  const one = { limit: 2, after: null };
  const has = (found: Result<Page<unknown>>, least = 1): boolean => found.ok && found.value.items.length >= least;
  return {
    producers: has(await listProducers(actor, one, ctx)),
    products: has(await listProducts(actor, one, ctx)),
    batch: has(await listBatches(actor, one, ctx)),
    print: has(await listPrintJobs(actor, one, ctx)),
    people: has(await listUsers(actor, one, ctx), 2),
  };
}
