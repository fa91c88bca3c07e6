// Products on their way to a rating: the list by step, and one form to add and to move them on.

import { candidateInput, changeCandidate, makeCandidate } from '../../../actions/programme/keep-candidate.ts';
import { listCandidates, readCandidate } from '../../../actions/programme/read.ts';
import { readProducer } from '../../../actions/registry/read.ts';
import { decide } from '../../../actions/kit/rights.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import type { Id } from '../../../domain/entity.ts';
import { CANDIDATE_STAGES, canBeJudged, nextJudging, type Candidate } from '../../../domain/programme/candidates.ts';
import { PRODUCT_GROUPS } from '../../../domain/registry/product.ts';
import { valueOf } from '../../outcome.ts';
import { html, type Html, type Inset } from '../../html.ts';
import { dayText } from '../../format.ts';
import { frameWordsOf, programmeWordsOf, type ProgrammeWords } from '../../words/words.ts';
import {
  go,
  sent,
  sentOrNull,
  sentVersion,
  type ConsoleRoute,
  type PageAnswer,
  type PageCall,
} from '../console-route.ts';
import { areaField, checkField, fieldGroup, fieldRow, form, hiddenField, selectField, textField } from '../fields.ts';
import { formFaults, NO_FAULTS, type FormFaults } from '../form-faults.ts';
import { addressOf, emptyList, filterPanel, pager, PAGE_ROWS, table, type Column } from '../list.ts';
import { doneNotice } from '../notices.ts';
import { linkButton, pageHead } from '../page-head.ts';
import { producerOptions } from '../producer-options.ts';
import { readShape } from '../read-shape.ts';
import { meantBy, partLinks, PROGRAMME, yearOf, yearOptions } from './programme-frame.ts';

const PATH = `${PROGRAMME}/candidates`;
const MONTHS = Array.from({ length: 12 }, (_, i) => i + 1);

type Page = Extract<PageAnswer, { kind: 'page' }>;

export const candidateRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, right: 'read-programme', nav: 'programme', handle: list },
  {
    method: 'get',
    path: `${PATH}/new`,
    right: 'keep-programme',
    nav: 'programme',
    handle: (call) => candidatePage(call, null, NO_FAULTS),
  },
  { method: 'post', path: `${PATH}/new`, right: 'keep-programme', nav: 'programme', handle: make },
  {
    method: 'get',
    path: `${PATH}/:id`,
    right: 'keep-programme',
    nav: 'programme',
    handle: async (call) => candidatePage(call, await read(call), NO_FAULTS),
  },
  { method: 'post', path: `${PATH}/:id`, right: 'keep-programme', nav: 'programme', handle: change },
];

async function list(call: PageCall): Promise<PageAnswer> {
  const found = await meantBy(call);
  if (found.kind === 'pick') return found.page;
  const { meant } = found;
  const { actor, ctx, language, query, today } = call;
  const words = programmeWordsOf(language);
  const frame = frameWordsOf(language);
  const own = words.candidates;
  const stage = CANDIDATE_STAGES.find((known) => known === query['stage']);
  const officeId = actor.officeId ?? meant.officeId;
  const filter = {
    year: meant.year,
    ...(stage === undefined ? {} : { stage }),
    ...(officeId === undefined ? {} : { officeId }),
  };
  const page = valueOf(
    await listCandidates(actor, { limit: PAGE_ROWS, after: query['after'] ?? null, ...filter }, ctx),
  );
  const makers = await makerNames(page.items, call);
  const mayKeep = decide(actor, 'keep-programme', null).kind === 'may';
  const columns: Column<Candidate>[] = [
    { head: own.heads.name, cell: ({ name }) => name, card: 'title' },
    {
      head: own.heads.maker,
      cell: ({ producerId, maker }) => (producerId === null ? maker : (makers.get(producerId) ?? null)),
      card: 'plain',
    },
    { head: own.heads.group, cell: ({ group }) => words.groups[group], card: 'plain' },
    { head: own.heads.stage, cell: ({ stage: at }) => html`<b>${own.stages[at]}</b>`, card: 'inline' },
    { head: own.heads.since, cell: ({ stageOn }) => dayText(stageOn) },
    { head: own.heads.judged, cell: (candidate) => judgedText(candidate, today, words) },
  ];
  const filters = filterPanel(
    [
      selectField({ name: 'year', label: words.year, value: String(meant.year), options: yearOptions(today) }),
      selectField({
        name: 'stage',
        label: own.stage,
        value: stage ?? '',
        blank: own.any,
        options: CANDIDATE_STAGES.map((value) => ({ value, text: own.stages[value] })),
      }),
      ...(meant.kept['officeId'] === undefined ? [] : [hiddenField('officeId', meant.kept['officeId'])]),
    ],
    frame,
  );
  const add = linkButton(addressOf(`${PATH}/new`, meant.kept), own.add, true);
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
      : table({
          columns,
          rows: page.items,
          caption: own.title,
          hrefOf: ({ id }) => (mayKeep ? `${PATH}/${id}` : null),
        });
  const body = html`${pageHead({ title: own.title, lead: own.lead, actions: mayKeep ? [add] : [] })}${partLinks('candidates', meant, words)}${doneNotice(call, own.done)}${filters}${shown}${pager({ path: PATH, query, next: page.next, words: frame })}`;
  return { kind: 'page', title: own.title, body };
}

function judgedText({ months, stage }: Candidate, today: string, { candidates: own }: ProgrammeWords): Inset {
  if (stage === 'certified' || stage === 'dropped') return null;
  if (months.length === 0) return own.anyTime;
  if (canBeJudged(months, today)) return html`<b>${own.now}</b>`;
  const next = nextJudging(months, today);
  return next === null ? own.anyTime : own.from(`${next.slice(5)}/${next.slice(0, 4)}`);
}

