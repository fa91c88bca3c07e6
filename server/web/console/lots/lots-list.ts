// The list of lots, and the form that creates or changes one.

import { changeLot, changeLotInput } from '../../../actions/lots/change-lot.ts';
import { makeLot, makeLotInput } from '../../../actions/lots/make-lot.ts';
import { findLots, readLot } from '../../../actions/lots/read.ts';
import { readProduct } from '../../../actions/registry/read.ts';
import { decide } from '../../../actions/kit/rights.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import type { Lot } from '../../../domain/lots/lot.ts';
import type { Problem } from '../../../domain/problem.ts';
import { doneValue, valueOf } from '../../outcome.ts';
import { html } from '../../html.ts';
import { numberMark, numberText } from '../../format.ts';
import { frameWordsOf, lotsWordsOf } from '../../words/words.ts';
import {
  go,
  sent,
  sentOrNull,
  sentVersion,
  type ConsoleRoute,
  type PageAnswer,
  type PageCall,
} from '../console-route.ts';
import { sentCount } from '../typed-count.ts';
import { dateField, fieldRow, form, selectField, textField } from '../fields.ts';
import { formFaults, NO_FAULTS, type FormFaults } from '../form-faults.ts';
import { emptyList, filterPanel, pager, PAGE_ROWS, stateMark, table, type Column } from '../list.ts';
import { dayOrDash } from '../moments.ts';
import { notice } from '../notices.ts';
import { linkButton, pageHead } from '../page-head.ts';
import { readShape } from '../read-shape.ts';
import { pickProducts, productOptionsOf } from '../record-options.ts';

const PATH = '/console/lots';

export const lotListRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, right: 'read-registry', nav: 'lots', handle: list },
  { method: 'get', path: `${PATH}/new`, right: 'keep-lot', nav: 'lots', handle: (call) => newPage(call, NO_FAULTS) },
  { method: 'post', path: `${PATH}/new`, right: 'keep-lot', nav: 'lots', handle: make },
  {
    method: 'get',
    path: `${PATH}/:id/edit`,
    right: 'keep-lot',
    nav: 'lots',
    handle: (call) => editPage(call, NO_FAULTS),
  },
  { method: 'post', path: `${PATH}/:id/edit`, right: 'keep-lot', nav: 'lots', handle: change },
];

async function list(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, language, query } = call;
  const words = lotsWordsOf(language);
  const frame = frameWordsOf(language);
  const productId = query['productId'] || undefined;
  const products = await pickProducts(call, productId ?? '');
  const number = query['number']?.trim() ?? '';
  const page = valueOf(
    await findLots(actor, { limit: PAGE_ROWS, after: query['after'] ?? null, productId, number }, 'part', ctx),
  );
  const names = new Map(products.items.map(({ id, name }) => [id, name]));
  for (const { productId: one } of page.items) {
    if (names.has(one)) continue;
    const product = await readProduct(actor, one, ctx);
    if (product.ok) names.set(one, product.value.name);
  }
  const columns: Column<Lot>[] = [
    { head: words.number, cell: (lot) => numberMark(lot.number), card: 'title' },
    { head: words.product, cell: (lot) => names.get(lot.productId) ?? '–', card: 'plain' },
    { head: words.producedOn, cell: (lot) => dayOrDash(lot.producedOn) },
    { head: words.expiresOn, cell: (lot) => dayOrDash(lot.expiresOn) },
    {
      head: words.declared,
      cell: (lot) => (lot.declaredQuantity === null ? null : numberText(lot.declaredQuantity, language)),
      figure: true,
    },
    { head: words.events, cell: (lot) => numberText(lot.events.length, language), figure: true },
    {
      head: words.active,
      cell: (lot) =>
        lot.firstActivatedAt === null ? stateMark(words.isFree, 'over') : stateMark(words.isActive, 'good'),
      card: 'plain',
    },
  ];
  const filters = filterPanel(
    [
      textField({ name: 'number', label: words.filterNumber, value: number ?? '', max: 40, plain: true }),
      selectField({
        name: 'productId',
        label: words.product,
        value: productId ?? '',
        blank: frame.list.all,
        options: productOptionsOf(products),
      }),
    ],
    frame,
  );
  const mayMake = decide(actor, 'keep-lot', null).kind !== 'refused';
  const shown =
    page.items.length === 0
      ? emptyList({
          path: PATH,
          query,
          words: frame,
          title: words.empty,
          text: words.emptyText,
          ways: mayMake ? [linkButton(`${PATH}/new`, words.add)] : [],
        })
      : table({ columns, rows: page.items, hrefOf: ({ id }) => `${PATH}/${id}`, caption: words.title });
  const body = html`
    ${pageHead({
      title: words.title,
      lead: words.lead,
      actions: mayMake ? [linkButton(`${PATH}/new`, words.add, true)] : [],
    })}
    ${filters}
    ${shown}
    ${pager({ path: PATH, query, next: page.next, words: frame })}
  `;
  return { kind: 'page', title: words.title, body };
}

