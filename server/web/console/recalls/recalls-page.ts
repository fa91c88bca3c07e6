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
import { recallsWordsOf } from '../../words/words.ts';
import { go, sentOrNull, type ConsoleRoute, type PageAnswer, type PageCall, idIn } from '../console-route.ts';
import { form } from '../fields.ts';
import { type FormFaults, formFaults } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { stateMark, type Column } from '../list.ts';
import { whenText } from '../moments.ts';
import { doneNotice } from '../notices.ts';
import { facts, pageHead, section, type Page, page } from '../page-head.ts';
import { previewPart } from './preview-part.ts';
import { namedScope, RECALLS, type NamedScope } from './scope-text.ts';
import { listRoutes, rowsOf, type ListView } from '../list-page.ts';
import { formFields } from '../form-fields.ts';
import { readAndRun } from '../run-form.ts';

const REASON_LETTERS = 80;

export const recallListRoutes: readonly ConsoleRoute[] = [
  ...listRoutes({ path: RECALLS, right: 'read-registry', nav: 'recalls' }, list),
  {
    method: 'get',
    path: `${RECALLS}/:id`,
    right: 'read-registry',
    nav: 'recalls',
    handle: (call) => recallPage(call),
  },
  { method: 'post', path: `${RECALLS}/:id/withdraw`, right: 'recall-anything', nav: 'recalls', handle: withdraw },
];

interface Row {
  recall: Recall;
  named: NamedScope;
}

async function list(call: PageCall): Promise<ListView<Row>> {
  const { actor, ctx, language } = call;
  const words = recallsWordsOf(language);
  const rowOf = async (recall: Recall): Promise<Row> => ({ recall, named: await namedScope(recall.scope, call) });
  const columns: Column<Row>[] = [
    { key: 'what', head: words.heads.what, cell: ({ named }) => named.what, card: 'title' },
    { key: 'product', head: words.heads.product, cell: ({ named }) => named.product, card: 'plain' },
    {
      head: words.heads.reason,
      cell: ({ recall }) => shortened(reasonOf(recall, language), REASON_LETTERS),
      card: 'plain',
    },
    {
      key: 'at',
      order: ({ recall }) => recall.at,
      head: words.heads.at,
      cell: ({ recall }) => whenText(recall.at, call),
    },
    { key: 'state', head: words.heads.state, cell: ({ recall }) => stateOf(recall, words.states), card: 'plain' },
  ];
  return {
    path: RECALLS,
    words,
    columns,
    read: async (page) => rowsOf(valueOf(await listRecalls(actor, page, ctx)), rowOf),
    hrefOf: ({ recall }) => `${RECALLS}/${recall.id}`,
    add: decide(actor, 'recall-lot', null).kind === 'may' && words.add,
  };
}

function reasonOf({ reason }: Recall, language: PageCall['language']): string {
  return language === 'en' ? (reason.en ?? reason.vi) : reason.vi;
}

function stateOf({ withdrawal }: Recall, states: { standing: string; withdrawn: string }): Html {
  return withdrawal === null ? stateMark(states.standing, 'warn') : stateMark(states.withdrawn, 'over');
}

async function recallPage(call: PageCall, faults: FormFaults = heldFaults(call)): Promise<Page> {
  const { actor, ctx, language, params } = call;
  const words = recallsWordsOf(language);
  const own = words.one;
  const recall = valueOf(await readRecall(actor, params['id'] ?? '', ctx));
  const named = await namedScope(recall.scope, call);
  // People who may read a recall but not make one see no counts.
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
            submit: own.withdraw,
            faults,
            plain: true,
            body: formFields(call, own, { faults }).area('note', { rows: 2, max: 600 }),
          })}`
        : html`<p class="muted">${own.officeOnly}</p>`,
    );
  const body = html`${pageHead({ above: own.title, title, lead: whenText(recall.at, call) })}${doneNotice(
    call,
    own.done,
  )}<p>${stateOf(recall, words.states)}</p>${withdrawn}${section(own.told, told)}${
    preview.ok && previewPart(preview.value, own.touches, call)
  }${ending}`;
  return page(own.title, body, faults);
}

async function withdraw(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, form: sentForm } = call;
  const id = idIn(call);
  const outcome = await readAndRun(withdrawRecallInput, { note: sentOrNull(sentForm, 'note') }, ({ note }) =>
    runAction(withdrawRecall, actor, { id, note }, ctx),
  );
  return outcome.ok ? go(`${RECALLS}/${id}`, 'withdrawn') : recallPage(call, formFaults(outcome.problem, call));
}
