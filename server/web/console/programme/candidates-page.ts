// Products on their way to a rating: the list by step, and one form to add and to move them on.

import { candidateInput, changeCandidate, makeCandidate } from '../../../actions/programme/keep-candidate.ts';
import { listCandidates, readCandidate } from '../../../actions/programme/read.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import {
  CANDIDATE_STAGES,
  canBeJudged,
  nextJudging,
  type Candidate,
  type CandidateStage,
} from '../../../domain/programme/candidates.ts';
import { PRODUCT_GROUPS } from '../../../domain/registry/product.ts';
import { valueOf } from '../../outcome.ts';
import { html, type Html, type Inset } from '../../html.ts';
import { dayText } from '../../format.ts';
import { frameWordsOf, programmeWordsOf, type ProgrammeWords } from '../../words/words.ts';
import {
  sent,
  sentOrNull,
  sentVersion,
  type ConsoleRoute,
  type PageAnswer,
  type PageCall,
  formRoutes,
  idIn,
} from '../console-route.ts';
import { checkField, fieldGroup, fieldRow, form } from '../fields.ts';
import { type FormFaults, showsSent } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { addressOf } from '../list.ts';
import { pageHead, type Page, page } from '../page-head.ts';
import { producerOptions } from '../record-options.ts';
import { sentCount, typedCount } from '../typed-count.ts';
import { yearOf, yearOptions } from './programme-frame.ts';
import { listOrForm, officeKept, pathOf, yearListPage, type YearList } from './year-list.ts';
import { formFields, choices } from '../form-fields.ts';
import { readAndRun } from '../run-form.ts';

const PATH = pathOf('candidates');
const MONTHS = Array.from({ length: 12 }, (_, i) => i + 1);

const LIST: YearList<Candidate, CandidateStage> = {
  part: 'candidates',
  filter: {
    name: 'stage',
    choices: CANDIDATE_STAGES,
    label: ({ candidates }) => candidates.stage,
    texts: ({ candidates }) => candidates.stages,
  },
  read: ({ actor, ctx }, query, stage) => listCandidates(actor, { ...query, stage }, ctx),
  columns: ({ call, words, producers }) => {
    const { heads, stages } = words.candidates;
    return [
      { head: heads.name, cell: ({ name }) => name, card: 'title' },
      {
        head: heads.maker,
        cell: ({ producerId, maker }) => (producerId === null ? maker : (producers.get(producerId) ?? null)),
        card: 'plain',
      },
      { head: heads.group, cell: ({ group }) => words.groups[group], card: 'plain' },
      { head: heads.stage, cell: ({ stage }) => html`<b>${stages[stage]}</b>`, card: 'inline' },
      { head: heads.since, cell: ({ stageOn }) => dayText(stageOn) },
      { head: heads.judged, cell: (candidate) => judgedText(candidate, call.today, words) },
    ];
  },
  hrefOf: ({ id }) => `${PATH}/${id}`,
};

export const candidateRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, right: 'read-programme', nav: 'programme', handle: (call) => yearListPage(call, LIST) },
  ...formRoutes({ path: `${PATH}/new`, right: 'keep-programme', nav: 'programme' }, newPage, make),
  ...formRoutes({ path: `${PATH}/:id`, right: 'keep-programme', nav: 'programme' }, editPage, change),
];

function judgedText({ months, stage }: Candidate, today: string, { candidates: own }: ProgrammeWords): Inset {
  if (stage === 'certified' || stage === 'dropped') return null;
  if (months.length === 0) return own.anyTime;
  if (canBeJudged(months, today)) return html`<b>${own.now}</b>`;
  const next = nextJudging(months, today);
  return next === null ? own.anyTime : own.from(`${next.slice(5)}/${next.slice(0, 4)}`);
}

async function read({ actor, ctx, params }: PageCall): Promise<Candidate> {
  return valueOf(await readCandidate(actor, idIn({ params }), ctx));
}