async function makerNames(items: readonly Candidate[], { actor, ctx }: PageCall): Promise<Map<Id, string>> {
  const names = new Map<Id, string>();
  for (const id of new Set(items.map(({ producerId }) => producerId).filter((one) => one !== null))) {
    const producer = await readProducer(actor, id, ctx);
    if (producer.ok) names.set(id, producer.value.name);
  }
  return names;
}

async function read({ actor, ctx, params }: PageCall): Promise<Candidate> {
  return valueOf(await readCandidate(actor, params['id'] ?? '', ctx));
}

async function candidatePage(call: PageCall, candidate: Candidate | null, faults: FormFaults): Promise<Page> {
  const { language, form: sentForm, query, today } = call;
  const words = programmeWordsOf(language);
  const frame = frameWordsOf(language);
  const own = words.candidates;
  const wasSent = 'name' in sentForm.fields;
  const kept = (name: string, value: string): string => (wasSent ? sent(sentForm, name) : value);
  const year = candidate?.year ?? yearOf(query['year'], today);
  const chosen = wasSent ? (sentForm.fields['months'] ?? []).map(Number) : (candidate?.months ?? []);
  const office: Record<string, string> = query['officeId'] === undefined ? {} : { officeId: query['officeId'] };
  const title = candidate === null ? own.addTitle : own.changeTitle;
  const ticks: Html[] = MONTHS.map((month) =>
    checkField({ name: 'months', value: String(month), label: own.month(month), checked: chosen.includes(month) }),
  );
  const body = html`${pageHead({ title })}${form({
    call,
    action: candidate === null ? addressOf(`${PATH}/new`, office) : `${PATH}/${candidate.id}`,
    words: frame,
    submit: frame.form.save,
    faults,
    cancel: addressOf(PATH, { ...office, year: String(year) }),
    ...(candidate === null ? {} : { version: candidate.version }),
    body: html`${textField({ name: 'name', label: own.name, value: kept('name', candidate?.name ?? ''), max: 160, required: true, fault: faults.fields['name'] ?? null })}${fieldRow(
      selectField({
        name: 'group',
        label: own.group,
        value: kept('group', candidate?.group ?? ''),
        blank: frame.form.choose,
        options: PRODUCT_GROUPS.map((value) => ({ value, text: words.groups[value] })),
        fault: faults.fields['group'] ?? null,
      }),
      selectField({
        name: 'stage',
        label: own.stage,
        value: kept('stage', candidate?.stage ?? 'idea'),
        options: CANDIDATE_STAGES.map((value) => ({ value, text: own.stages[value] })),
        fault: faults.fields['stage'] ?? null,
      }),
    )}${selectField({ name: 'producerId', label: own.producer, value: kept('producerId', candidate?.producerId ?? ''), blank: frame.form.none, options: await producerOptions(call), fault: faults.fields['producerId'] ?? null })}${textField(
      {
        name: 'maker',
        label: own.maker,
        hint: own.makerHint,
        value: kept('maker', candidate?.maker ?? ''),
        max: 160,
        fault: faults.fields['maker'] ?? null,
      },
    )}${selectField({ name: 'year', label: own.year, value: kept('year', String(year)), options: yearOptions(today), fault: faults.fields['year'] ?? null })}${fieldGroup(own.months, own.monthsHint, html`<div class="months">${ticks}</div>`)}${areaField(
      {
        name: 'note',
        label: own.note,
        value: kept('note', candidate?.note ?? ''),
        rows: 2,
        max: 600,
        optional: frame.form.optional,
        fault: faults.fields['note'] ?? null,
      },
    )}`,
  })}`;
  return { kind: 'page', title, body };
}

function inputOf({ form: sentForm }: PageCall, before: Candidate | null): unknown {
  return {
    name: sent(sentForm, 'name'),
    group: sent(sentForm, 'group'),
    producerId: sentOrNull(sentForm, 'producerId'),
    maker: sentOrNull(sentForm, 'maker'),
    productId: before?.productId ?? null,
    stage: sent(sentForm, 'stage'),
    year: Number(sent(sentForm, 'year')),
    months: (sentForm.fields['months'] ?? []).map(Number),
    note: sentOrNull(sentForm, 'note'),
  };
}

async function make(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, query } = call;
  const input = readShape(candidateInput, inputOf(call, null));
  const outcome = input.ok
    ? await runAction(makeCandidate, actor, { officeId: query['officeId'], candidate: input.value }, ctx)
    : input;
  return outcome.ok ? goBack(call) : faulty(call, null, formFaultsOf(call, outcome.problem));
}

async function change(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, form: sentForm } = call;
  const before = await read(call);
  const input = readShape(candidateInput, inputOf(call, before));
  const outcome = input.ok
    ? await changeCandidate(actor, { id: before.id, version: sentVersion(sentForm), candidate: input.value }, ctx)
    : input;
  return outcome.ok ? goBack(call) : faulty(call, before, formFaultsOf(call, outcome.problem));
}

function goBack({ form: sentForm, query }: PageCall): PageAnswer {
  return go(
    addressOf(PATH, {
      ...(query['officeId'] === undefined ? {} : { officeId: query['officeId'] }),
      year: sent(sentForm, 'year'),
    }),
    'saved',
  );
}

function formFaultsOf({ form: sentForm, language }: PageCall, problem: Parameters<typeof formFaults>[0]): FormFaults {
  return formFaults(problem, sentForm, frameWordsOf(language), {
    'maker:required': programmeWordsOf(language).candidates.noMaker,
  });
}

async function faulty(call: PageCall, candidate: Candidate | null, faults: FormFaults): Promise<PageAnswer> {
  return { ...(await candidatePage(call, candidate, faults)), status: 422 };
}
