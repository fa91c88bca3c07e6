// The ledger of support: what was given to whom, added line by line, struck out where it was wrong.

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
import { sent, sentOrNull, type ConsoleRoute, type PageAnswer, type PageCall } from '../console-route.ts';
import { areaField, dateField, fieldRow, form, selectField, textField } from '../fields.ts';
import { NO_FAULTS, type FormFaults } from '../form-faults.ts';
import { addressOf } from '../list.ts';
import { facts, pageHead } from '../page-head.ts';
import { producerOptions } from '../record-options.ts';
import { readShape } from '../read-shape.ts';
import { sentCount } from '../typed-count.ts';
import type { Meant } from './programme-frame.ts';
import { listOrForm, officeKept, pathOf, yearListPage, type YearList } from './year-list.ts';

const PATH = pathOf('support');

type Page = Extract<PageAnswer, { kind: 'page' }>;

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
      ...(mayKeep ? [{ head: '', cell: strikeLink, card: 'plain' as const }] : []),
    ];
  },
  below: sums,
};

export const supportRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, right: 'read-programme', nav: 'programme', handle: (call) => yearListPage(call, LIST) },
  {
    method: 'get',
    path: `${PATH}/new`,
    right: 'keep-programme',
    nav: 'programme',
    handle: (call) => newPage(call, NO_FAULTS),
  },
  { method: 'post', path: `${PATH}/new`, right: 'keep-programme', nav: 'programme', handle: record },
  {
    method: 'get',
    path: `${PATH}/:id/strike`,
    right: 'keep-programme',
    nav: 'programme',
    handle: (call) => strikePage(call, NO_FAULTS),
  },
  { method: 'post', path: `${PATH}/:id/strike`, right: 'keep-programme', nav: 'programme', handle: strike },
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

async function newPage(call: PageCall, faults: FormFaults): Promise<Page> {
  const { language, form: sentForm, today } = call;
  const words = programmeWordsOf(language);
  const frame = frameWordsOf(language);
  const own = words.support;
  const kept = (name: string): string => sent(sentForm, name);
  const office = officeKept(call);
  const body = html`${pageHead({ title: own.addTitle })}${form({
    call,
    action: addressOf(`${PATH}/new`, office),
    words: frame,
    submit: own.add,
    faults,
    cancel: addressOf(PATH, office),
    body: html`${selectField({
      name: 'kind',
      label: own.heads.kind,
      value: kept('kind'),
      blank: frame.form.choose,
      options: SUPPORT_KINDS.map((value) => ({ value, text: own.kinds[value] })),
      fault: faults.fields['kind'] ?? null,
    })}${fieldRow(
      textField({
        name: 'quantity',
        label: own.heads.quantity,
        value: kept('quantity'),
        mode: 'numeric',
        max: 12,
        required: true,
        fault: faults.fields['quantity'] ?? null,
      }),
      dateField({
        name: 'givenOn',
        label: own.heads.on,
        value: kept('givenOn') || today,
        max: today,
        fault: faults.fields['givenOn'] ?? null,
      }),
    )}${selectField({
      name: 'producerId',
      label: own.heads.producer,
      hint: own.producerHint,
      value: kept('producerId'),
      blank: own.several,
      options: await producerOptions(call, kept('producerId')),
      fault: faults.fields['producerId'] ?? null,
    })}${textField({
      name: 'note',
      label: own.heads.note,
      value: kept('note'),
      max: 300,
      optional: frame.form.optional,
      fault: faults.fields['note'] ?? null,
    })}`,
  })}`;
  return { kind: 'page', title: own.addTitle, body };
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

async function strikePage(call: PageCall, faults: FormFaults): Promise<Page> {
  const { actor, ctx, language, params, form: sentForm } = call;
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
    words: frameWordsOf(language),
    submit: own.strike,
    faults,
    cancel: `${PATH}?year=${support.year}`,
    body: areaField({
      name: 'reason',
      label: own.reason,
      value: sent(sentForm, 'reason'),
      rows: 2,
      max: 300,
      fault: faults.fields['reason'] ?? null,
    }),
  })}`;
  return { kind: 'page', title: own.strikeTitle, body };
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
