// Making a recall: find the goods, see what it touches, write the text for the scan page, and only then record it.

import { searchRecallable, type Recallable } from '../../../actions/recalls/search-recallable.ts';
import { makeRecall, makeRecallInput } from '../../../actions/recalls/make-recall.ts';
import { previewRecall } from '../../../actions/recalls/preview-recall.ts';
import { readBatch } from '../../../actions/batches/read.ts';
import { decide } from '../../../actions/kit/rights.ts';
import { BATCH_QUANTITY_MAX } from '../../../domain/batches/batch.ts';
import type { RecallScope } from '../../../domain/recalls/recall.ts';
import { doneValue, valueOf } from '../../outcome.ts';
import { ProblemError } from '../../errors.ts';
import type { SentForm } from '../../read-form.ts';
import { html, type Html } from '../../html.ts';
import { numberText } from '../../format.ts';
import { frameWordsOf, recallsWordsOf } from '../../words/words.ts';
import {
  go,
  isTicked,
  sent,
  sentOrNull,
  type ConsoleRoute,
  type PageAnswer,
  type PageCall,
  formRoutes,
} from '../console-route.ts';
import { fieldRow, form, hiddenField } from '../fields.ts';
import { formFaults, type FormFaults } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { addressOf, emptyState } from '../list.ts';
import { notice } from '../notices.ts';
import { button, linkButton, pageHead, section, type Page, page } from '../page-head.ts';
import { typedCount } from '../typed-count.ts';
import { officeMeant } from '../scans/scans-frame.ts';
import { previewPart } from './preview-part.ts';
import { namedScope, RECALLS } from './scope-text.ts';
import { formFields } from '../form-fields.ts';
import { runForm } from '../run-form.ts';

const PATH = `${RECALLS}/new`;

export const newRecallRoutes: readonly ConsoleRoute[] = [
  ...formRoutes({ path: PATH, right: 'recall-lot', nav: 'recalls' }, show, make),
];

/** Each step has its own address: the search, the stamps, the texts. */
async function show(call: PageCall): Promise<PageAnswer> {
  const { query, form: typed, held } = call;
  const scope = held === null ? scopeIn(query) : scopeIn(scopeSent(typed));
  if (scope !== null) return wordsPage(call, scope, heldFaults(call));
  if (query['batchId'] !== undefined) return rangePage(call, query['batchId']);
  return findPage(call);
}

function scopeIn(given: Readonly<Record<string, string | undefined>>): RecallScope | null {
  const { productId, lotId, batchId } = given;
  const [from, to] = [typedCount(given['from'] ?? ''), typedCount(given['to'] ?? '')];
  if (lotId !== undefined && lotId !== '') return { kind: 'lot', lotId };
  if (productId !== undefined && productId !== '') return { kind: 'product', productId };
  if (
    batchId === undefined ||
    typeof from !== 'number' ||
    typeof to !== 'number' ||
    from < 1 ||
    to < from ||
    to > BATCH_QUANTITY_MAX
  )
    return null;
  return { kind: 'range', batchId, from, to };
}

async function findPage(call: PageCall): Promise<PageAnswer> {
  const office = await officeMeant(call, PATH);
  if (office.kind === 'pick') return office.page;
  const { actor, ctx, language, query } = call;
  const own = recallsWordsOf(language).new;
  const text = query['q'] ?? '';
  const found = valueOf(await searchRecallable(actor, { text, officeId: office.officeId }, ctx));
  const label = decide(actor, 'recall-anything', null).kind === 'may' ? own.findAny : own.findOwn;
  const q = { label, placeholder: own.findHint, value: text, type: 'search', max: 80 } as const;
  const typed = formFields(call, own).text('q', q);
  const search = html`<form class="filters" method="get" action="${PATH}" role="search">${typed}${
    query['officeId'] !== undefined && hiddenField('officeId', query['officeId'])
  }${button(own.find, 'filled')}</form>`;
  const body = html`${pageHead({ title: own.title, lead: own.findLead })}${search}${foundPart(found, text, call)}`;
  return { kind: 'page', title: own.title, body };
}

function foundPart({ lots, products, batches, more: hasMore }: Recallable, text: string, { language }: PageCall): Html {
  const own = recallsWordsOf(language).new;
  if (lots.length + products.length + batches.length === 0) return emptyState(own.none, own.noneText);
  const row = (name: string, more: string, href: string): Html =>
    html`<li><div><b>${name}</b><p class="hint">${more}</p></div>${linkButton(href, own.choose)}</li>`;
  const part = (title: string, rows: readonly Html[]): Html | false =>
    rows.length > 0 && section(title, html`<ul class="rows">${rows}</ul>`);
  return html`${part(
    text === '' ? own.latestLots : own.lots,
    lots.map(({ lot, product }) => row(lot.number, product, addressOf(PATH, { lotId: lot.id }))),
  )}${part(
    own.batches,
    batches.map(({ id, product, quantity }) =>
      row(id, `${product ?? ''} ${own.rangeHint(numberText(quantity, language))}`, addressOf(PATH, { batchId: id })),
    ),
  )}${part(
    own.products,
    products.map(({ id, name, producer }) => row(name, producer, addressOf(PATH, { productId: id }))),
  )}${hasMore && html`<p class="hint">${own.more}</p>`}`;
}

