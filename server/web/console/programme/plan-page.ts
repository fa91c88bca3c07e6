// An office's plan of a year, and the figures published for it.

import { listFigures, readPlan } from '../../../actions/programme/read.ts';
import { decide } from '../../../actions/kit/rights.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import { setFigure, setFigureInput } from '../../../actions/programme/set-figure.ts';
import { setPlan, setPlanInput } from '../../../actions/programme/set-plan.ts';
import { FIGURE_KINDS, MEASURES, PLANNED_MEASURES, type Figure } from '../../../domain/programme/programme.ts';
import type { Problem } from '../../../domain/problem.ts';
import { valueOf } from '../../outcome.ts';
import { ProblemError } from '../../errors.ts';
import { html, type Html } from '../../html.ts';
import { dayText, numberText } from '../../format.ts';
import { frameWordsOf, programmeWordsOf } from '../../words/words.ts';
import {
  go,
  sent,
  sentOrNull,
  sentVersion,
  type ConsoleRoute,
  type PageAnswer,
  type PageCall,
} from '../console-route.ts';
import { fieldRow, form } from '../fields.ts';
import { type FormFaults, formFaults, NO_FAULTS } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { addressOf, table, type Column } from '../list.ts';
import { doneNotice } from '../notices.ts';
import { pageHead, section, page } from '../page-head.ts';
import { readShape } from '../run-form.ts';
import { sentCount } from '../typed-count.ts';
import { meantBy, partLinks, PROGRAMME, type Meant } from './programme-frame.ts';
import { measureText } from './report-text.ts';
import { formFields, choices } from '../form-fields.ts';

const PATH = `${PROGRAMME}/plan`;

export const planRoutes: readonly ConsoleRoute[] = [
  {
    method: 'get',
    path: PATH,
    gate: 'statistics',
    right: 'read-programme',
    nav: 'programme',
    handle: (call) => planPage(call),
  },
  { method: 'post', path: PATH, right: 'keep-programme', nav: 'programme', handle: savePlan },
  { method: 'post', path: `${PATH}/figures`, right: 'keep-programme', nav: 'programme', handle: saveFigure },
];

async function planPage(
  call: PageCall,
  planFaults: FormFaults = heldFaults(call, '/plan'),
  figureFaults: FormFaults = heldFaults(call, '/figures'),
): Promise<PageAnswer> {
  const found = await meantBy(call);
  if (found.kind === 'pick') return found.page;
  const { meant } = found;
  const { actor, ctx, language } = call;
  const words = programmeWordsOf(language);
  const figures = valueOf(await listFigures(actor, meant, ctx));
  figures.sort((a, b) =>
    a.asOf === b.asOf ? MEASURES.indexOf(a.measure) - MEASURES.indexOf(b.measure) : a.asOf < b.asOf ? 1 : -1,
  );
  const mayKeep = decide(actor, 'keep-programme', null).kind === 'may';
  const title = words.plan.title(meant.year);
  const body = html`${pageHead({ title, lead: mayKeep ? words.plan.lead : words.plan.nothingChanges })}${partLinks(
    'plan',
    meant,
    words,
  )}${doneNotice(call, words.plan.done)}${await planForm(call, meant, planFaults, mayKeep)}${section(
    words.plan.figures,
    html`<p class="hint text">${words.plan.figuresText}</p>${figuresTable(figures, call)}`,
  )}${mayKeep && section(words.plan.add, figureForm(call, meant, figureFaults))}`;
  return page(title, body, planFaults.title === null ? figureFaults : planFaults);
}

async function planForm(call: PageCall, meant: Meant, faults: FormFaults, mayKeep: boolean): Promise<Html> {
  const { actor, ctx, language } = call;
  const words = programmeWordsOf(language);
  const kept = await readPlan(actor, meant, ctx);
  if (!kept.ok && kept.problem.code !== 'not-found') throw new ProblemError(kept.problem);
  const plan = kept.ok ? kept.value : null;
  if (!mayKeep) {
    const rows = PLANNED_MEASURES.map((measure) => ({ measure, value: plan?.targets[measure] ?? null }));
    return table({
      columns: [
        {
          head: words.heads.measure,
          cell: ({ measure }: (typeof rows)[number]) => words.measures[measure],
          card: 'title',
        },
        {
          head: words.heads.planned,
          cell: ({ value }: (typeof rows)[number]) => value !== null && numberText(value, language),
          figure: true,
        },
      ],
      rows,
      caption: words.plan.title(meant.year),
    });
  }
  const record = { note: plan?.note, target: plan?.targets };
  const field = formFields(call, words.plan, { record, faults });
  const fields = PLANNED_MEASURES.map((measure) =>
    field.text(`target.${measure}`, { label: words.measures[measure], mode: 'numeric', max: 12 }),
  );
  return form({
    call,
    action: addressOf(PATH, meant.kept),
    submit: words.plan.save,
    faults,
    version: plan?.version ?? 0,
    body: [
      [0, 2, 4].map((at) => fieldRow(...fields.slice(at, at + 2))),
      field.area('note', { rows: 2, max: 600, optional: true }),
    ],
  });
}