async function make(call: PageCall): Promise<PageAnswer> {
  const input = readShape(makeLotInput, { productId: sent(call.form, 'productId'), ...fieldsIn(call) });
  const outcome = input.ok ? await runAction(makeLot, call.actor, input.value, call.ctx) : input;
  return outcome.ok ? go(`${PATH}/${doneValue(outcome).id}`, 'made') : newPage(call, faultsOf(call, outcome.problem));
}

async function change(call: PageCall): Promise<PageAnswer> {
  const lotId = call.params['id'] ?? '';
  const input = readShape(changeLotInput, fieldsIn(call));
  const outcome = input.ok
    ? await changeLot(call.actor, { id: lotId, version: sentVersion(call.form), change: input.value }, call.ctx)
    : input;
  if (!outcome.ok) return editPage(call, faultsOf(call, outcome.problem));
  return go(`${PATH}/${lotId}`, outcome.value.kind === 'waiting' ? 'asked' : 'saved');
}

function fieldsIn({ form: typed }: PageCall): Record<string, unknown> {
  return {
    number: sent(typed, 'number'),
    producedOn: sentOrNull(typed, 'producedOn'),
    expiresOn: sentOrNull(typed, 'expiresOn'),
    declaredQuantity: sentCount(typed, 'declaredQuantity'),
    note: sentOrNull(typed, 'note'),
  };
}

function faultsOf(call: PageCall, problem: Problem): FormFaults {
  const { form: words } = lotsWordsOf(call.language);
  return formFaults(problem, call.form, frameWordsOf(call.language), {
    'number:taken': words.taken,
    'expiresOn:before-production': words.order,
  });
}

async function newPage(call: PageCall, faults: FormFaults): Promise<PageAnswer> {
  const words = lotsWordsOf(call.language);
  const frame = frameWordsOf(call.language);
  const chosen = faults.title === null ? (call.query['productId'] ?? '') : sent(call.form, 'productId');
  const products = await pickProducts(call, chosen);
  const product = selectField({
    name: 'productId',
    label: words.product,
    value: chosen || (products.items[0]?.id ?? ''),
    options: productOptionsOf(products),
    required: true,
    fault: faults.fields['productId'] ?? null,
  });
  const body = html`
    ${pageHead({ title: words.form.title })}
    ${form({
      call,
      action: `${PATH}/new`,
      words: frame,
      submit: words.form.submit,
      body: html`
        ${product}
        ${lotFields(call, null, null, faults)}
      `,
      faults,
      cancel: PATH,
    })}
  `;
  return { kind: 'page', title: words.form.title, body, ...(faults.title === null ? {} : { status: 422 }) };
}

async function editPage(call: PageCall, faults: FormFaults): Promise<PageAnswer> {
  const { actor, ctx, language } = call;
  const { form: words } = lotsWordsOf(language);
  const lot = valueOf(await readLot(actor, call.params['id'] ?? '', ctx));
  const product = valueOf(await readProduct(actor, lot.productId, ctx));
  const told = lot.inDigitalLink
    ? notice('info', words.fixedNote)
    : lot.firstActivatedAt !== null && actor.role === 'producer' && notice('info', words.activeNote);
  const title = words.editTitle(lot.number);
  const body = html`${pageHead({ title, lead: product.name })}${told}${form({
    call,
    action: `${PATH}/${lot.id}/edit`,
    words: frameWordsOf(language),
    submit: words.save,
    body: lotFields(call, lot, product.unit, faults),
    faults,
    version: lot.version,
    cancel: `${PATH}/${lot.id}`,
  })}`;
  return { kind: 'page', title, body, ...(faults.title === null ? {} : { status: 422 }) };
}

function lotFields(call: PageCall, lot: Lot | null, unit: string | null, faults: FormFaults): ReturnType<typeof html> {
  const words = lotsWordsOf(call.language);
  const { optional } = frameWordsOf(call.language).form;
  const kept = (name: string, was: string | number | null | undefined): string =>
    faults.title === null ? String(was ?? '') : sent(call.form, name);
  const fault = (name: string): string | null => faults.fields[name] ?? null;
  return html`
    ${textField({
      name: 'number',
      label: words.number,
      value: kept('number', lot?.number),
      max: 40,
      required: true,
      plain: true,
      fault: fault('number'),
    })}
    ${fieldRow(
      dateField({
        name: 'producedOn',
        label: words.producedOn,
        value: kept('producedOn', lot === null ? call.today : lot.producedOn),
        fault: fault('producedOn'),
      }),
      dateField({
        name: 'expiresOn',
        label: words.expiresOn,
        value: kept('expiresOn', lot?.expiresOn),
        fault: fault('expiresOn'),
      }),
    )}
    ${textField({
      name: 'declaredQuantity',
      label: words.declared,
      value: kept('declaredQuantity', lot?.declaredQuantity),
      mode: 'numeric',
      max: 10,
      optional,
      hint: unit === null ? null : words.form.declaredHint(unit),
      fault: fault('declaredQuantity'),
    })}
    ${textField({
      name: 'note',
      label: words.form.note,
      value: kept('note', lot?.note),
      max: 1_000,
      optional,
      fault: fault('note'),
    })}
  `;
}