async function rangePage(call: PageCall, batchId: string): Promise<Page> {
  const { actor, ctx, language, query } = call;
  const own = recallsWordsOf(language).new;
  const batch = valueOf(await readBatch(actor, batchId, ctx));
  // Both were in the address and are no range: otherwise the next step would have answered.
  const isWrong = query['from'] !== undefined || query['to'] !== undefined;
  const field = formFields(call, own, { record: query });
  const fault = isWrong ? own.rangeFault(numberText(batch.quantity, language)) : null;
  const body = html`${pageHead({
    title: own.title,
    lead: own.rangeTitle,
  })}<form class="form" method="get" action="${PATH}">${hiddenField(
    'batchId',
    batch.id,
  )}<p class="hint">${own.rangeHint(numberText(batch.quantity, language))}</p>${fieldRow(
    field.text('from', { mode: 'numeric', max: 10, required: true, fault }),
    field.text('to', { mode: 'numeric', max: 10, required: true }),
  )}<div class="acts">${button(own.preview, 'filled')}${linkButton(
    PATH,
    frameWordsOf(language).form.cancel,
  )}</div></form>`;
  return { kind: 'page', title: own.title, body, ...(isWrong ? { status: 422 } : {}) };
}

async function wordsPage(call: PageCall, scope: RecallScope, faults: FormFaults): Promise<Page> {
  const { actor, ctx, language } = call;
  const words = recallsWordsOf(language);
  const own = words.words;
  const found = await previewRecall(actor, scope, ctx);
  // An absent record in a form or an address makes the page `not-found`.
  if (!found.ok)
    throw new ProblemError(
      found.problem.code === 'absent-reference' ? { code: 'not-found', detail: found.problem.detail } : found.problem,
    );
  const preview = found.value;
  const named = await namedScope(scope, call);
  const field = formFields(call, own, { faults });
  const area = { rows: 3, max: 600 };
  const scopeFields = Object.entries(fieldsOf(scope)).map(([name, value]) => hiddenField(name, value));
  const texts = [
    field.area('reasonVi', { ...area, hint: own.reasonHint }),
    field.area('adviceVi', { ...area, hint: own.adviceHint }),
    field.area('reasonEn', { ...area, optional: true }),
    field.area('adviceEn', { ...area, optional: true }),
  ];
  const sure = field.tick('sure', { label: own.sure(numberText(preview.stamps, language)) });
  const entry = form({
    call,
    action: PATH,
    submit: own.submit,
    faults,
    cancel: RECALLS,
    body: html`${scopeFields}<p class="hint">${own.lead}</p>${texts}${sure}`,
  });
  const standing =
    preview.standing !== null &&
    notice(
      'warn',
      words.preview.standing,
      html`${words.preview.standingText} <a href="${RECALLS}/${preview.standing}">${words.preview.see}</a>`,
    );
  const title = named.product === null ? named.what : `${named.what}, ${named.product}`;
  const body = html`${pageHead({
    above: words.new.title,
    title,
    lead: preview.producer,
  })}${standing}${previewPart(preview, words.preview.title, call)}${section(own.title, entry)}`;
  return page(words.new.title, body, faults);
}

function fieldsOf(scope: RecallScope): Record<string, string | number> {
  switch (scope.kind) {
    case 'product':
      return { productId: scope.productId };
    case 'lot':
      return { lotId: scope.lotId };
    case 'range':
      return { batchId: scope.batchId, from: scope.from, to: scope.to };
    default:
      return scope satisfies never;
  }
}

async function make(call: PageCall): Promise<PageAnswer> {
  const { form: sentForm, language } = call;
  const scope = scopeIn(scopeSent(sentForm));
  if (scope === null) return go(PATH);
  const words = recallsWordsOf(language).words;
  if (!isTicked(sentForm, 'sure')) {
    const { title, todo } = frameWordsOf(language).problems.invalid;
    return wordsPage(call, scope, { title, text: todo, fields: { sure: words.unsure } });
  }
  const text = (name: string): { vi: string; en: string | null } => ({
    vi: sent(sentForm, `${name}Vi`),
    en: sentOrNull(sentForm, `${name}En`),
  });
  const input = { ...fieldsOf(scope), reason: text('reason'), advice: text('advice') };
  const outcome = await runForm(call, makeRecallInput, input, makeRecall);
  if (!outcome.ok) return wordsPage(call, scope, formFaults(outcome.problem, call, {}, RENAMED));
  return go(`${RECALLS}/${doneValue(outcome).id}`, 'made');
}

function scopeSent(form: SentForm): Record<string, string | undefined> {
  const names = ['productId', 'lotId', 'batchId', 'from', 'to'];
  return Object.fromEntries(names.map((name) => [name, sentOrNull(form, name) ?? undefined]));
}

/** Paths of the input -> fields of the form. */
const RENAMED: Readonly<Record<string, string>> = {
  'reason.vi': 'reasonVi',
  'reason.en': 'reasonEn',
  'advice.vi': 'adviceVi',
  'advice.en': 'adviceEn',
  reason: 'reasonVi',
  advice: 'adviceVi',
};