function newPage(call: PageCall): Promise<Page> {
  return candidatePage(call, null, heldFaults(call));
}

async function editPage(call: PageCall): Promise<Page> {
  return candidatePage(call, await read(call), heldFaults(call));
}

async function candidatePage(call: PageCall, candidate: Candidate | null, faults: FormFaults): Promise<Page> {
  const { language, form: sentForm, query, today } = call;
  const words = programmeWordsOf(language);
  const frame = frameWordsOf(language);
  const own = words.candidates;
  const wasSent = showsSent(faults);
  const field = formFields(call, own, { record: candidate, faults });
  const year = candidate?.year ?? yearOf(query['year'], today);
  const chosen = wasSent ? (sentForm.fields['months'] ?? []).map(Number) : (candidate?.months ?? []);
  const office = officeKept(call);
  const title = candidate === null ? own.addTitle : own.changeTitle;
  const ticks: Html[] = MONTHS.map((month) =>
    checkField({ name: 'months', value: String(month), label: own.month(month), checked: chosen.includes(month) }),
  );
  const body = html`${pageHead({ title })}${form({
    call,
    action: candidate === null ? addressOf(`${PATH}/new`, office) : `${PATH}/${candidate.id}`,
    submit: frame.form.save,
    faults,
    cancel: addressOf(PATH, { ...office, year: String(year) }),
    ...(candidate === null ? {} : { version: candidate.version }),
    body: [
      field.text('name', { max: 160, required: true }),
      fieldRow(
        field.select('group', choices(PRODUCT_GROUPS, words.groups), { blank: frame.form.choose }),
        field.select('stage', choices(CANDIDATE_STAGES, own.stages), { value: candidate?.stage ?? 'idea' }),
        field.date('stageOn', { value: '', hint: own.stageOnHint, optional: true }),
      ),
      field.select('producerId', await producerOptions(call, field.shown('producerId')), {
        label: own.producer,
        blank: frame.form.none,
      }),
      field.text('maker', { hint: own.makerHint, max: 160 }),
      field.select('year', yearOptions(today), { value: String(year) }),
      fieldGroup(own.months, own.monthsHint, html`<div class="months">${ticks}</div>`),
      field.area('note', { rows: 2, max: 600, optional: true }),
    ],
  })}`;
  return page(title, body, faults);
}

function inputOf({ form: sentForm }: PageCall, before: Candidate | null): unknown {
  return {
    name: sent(sentForm, 'name'),
    group: sent(sentForm, 'group'),
    producerId: sentOrNull(sentForm, 'producerId'),
    maker: sentOrNull(sentForm, 'maker'),
    productId: before?.productId ?? null,
    stage: sent(sentForm, 'stage'),
    stageOn: sentOrNull(sentForm, 'stageOn'),
    year: sentCount(sentForm, 'year') ?? '',
    months: (sentForm.fields['months'] ?? []).map(typedCount),
    note: sentOrNull(sentForm, 'note'),
  };
}

async function make(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, query } = call;
  const outcome = await readAndRun(candidateInput, inputOf(call, null), (candidate) =>
    runAction(makeCandidate, actor, { officeId: query['officeId'], candidate }, ctx),
  );
  return answerTo(call, outcome, null);
}

async function change(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, form: sentForm } = call;
  const before = await read(call);
  const outcome = await readAndRun(candidateInput, inputOf(call, before), (candidate) =>
    changeCandidate(actor, { id: before.id, version: sentVersion(sentForm), candidate }, ctx),
  );
  return answerTo(call, outcome, before);
}

function answerTo(
  call: PageCall,
  outcome: Parameters<typeof listOrForm>[1],
  candidate: Candidate | null,
): Promise<PageAnswer> {
  return listOrForm(
    call,
    outcome,
    { part: 'candidates', year: sent(call.form, 'year'), done: 'saved' },
    (faults) => candidatePage(call, candidate, faults),
    { 'maker:required': programmeWordsOf(call.language).candidates.noMaker },
  );
}
