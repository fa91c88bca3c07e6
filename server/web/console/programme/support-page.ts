// The ledger of support: what was given to whom, added line by line; wrong lines are struck out.

import { listSupports, readSupport } from '../../../actions/programme/read.ts';
import {
  recordSupport,
  recordSupportInput,
  strikeSupport,
  strikeSupportInput,
} from '../../../actions/programme/record-support.ts';
import { readReport } from '../../../actions/programme/read-report.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import {
  MEASURE_OF_SUPPORT,
  SUPPORT_KINDS,
  type Support,
  type SupportKind,
} from '../../../domain/programme/programme.ts';
import { valueOf } from '../../outcome.ts';
import { html, type Html, type Inset } from '../../html.ts';
import { dayText, numberText } from '../../format.ts';
import { frameWordsOf, programmeWordsOf } from '../../words/words.ts';
import { sent, sentOrNull, type ConsoleRoute, type PageAnswer, type PageCall, formRoutes } from '../console-route.ts';
import { fieldRow, form } from '../fields.ts';
import type { FormFaults } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { addressOf } from '../list.ts';
import { facts, pageHead, type Page, page } from '../page-head.ts';
import { producerOptions } from '../record-options.ts';
import { readShape } from '../run-form.ts';
import { sentCount } from '../typed-count.ts';
import type { Meant } from './programme-frame.ts';
import { listOrForm, officeKept, pathOf, yearListPage, type YearList } from './year-list.ts';
import { formFields, choices } from '../form-fields.ts';

const PATH = pathOf('support');

const LIST: YearList<Support, SupportKind> = {
  part: 'support',
  filter: {
    name: 'kind',
    choices: SUPPORT_KINDS,
    label: ({ support }) => support.heads.kind,
    texts: ({ support }) => support.kinds,
  },
  read: ({ actor, ctx }, query, kind) => listSupports(actor, { ...query, kind }, ctx),
  columns: ({ call, words, producers, mayKeep }) => {
    const own = words.support;
    const figure = ({ quantity }: Support): string => numberText(quantity, call.language);
    const strikeLink = ({ id, struck }: Support): Inset =>
      struck === null && html`<a href="${PATH}/${id}/strike">${own.strike}</a>`;
    return [
      { head: own.heads.on, cell: ({ givenOn }) => dayText(givenOn), card: 'plain' },
      { head: own.heads.kind, cell: (line) => struckThrough(line, own.kinds[line.kind]), card: 'title' },
      { head: own.heads.quantity, cell: (line) => struckThrough(line, figure(line)), figure: true },
      {
        head: own.heads.producer,
        cell: ({ producerId }) => (producerId === null ? own.several : (producers.get(producerId) ?? null)),
        card: 'plain',
      },
      {
        head: own.heads.note,
        cell: ({ note, struck }) =>
          html`${note}${struck !== null && html`<small>${own.struck(dayText(struck.on), struck.reason)}</small>`}`,
        card: 'plain',
      },
      ...(mayKeep ? [{ head: own.heads.act, cell: strikeLink, card: 'plain' as const }] : []),
    ];
  },
  below: sums,
};

export const supportRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, right: 'read-programme', nav: 'programme', handle: (call) => yearListPage(call, LIST) },
  ...formRoutes({ path: `${PATH}/new`, right: 'keep-programme', nav: 'programme' }, newPage, record),
  ...formRoutes({ path: `${PATH}/:id/strike`, right: 'keep-programme', nav: 'programme' }, strikePage, strike),
];

function struckThrough({ struck }: Support, text: string): Html {
  return html`<span${struck !== null && html` class="old"`}>${text}</span>`;
}

async function sums({ actor, ctx, language }: PageCall, { officeId, year }: Meant): Promise<Html> {
  const own = programmeWordsOf(language).support;
  const { counts } = valueOf(await readReport(actor, { officeId, year }, ctx));
  const rows = SUPPORT_KINDS.map(
    (kind) => [own.kinds[kind], numberText(counts.measures[MEASURE_OF_SUPPORT[kind]] ?? 0, language)] as const,
  );
  return html`<section><h2>${own.sums}</h2>${facts(rows)}</section>`;
}

async function newPage(call: PageCall, faults: FormFaults = heldFaults(call)): Promise<Page> {
  const { language, today } = call;
  const words = programmeWordsOf(language);
  const frame = frameWordsOf(language);
  const own = words.support;
  const field = formFields(call, own.heads, { faults });
  const office = officeKept(call);
  const body = html`${pageHead({ title: own.addTitle })}${form({
    call,
    action: addressOf(`${PATH}/new`, office),
    submit: own.add,
    faults,
    cancel: addressOf(PATH, office),
    body: [
      field.select('kind', choices(SUPPORT_KINDS, own.kinds), { blank: frame.form.choose }),
      fieldRow(
        field.text('quantity', { mode: 'numeric', max: 12, required: true }),
        field.date('givenOn', { label: own.heads.on, value: today, max: today }),
      ),
      field.select('producerId', await producerOptions(call, field.shown('producerId')), {
        label: own.heads.producer,
        hint: own.producerHint,
        blank: own.several,
      }),
      field.text('note', { max: 300, optional: true }),
    ],
  })}`;
  return page(own.addTitle, body, faults);
}

async function record(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, form: sentForm, language, query } = call;
  const input = readShape(recordSupportInput, {
    kind: sent(sentForm, 'kind'),
    producerId: sentOrNull(sentForm, 'producerId'),
    quantity: sentCount(sentForm, 'quantity'),
    givenOn: sent(sentForm, 'givenOn'),
    note: sentOrNull(sentForm, 'note'),
  });
  const outcome = input.ok
    ? await runAction(recordSupport, actor, { officeId: query['officeId'], support: input.value }, ctx)
    : input;
  return listOrForm(
    call,
    outcome,
    { part: 'support', year: sent(sentForm, 'givenOn').slice(0, 4), done: 'recorded' },
    (faults) => newPage(call, faults),
    { 'givenOn:in-future': programmeWordsOf(language).support.inFuture },
  );
}

async function strikePage(call: PageCall, faults: FormFaults = heldFaults(call)): Promise<Page> {
  const { actor, ctx, language, params } = call;
  const own = programmeWordsOf(language).support;
  const support = valueOf(await readSupport(actor, params['id'] ?? '', ctx));
  const told: Html = facts([
    [own.heads.kind, own.kinds[support.kind]],
    [own.heads.quantity, numberText(support.quantity, language)],
    [own.heads.on, dayText(support.givenOn)],
  ]);
  const body = html`${pageHead({ title: own.strikeTitle })}${told}${form({
    call,
    action: `${PATH}/${support.id}/strike`,
    submit: own.strike,
    faults,
    cancel: `${PATH}?year=${support.year}`,
    body: formFields(call, own, { faults }).area('reason', { rows: 2, max: 300 }),
  })}`;
  return page(own.strikeTitle, body, faults);
}

async function strike(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, form: sentForm, params } = call;
  const input = readShape(strikeSupportInput, { reason: sent(sentForm, 'reason') });
  const outcome = input.ok
    ? await runAction(strikeSupport, actor, { id: params['id'] ?? '', reason: input.value.reason }, ctx)
    : input;
  const year = outcome.ok && outcome.value.kind === 'done' ? String(outcome.value.value.year) : '';
  return listOrForm(call, outcome, { part: 'support', year, done: 'struck' }, (faults) => strikePage(call, faults));
}
