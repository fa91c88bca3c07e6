// The ledger of support: what was given to whom, added line by line, struck out where it was wrong.

import { listSupports, readSupport } from '../../../actions/programme/read.ts';
import {
  recordSupport,
  recordSupportInput,
  strikeSupport,
  strikeSupportInput,
} from '../../../actions/programme/record-support.ts';
import { readReport } from '../../../actions/programme/read-report.ts';
import { readProducer } from '../../../actions/registry/read.ts';
import { decide } from '../../../actions/kit/rights.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import type { Id } from '../../../domain/entity.ts';
import { MEASURE_OF_SUPPORT, SUPPORT_KINDS, type Support } from '../../../domain/programme/programme.ts';
import { valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
import { dayText, numberText } from '../../format.ts';
import { frameWordsOf, programmeWordsOf } from '../../words/words.ts';
import { go, sent, sentOrNull, type ConsoleRoute, type PageAnswer, type PageCall } from '../console-route.ts';
import { areaField, dateField, fieldRow, form, hiddenField, selectField, textField } from '../fields.ts';
import { formFaults, NO_FAULTS, type FormFaults } from '../form-faults.ts';
import { addressOf, emptyList, filterPanel, pager, PAGE_ROWS, table, type Column } from '../list.ts';
import { doneNotice } from '../notices.ts';
import { facts, linkButton, pageHead } from '../page-head.ts';
import { producerOptions } from '../producer-options.ts';
import { readShape } from '../read-shape.ts';
import { sentCount } from '../typed-count.ts';
import { meantBy, partLinks, PROGRAMME, yearOptions } from './programme-frame.ts';

const PATH = `${PROGRAMME}/support`;

type Page = Extract<PageAnswer, { kind: 'page' }>;

export const supportRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, right: 'read-programme', nav: 'programme', handle: list },
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

async function list(call: PageCall): Promise<PageAnswer> {
  const found = await meantBy(call);
  if (found.kind === 'pick') return found.page;
  const { meant } = found;
  const { actor, ctx, language, query, today } = call;
  const words = programmeWordsOf(language);
  const frame = frameWordsOf(language);
  const own = words.support;
  const kind = SUPPORT_KINDS.find((known) => known === query['kind']);
  const officeId = actor.officeId ?? meant.officeId;
  const filter = {
    year: meant.year,
    ...(kind === undefined ? {} : { kind }),
    ...(officeId === undefined ? {} : { officeId }),
  };
  const page = valueOf(await listSupports(actor, { limit: PAGE_ROWS, after: query['after'] ?? null, ...filter }, ctx));
  const names = await producerNames(page.items, call);
  const mayKeep = decide(actor, 'keep-programme', null).kind === 'may';
  const columns: Column<Support>[] = [
    { head: own.heads.on, cell: ({ givenOn }) => dayText(givenOn), card: 'plain' },
    {
      head: own.heads.kind,
      cell: ({ kind: one, struck }) => html`<span${struck !== null && html` class="old"`}>${own.kinds[one]}</span>`,
      card: 'title',
    },
    {
      head: own.heads.quantity,
      cell: ({ quantity, struck }) =>
        html`<span${struck !== null && html` class="old"`}>${numberText(quantity, language)}</span>`,
      figure: true,
    },
    {
      head: own.heads.producer,
      cell: ({ producerId }) => (producerId === null ? own.several : (names.get(producerId) ?? null)),
      card: 'plain',
    },
    {
      head: own.heads.note,
      cell: ({ note, struck }) =>
        html`${note}${struck !== null && html`<small>${own.struck(dayText(struck.on), struck.reason)}</small>`}`,
      card: 'plain',
    },
    ...(mayKeep
      ? [
          {
            head: '',
            cell: ({ id, struck }: Support) =>
              struck === null && html`<a href="${PATH}/${id}/strike">${own.strike}</a>`,
            card: 'plain' as const,
          },
        ]
      : []),
  ];
  const filters = filterPanel(
    [
      selectField({ name: 'year', label: words.year, value: String(meant.year), options: yearOptions(today) }),
      selectField({
        name: 'kind',
        label: own.heads.kind,
        value: kind ?? '',
        blank: own.any,
        options: SUPPORT_KINDS.map((value) => ({ value, text: own.kinds[value] })),
      }),
      ...(meant.kept['officeId'] === undefined ? [] : [hiddenField('officeId', meant.kept['officeId'])]),
    ],
    frame,
  );
  const { counts } = valueOf(await readReport(actor, { officeId: meant.officeId, year: meant.year }, ctx));
  const sums = facts(
    SUPPORT_KINDS.map(
      (one) => [own.kinds[one], numberText(counts.measures[MEASURE_OF_SUPPORT[one]] ?? 0, language)] as const,
    ),
  );
  const add = mayKeep ? [linkButton(addressOf(`${PATH}/new`, meant.kept), own.add, true)] : [];
  const { year: _year, ...conditions } = query;
  const shown =
    page.items.length === 0
      ? emptyList({
          path: addressOf(PATH, meant.kept),
          query: conditions,
          words: frame,
          title: own.empty,
          text: own.emptyText,
        })
      : table({ columns, rows: page.items, caption: own.title });
  const body = html`${pageHead({ title: own.title, lead: own.lead, actions: add })}${partLinks('support', meant, words)}${doneNotice(call, own.done)}${filters}${shown}${pager({ path: PATH, query, next: page.next, words: frame })}<section><h2>${own.sums}</h2>${sums}</section>`;
  return { kind: 'page', title: own.title, body };
}