function figuresTable(figures: readonly Figure[], { language }: PageCall): Html {
  const words = programmeWordsOf(language);
  if (figures.length === 0) return html`<p class="muted">${words.plan.noFigures}</p>`;
  const columns: Column<Figure>[] = [
    { head: words.heads.measure, cell: (figure) => measureText(figure, words), card: 'title' },
    { head: words.heads.value, cell: ({ value }) => html`<b>${numberText(value, language)}</b>`, figure: true },
    { head: words.heads.kind, cell: ({ kind }) => words.kinds[kind], card: 'inline' },
    { head: words.heads.asOf, cell: ({ asOf }) => dayText(asOf) },
    { head: words.heads.note, cell: ({ note }) => note, card: 'plain' },
  ];
  return table({ columns, rows: figures, caption: words.plan.figures });
}

function figureForm(call: PageCall, meant: Meant, faults: FormFaults): Html {
  const { language, today } = call;
  const words = programmeWordsOf(language);
  const frame = frameWordsOf(language);
  const own = words.plan;
  const field = formFields(call, own, { faults });
  return form({
    call,
    action: addressOf(`${PATH}/figures`, meant.kept),
    submit: own.addButton,
    faults,
    plain: true,
    body: [
      field.select('measure', choices(MEASURES, words.measures), { blank: frame.form.choose }),
      fieldRow(
        field.text('value', { mode: 'numeric', max: 12 }),
        field.date('asOf', { value: meant.year < Number(today.slice(0, 4)) ? `${meant.year}-12-31` : today }),
      ),
      field.radio('kind', choices(FIGURE_KINDS, words.kinds), { value: 'reported' }),
      fieldRow(
        field.text('round', { hint: own.roundHint, max: 20, optional: true }),
        field.text('figureNote', { max: 300, optional: true }),
      ),
    ],
  });
}

async function savePlan(call: PageCall): Promise<PageAnswer> {
  const found = await meantBy(call);
  if (found.kind === 'pick') return found.page;
  const { officeId, year, kept } = found.meant;
  const { actor, ctx, form: sentForm } = call;
  const targets = Object.fromEntries(
    PLANNED_MEASURES.map((measure) => [measure, sentCount(sentForm, `target.${measure}`)]),
  );
  const input = readShape(setPlanInput, { targets, note: sentOrNull(sentForm, 'note') });
  const outcome = input.ok
    ? await setPlan(actor, { officeId, year, version: sentVersion(sentForm), plan: input.value }, ctx)
    : input;
  if (outcome.ok) return go(addressOf(PATH, kept), 'saved');
  const rename = Object.fromEntries(PLANNED_MEASURES.map((measure) => [`targets.${measure}`, `target.${measure}`]));
  return planPage(call, faultsOf(call, outcome.problem, rename));
}

async function saveFigure(call: PageCall): Promise<PageAnswer> {
  const found = await meantBy(call);
  if (found.kind === 'pick') return found.page;
  const { officeId, year, kept } = found.meant;
  const { actor, ctx, form: sentForm } = call;
  const input = readShape(setFigureInput, {
    year,
    measure: sent(sentForm, 'measure'),
    round: sentOrNull(sentForm, 'round'),
    value: sentCount(sentForm, 'value'),
    asOf: sent(sentForm, 'asOf'),
    kind: sent(sentForm, 'kind'),
    note: sentOrNull(sentForm, 'figureNote'),
  });
  const outcome = input.ok ? await runAction(setFigure, actor, { officeId, figure: input.value }, ctx) : input;
  if (outcome.ok) return go(addressOf(PATH, kept), 'figure');
  return planPage(call, NO_FAULTS, faultsOf(call, outcome.problem, { note: 'figureNote' }));
}

function faultsOf(call: PageCall, problem: Problem, rename: Readonly<Record<string, string>>): FormFaults {
  return formFaults(problem, call, { 'asOf:in-future': programmeWordsOf(call.language).plan.inFuture }, rename);
}
