// The list of lots, and the form that creates or changes one.

import { changeLot, changeLotInput } from '../../../actions/lots/change-lot.ts';
import { makeLot, makeLotInput } from '../../../actions/lots/make-lot.ts';
import { findLots, readLot } from '../../../actions/lots/read.ts';
import { readLotRecall } from '../../../actions/recalls/standing.ts';
import { readProduct } from '../../../actions/registry/read.ts';
import { decide } from '../../../actions/kit/rights.ts';
import type { Lot } from '../../../domain/lots/lot.ts';
import type { Problem } from '../../../domain/problem.ts';
import { doneValue, valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
import { numberMark, numberText } from '../../format.ts';
import { frameWordsOf, lotsWordsOf, type LotsWords } from '../../words/words.ts';
import {
  go,
  sent,
  sentOrNull,
  type ConsoleRoute,
  type PageAnswer,
  type PageCall,
  formRoutes,
  idIn,
} from '../console-route.ts';
import { sentCount } from '../typed-count.ts';
import { fieldRow, form } from '../fields.ts';
import { type FormFaults, formFaults } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { stateMark, type Column } from '../list.ts';
import { dayOrDash } from '../moments.ts';
import { notice } from '../notices.ts';
import { pageHead, page } from '../page-head.ts';
import { pickProducts, productOptionsOf } from '../record-options.ts';
import { formFields, type FormFields } from '../form-fields.ts';
import { listRoutes, rowsOf, type ListView } from '../list-page.ts';
import { runForm, runChange } from '../run-form.ts';
import type { Day } from '../../../domain/entity.ts';

const PATH = '/console/lots';

export const lotListRoutes: readonly ConsoleRoute[] = [
  ...listRoutes({ path: PATH, right: 'read-registry', nav: 'lots' }, list),
  ...formRoutes({ path: `${PATH}/new`, right: 'keep-lot', nav: 'lots' }, newPage, make),
  ...formRoutes({ path: `${PATH}/:id/edit`, right: 'keep-lot', nav: 'lots' }, editPage, change),
];

interface Row {
  lot: Lot;
  product: string;
  isRecalled: boolean;
}

async function list(call: PageCall): Promise<ListView<Row>> {
  const { actor, ctx, language, query } = call;
  const words = lotsWordsOf(language);
  const filter = formFields(call, words, { record: query });
  const productId = query['productId'] || undefined;
  const products = await pickProducts(call, productId ?? '');
  const number = query['number']?.trim() ?? '';
  const names = new Map(products.items.map(({ id, name }) => [id, name]));
  const rowOf = async (lot: Lot): Promise<Row> => {
    const { id, productId: one } = lot;
    const product = names.has(one) ? null : await readProduct(actor, one, ctx);
    if (product?.ok === true) names.set(one, product.value.name);
    const isRecalled = valueOf(await readLotRecall(actor, id, ctx)) !== null;
    return { lot, product: names.get(one) ?? '–', isRecalled };
  };
  const columns: Column<Row>[] = [
    { key: 'number', head: words.number, cell: ({ lot }) => numberMark(lot.number), card: 'title' },
    { key: 'product', head: words.product, cell: ({ product }) => product, card: 'plain' },
    {
      key: 'produced',
      order: ({ lot }) => lot.producedOn,
      head: words.producedOn,
      cell: ({ lot }) => dayOrDash(lot.producedOn),
    },
    {
      key: 'expires',
      order: ({ lot }) => lot.expiresOn,
      head: words.expiresOn,
      cell: ({ lot }) => dayOrDash(lot.expiresOn),
    },
    {
      key: 'declared',
      order: ({ lot }) => lot.declaredQuantity,
      head: words.declared,
      cell: ({ lot }) => (lot.declaredQuantity === null ? null : numberText(lot.declaredQuantity, language)),
      figure: true,
    },
    {
      key: 'events',
      order: ({ lot }) => lot.events.length,
      head: words.events,
      cell: ({ lot }) => numberText(lot.events.length, language),
      figure: true,
    },
    {
      key: 'state',
      head: words.active,
      cell: ({ lot: { firstActivatedAt }, isRecalled }) =>
        isRecalled
          ? stateMark(words.isRecalled, 'warn')
          : firstActivatedAt === null
            ? stateMark(words.isFree, 'over')
            : stateMark(words.isActive, 'good'),
      card: 'plain',
    },
  ];
  return {
    path: PATH,
    words,
    filters: [
      filter.text('number', { label: words.filterNumber, value: number, max: 40, plain: true }),
      filter.select('productId', productOptionsOf(products), {
        label: words.product,
        blank: frameWordsOf(language).list.all,
      }),
    ],
    columns,
    read: async (page) => rowsOf(valueOf(await findLots(actor, { ...page, productId, number }, 'part', ctx)), rowOf),
    hrefOf: ({ lot }) => `${PATH}/${lot.id}`,
    add: decide(actor, 'keep-lot', null).kind !== 'refused' && words.add,
  };
}

async function make(call: PageCall): Promise<PageAnswer> {
  const input = { productId: sent(call.form, 'productId'), ...fieldsIn(call) };
  const outcome = await runForm(call, makeLotInput, input, makeLot);
  return outcome.ok ? go(`${PATH}/${doneValue(outcome).id}`, 'made') : newPage(call, faultsOf(call, outcome.problem));
}

async function change(call: PageCall): Promise<PageAnswer> {
  const outcome = await runChange(call, changeLotInput, fieldsIn(call), changeLot, readLot);
  if (!outcome.ok) return editPage(call, faultsOf(call, outcome.problem));
  return go(`${PATH}/${idIn(call)}`, outcome.value.kind === 'waiting' ? 'asked' : 'saved');
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
  return formFaults(problem, call, {
    'number:taken': words.taken,
    'expiresOn:before-production': words.order,
  });
}

async function newPage(call: PageCall, faults: FormFaults = heldFaults(call)): Promise<PageAnswer> {
  const words = lotsWordsOf(call.language);
  const field = formFields(call, labelsOf(words), { faults });
  const asked = call.query['productId'];
  const products = await pickProducts(call, field.shown('productId', asked));
  const product = field.select('productId', productOptionsOf(products), {
    label: words.product,
    value: asked || products.items[0]?.id,
    required: true,
  });
  const body = html`
    ${pageHead({ title: words.form.title })}
    ${form({
      call,
      action: `${PATH}/new`,
      submit: words.form.submit,
      body: [product, lotFields(field, words, { day: call.today, unit: null })],
      faults,
      cancel: PATH,
    })}
  `;
  return page(words.form.title, body, faults);
}

async function editPage(call: PageCall, faults: FormFaults = heldFaults(call)): Promise<PageAnswer> {
  const { actor, ctx, language } = call;
  const words = lotsWordsOf(language);
  const lot = valueOf(await readLot(actor, idIn(call), ctx));
  const product = valueOf(await readProduct(actor, lot.productId, ctx));
  const told = lot.inDigitalLink
    ? notice('info', words.form.fixedNote)
    : lot.firstActivatedAt !== null && actor.role === 'producer' && notice('info', words.form.activeNote);
  const title = words.form.editTitle(lot.number);
  const field = formFields(call, labelsOf(words), { record: lot, faults });
  const body = html`${pageHead({ title, lead: product.name })}${told}${form({
    call,
    action: `${PATH}/${lot.id}/edit`,
    submit: words.form.save,
    body: lotFields(field, words, { day: null, unit: product.unit }),
    faults,
    record: lot,
    cancel: `${PATH}/${lot.id}`,
  })}`;
  return page(title, body, faults);
}

type Labels = Record<'number' | 'producedOn' | 'expiresOn' | 'declaredQuantity' | 'note', string>;

function labelsOf({ number, producedOn, expiresOn, declared, form: { note } }: LotsWords): Labels {
  return { number, producedOn, expiresOn, declaredQuantity: declared, note };
}

/** @param of `day`: default day of production of a new lot; `unit` of its product, if it is known */
function lotFields(
  field: FormFields<keyof Labels>,
  { form: words }: LotsWords,
  { day, unit }: { day: Day | null; unit: string | null },
): Html {
  const hint = unit === null ? null : words.declaredHint(unit);
  return html`
    ${field.text('number', { max: 40, required: true, plain: true })}
    ${fieldRow(field.date('producedOn', { value: day }), field.date('expiresOn'))}
    ${field.text('declaredQuantity', { mode: 'numeric', max: 10, optional: true, hint })}
    ${field.text('note', { max: 1_000, optional: true })}
  `;
}