async function producerNames(items: readonly Support[], { actor, ctx }: PageCall): Promise<Map<Id, string>> {
  const ids = [...new Set(items.map(({ producerId }) => producerId).filter((id) => id !== null))];
  const names = new Map<Id, string>();
  for (const id of ids) {
    const producer = await readProducer(actor, id, ctx);
    if (producer.ok) names.set(id, producer.value.name);
  }
  return names;
}

async function newPage(call: PageCall, faults: FormFaults): Promise<Page> {
  const { language, form: sentForm, today, query } = call;
  const words = programmeWordsOf(language);
  const frame = frameWordsOf(language);
  const own = words.support;
  const kept = (name: string): string => sent(sentForm, name);
  const office = query['officeId'] === undefined ? {} : { officeId: query['officeId'] };
  const body = html`${pageHead({ title: own.addTitle })}${form({
    call,
    action: addressOf(`${PATH}/new`, office),
    words: frame,
    submit: own.add,
    faults,
    cancel: addressOf(PATH, office),
    body: html`${selectField({ name: 'kind', label: own.heads.kind, value: kept('kind'), blank: frame.form.choose, options: SUPPORT_KINDS.map((value) => ({ value, text: own.kinds[value] })), fault: faults.fields['kind'] ?? null })}${fieldRow(
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
    )}${selectField({ name: 'producerId', label: own.heads.producer, hint: own.producerHint, value: kept('producerId'), blank: own.several, options: await producerOptions(call), fault: faults.fields['producerId'] ?? null })}${textField(
      {
        name: 'note',
        label: own.heads.note,
        value: kept('note'),
        max: 300,
        optional: frame.form.optional,
        fault: faults.fields['note'] ?? null,
      },
    )}`,
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
  if (outcome.ok)
    return go(
      addressOf(PATH, {
        ...(query['officeId'] === undefined ? {} : { officeId: query['officeId'] }),
        year: sent(sentForm, 'givenOn').slice(0, 4),
      }),
      'recorded',
    );
  return {
    ...(await newPage(
      call,
      formFaults(outcome.problem, sentForm, frameWordsOf(language), {
        'givenOn:in-future': programmeWordsOf(language).support.inFuture,
      }),
    )),
    status: 422,
  };
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
  const { actor, ctx, form: sentForm, language, params } = call;
  const input = readShape(strikeSupportInput, { reason: sent(sentForm, 'reason') });
  const outcome = input.ok
    ? await runAction(strikeSupport, actor, { id: params['id'] ?? '', reason: input.value.reason }, ctx)
    : input;
  if (outcome.ok) {
    const year = outcome.value.kind === 'done' ? String(outcome.value.value.year) : '';
    return go(addressOf(PATH, { year }), 'struck');
  }
  return { ...(await strikePage(call, formFaults(outcome.problem, sentForm, frameWordsOf(language)))), status: 422 };
}
