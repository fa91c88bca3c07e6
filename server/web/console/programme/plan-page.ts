// An office's plan of a year, and the figures that were published of it.

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
import { areaField, dateField, fieldRow, form, radioField, selectField, textField } from '../fields.ts';
import { formFaults, NO_FAULTS, type FormFaults } from '../form-faults.ts';
import { addressOf, table, type Column } from '../list.ts';
import { doneNotice } from '../notices.ts';
import { pageHead, section } from '../page-head.ts';
import { readShape } from '../read-shape.ts';
import { sentCount } from '../typed-count.ts';
import { meantBy, partLinks, PROGRAMME, type Meant } from './programme-frame.ts';
import { measureText } from './report-text.ts';

const PATH = `${PROGRAMME}/plan`;

export const planRoutes: readonly ConsoleRoute[] = [
  {
    method: 'get',
    path: PATH,
    gate: 'statistics',
    right: 'read-programme',
    nav: 'programme',
    handle: (call) => planPage(call, NO_FAULTS, NO_FAULTS),
  },
  { method: 'post', path: PATH, right: 'keep-programme', nav: 'programme', handle: savePlan },
  { method: 'post', path: `${PATH}/figures`, right: 'keep-programme', nav: 'programme', handle: saveFigure },
];

async function planPage(call: PageCall, planFaults: FormFaults, figureFaults: FormFaults): Promise<PageAnswer> {
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
  return { kind: 'page', title, body };
}

async function planForm(call: PageCall, meant: Meant, faults: FormFaults, mayKeep: boolean): Promise<Html> {
  const { actor, ctx, language, form: sentForm } = call;
  const words = programmeWordsOf(language);
  const frame = frameWordsOf(language);
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
  const wasSent = 'target.products-rated' in sentForm.fields;
  const fields = PLANNED_MEASURES.map((measure) =>
    textField({
      name: `target.${measure}`,
      label: words.measures[measure],
      mode: 'numeric',
      max: 12,
      value: wasSent ? sent(sentForm, `target.${measure}`) : String(plan?.targets[measure] ?? ''),
      fault: faults.fields[`target.${measure}`] ?? null,
    }),
  );
  return form({
    call,
    action: addressOf(PATH, meant.kept),
    words: frame,
    submit: words.plan.save,
    faults,
    version: plan?.version ?? 0,
    body: html`${[0, 2, 4].map((at) => fieldRow(...fields.slice(at, at + 2)))}${areaField({
      name: 'note',
      label: words.plan.note,
      value: wasSent ? sent(sentForm, 'note') : (plan?.note ?? ''),
      rows: 2,
      max: 600,
      optional: frame.form.optional,
      fault: faults.fields['note'] ?? null,
    })}`,
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
  const { language, form: sentForm, today } = call;
  const words = programmeWordsOf(language);
  const frame = frameWordsOf(language);
  const own = words.plan;
  const kept = (name: string): string => sent(sentForm, name);
  return form({
    call,
    action: addressOf(`${PATH}/figures`, meant.kept),
    words: frame,
    submit: own.addButton,
    faults,
    plain: true,
    body: html`${selectField({
      name: 'measure',
      label: own.measure,
      value: kept('measure'),
      blank: frame.form.choose,
      options: MEASURES.map((value) => ({ value, text: words.measures[value] })),
      fault: faults.fields['measure'] ?? null,
    })}${fieldRow(
      textField({
        name: 'value',
        label: own.value,
        value: kept('value'),
        mode: 'numeric',
        max: 12,
        fault: faults.fields['value'] ?? null,
      }),
      dateField({
        name: 'asOf',
        label: own.asOf,
        value: kept('asOf') || (meant.year < Number(today.slice(0, 4)) ? `${meant.year}-12-31` : today),
        fault: faults.fields['asOf'] ?? null,
      }),
    )}${radioField({
      name: 'kind',
      label: own.kind,
      value: kept('kind') || 'reported',
      options: FIGURE_KINDS.map((value) => ({ value, text: words.kinds[value] })),
      fault: faults.fields['kind'] ?? null,
    })}${fieldRow(
      textField({
        name: 'round',
        label: own.round,
        hint: own.roundHint,
        value: kept('round'),
        max: 20,
        optional: frame.form.optional,
        fault: faults.fields['round'] ?? null,
      }),
      textField({
        name: 'figureNote',
        label: own.figureNote,
        value: kept('figureNote'),
        max: 300,
        optional: frame.form.optional,
        fault: faults.fields['figureNote'] ?? null,
      }),
    )}`,
  });
}

async function savePlan(call: PageCall): Promise<PageAnswer> {
  const found = await meantBy(call);
  if (found.kind === 'pick') return found.page;
  const { officeId, year, kept } = found.meant;
  const { actor, ctx, form: sentForm, language } = call;
  const targets = Object.fromEntries(
    PLANNED_MEASURES.map((measure) => [measure, sentCount(sentForm, `target.${measure}`)]),
  );
  const input = readShape(setPlanInput, { targets, note: sentOrNull(sentForm, 'note') });
  const outcome = input.ok
    ? await setPlan(actor, { officeId, year, version: sentVersion(sentForm), plan: input.value }, ctx)
    : input;
  if (outcome.ok) return go(addressOf(PATH, kept), 'saved');
  const rename = Object.fromEntries(PLANNED_MEASURES.map((measure) => [`targets.${measure}`, `target.${measure}`]));
  return faulty(outcome.problem, (faults) => planPage(call, faults, NO_FAULTS), call, rename, language);
}

async function saveFigure(call: PageCall): Promise<PageAnswer> {
  const found = await meantBy(call);
  if (found.kind === 'pick') return found.page;
  const { officeId, year, kept } = found.meant;
  const { actor, ctx, form: sentForm, language } = call;
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
  return faulty(outcome.problem, (faults) => planPage(call, NO_FAULTS, faults), call, { note: 'figureNote' }, language);
}

async function faulty(
  problem: Problem,
  page: (faults: FormFaults) => Promise<PageAnswer>,
  { form: sentForm }: PageCall,
  rename: Readonly<Record<string, string>>,
  language: PageCall['language'],
): Promise<PageAnswer> {
  const own = programmeWordsOf(language).plan;
  const answer = await page(
    formFaults(problem, sentForm, frameWordsOf(language), { 'asOf:in-future': own.inFuture }, rename),
  );
  return answer.kind === 'page' ? { ...answer, status: 422 } : answer;
}
