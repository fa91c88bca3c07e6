// The list of recalls, and the page of one: what it touches, and withdrawing it.

import { previewRecall } from '../../../actions/recalls/preview-recall.ts';
import { listRecalls, readRecall } from '../../../actions/recalls/read.ts';
import { decide } from '../../../actions/kit/rights.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import { withdrawRecall, withdrawRecallInput } from '../../../actions/recalls/withdraw-recall.ts';
import type { Recall } from '../../../domain/recalls/recall.ts';
import { valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
import { shortened } from '../../format.ts';
import { frameWordsOf, recallsWordsOf } from '../../words/words.ts';
import { go, sent, sentOrNull, type ConsoleRoute, type PageAnswer, type PageCall } from '../console-route.ts';
import { areaField, form } from '../fields.ts';
import { formFaults, NO_FAULTS, type FormFaults } from '../form-faults.ts';
import { emptyList, pager, PAGE_ROWS, stateMark, table, type Column } from '../list.ts';
import { whenText } from '../moments.ts';
import { doneNotice } from '../notices.ts';
import { facts, linkButton, pageHead, section } from '../page-head.ts';
import { readShape } from '../read-shape.ts';
import { previewPart } from './preview-part.ts';
import { namedScope, RECALLS, type NamedScope } from './scope-text.ts';

const REASON_LETTERS = 80;

type Page = Extract<PageAnswer, { kind: 'page' }>;

export const recallListRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: RECALLS, right: 'read-registry', nav: 'recalls', handle: list },
  {
    method: 'get',
    path: `${RECALLS}/:id`,
    right: 'read-registry',
    nav: 'recalls',
    handle: (call) => recallPage(call, NO_FAULTS),
  },
  { method: 'post', path: `${RECALLS}/:id/withdraw`, right: 'recall-anything', nav: 'recalls', handle: withdraw },
];

async function list(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, language, query } = call;
  const words = recallsWordsOf(language);
  const frame = frameWordsOf(language);
  const page = valueOf(await listRecalls(actor, { limit: PAGE_ROWS, after: query['after'] ?? null }, ctx));
  const rows: { recall: Recall; named: NamedScope }[] = [];
  for (const recall of page.items) rows.push({ recall, named: await namedScope(recall.scope, call) });
  const columns: Column<(typeof rows)[number]>[] = [
    { head: words.heads.what, cell: ({ named }) => named.what, card: 'title' },
    { head: words.heads.product, cell: ({ named }) => named.product, card: 'plain' },
    {
      head: words.heads.reason,
      cell: ({ recall }) => shortened(reasonOf(recall, language), REASON_LETTERS),
      card: 'plain',
    },
    { head: words.heads.at, cell: ({ recall }) => whenText(recall.at, call) },
    { head: words.heads.state, cell: ({ recall }) => stateOf(recall, words.states), card: 'plain' },
  ];
  const add = decide(actor, 'recall-lot', null).kind === 'may' ? [linkButton(`${RECALLS}/new`, words.add, true)] : [];
  const shown =
    rows.length === 0
      ? emptyList({ path: RECALLS, query, words: frame, title: words.empty, text: words.emptyText })
      : table({ columns, rows, caption: words.title, hrefOf: ({ recall }) => `${RECALLS}/${recall.id}` });
  return {
    kind: 'page',
    title: words.title,
    body: html`${pageHead({
      title: words.title,
      lead: words.lead,
      actions: add,
    })}${shown}${pager({ path: RECALLS, query, next: page.next, words: frame })}`,
  };
}

function reasonOf({ reason }: Recall, language: PageCall['language']): string {
  return language === 'en' ? (reason.en ?? reason.vi) : reason.vi;
}

function stateOf({ withdrawal }: Recall, states: { standing: string; withdrawn: string }): Html {
  return withdrawal === null ? stateMark(states.standing, 'warn') : stateMark(states.withdrawn, 'over');
}

async function recallPage(call: PageCall, faults: FormFaults): Promise<Page> {
  const { actor, ctx, language, params, form: sentForm } = call;
  const words = recallsWordsOf(language);
  const own = words.one;
  const recall = valueOf(await readRecall(actor, params['id'] ?? '', ctx));
  const named = await namedScope(recall.scope, call);
  // Those who may read a recall but not make one see no count.
  const preview = await previewRecall(actor, recall.scope, ctx);
  const told = facts([
    [`${own.reason}, ${own.inVietnamese}`, recall.reason.vi],
    [`${own.reason}, ${own.inEnglish}`, recall.reason.en ?? own.noEnglish],
    [`${own.advice}, ${own.inVietnamese}`, recall.advice.vi],
    [`${own.advice}, ${own.inEnglish}`, recall.advice.en ?? own.noEnglish],
  ]);
  const title = named.product === null ? named.what : `${named.what}, ${named.product}`;
  const withdrawn =
    recall.withdrawal !== null &&
    html`<p>${own.withdrawn(whenText(recall.withdrawal.at, call))}${
      recall.withdrawal.note !== null && html`: ${recall.withdrawal.note}`
    }</p>`;
  const mayWithdraw = decide(actor, 'recall-anything', null).kind === 'may';
  const ending =
    recall.withdrawal === null &&
    section(
      own.withdraw,
      mayWithdraw
        ? html`<p class="hint text">${own.withdrawText}</p>${form({
            call,
            action: `${RECALLS}/${recall.id}/withdraw`,
            words: frameWordsOf(language),
            submit: own.withdraw,
            faults,
            plain: true,
            body: areaField({
              name: 'note',
              label: own.note,
              value: sent(sentForm, 'note'),
              rows: 2,
              max: 600,
              fault: faults.fields['note'] ?? null,
            }),
          })}`
        : html`<p class="muted">${own.officeOnly}</p>`,
    );
  const body = html`${pageHead({ above: own.title, title, lead: whenText(recall.at, call) })}${doneNotice(
    call,
    own.done,
  )}<p>${stateOf(recall, words.states)}</p>${withdrawn}${section(own.told, told)}${
    preview.ok && previewPart(preview.value, own.touches, call)
  }${ending}`;
  return { kind: 'page', title: own.title, body };
}

async function withdraw(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, form: sentForm, language, params } = call;
  const id = params['id'] ?? '';
  const input = readShape(withdrawRecallInput, { note: sentOrNull(sentForm, 'note') });
  const outcome = input.ok ? await runAction(withdrawRecall, actor, { id, note: input.value.note }, ctx) : input;
  if (outcome.ok) return go(`${RECALLS}/${id}`, 'withdrawn');
  return { ...(await recallPage(call, formFaults(outcome.problem, sentForm, frameWordsOf(language)))), status: 422 };
}
