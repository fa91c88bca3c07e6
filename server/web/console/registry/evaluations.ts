// Evaluations by council round: the list, recording one, correcting one. Stars are computed and only shown.

import { changeEvaluation, changeEvaluationInput } from '../../../actions/registry/change-evaluation.ts';
import { producerNames } from '../../../actions/registry/find.ts';
import { makeEvaluation, makeEvaluationInput } from '../../../actions/registry/make-evaluation.ts';
import { listEvaluations, listEvaluationsQuery, readEvaluation, readProduct } from '../../../actions/registry/read.ts';
import { decide } from '../../../actions/kit/rights.ts';
import { PUBLIC_STARS_MIN } from '../../../domain/registry/certificate.ts';
import type { Evaluation } from '../../../domain/registry/evaluation.ts';
import { ok, type Problem, type Result } from '../../../domain/problem.ts';
import { valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
import { dayText } from '../../format.ts';
import { frameWordsOf, registryWordsOf } from '../../words/words.ts';
import {
  go,
  sent,
  sentMeasure,
  sentOrNull,
  type ConsoleRoute,
  type PageAnswer,
  type PageCall,
  formRoutes,
  idIn,
} from '../console-route.ts';
import { fieldRow, form, hiddenField } from '../fields.ts';
import { type FormFaults, formFaults } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { PAGE_ROWS, type Column } from '../list.ts';
import { doneNotice, notice } from '../notices.ts';
import { linkButton, pageHead, page, type Page } from '../page-head.ts';
import { readQuery } from '../read-query.ts';
import { sentCount } from '../typed-count.ts';
import { scoreText, starsMark } from './marks.ts';
import { productOptions } from '../record-options.ts';
import { listRoutes, rowsOf, type ListView } from '../list-page.ts';
import { formFields, choices } from '../form-fields.ts';
import { runForm, runChange } from '../run-form.ts';

const PATH = '/console/evaluations';

export const evaluationRoutes: readonly ConsoleRoute[] = [
  ...listRoutes({ path: PATH, right: 'read-registry', nav: 'evaluations' }, list),
  ...formRoutes({ path: `${PATH}/new`, right: 'change-registry', nav: 'evaluations' }, newPage, make),
  ...formRoutes({ path: `${PATH}/:id/edit`, right: 'change-registry', nav: 'evaluations' }, edit, change),
];

interface Row {
  evaluation: Evaluation;
  product: string;
  producer: string;
}

async function list(call: PageCall): Promise<ListView<Row>> {
  const { actor, ctx, language, query } = call;
  const words = registryWordsOf(language);
  const own = words.evaluations;
  const asked = readQuery(listEvaluationsQuery, { ...query, after: '' }, PAGE_ROWS);
  const producers = producerNames(actor, ctx);
  const rowOf = async (evaluation: Evaluation): Promise<Row> => {
    const product = await readProduct(actor, evaluation.productId, ctx);
    const producer = await producers(evaluation.producerId);
    return { evaluation, product: product.ok ? product.value.name : '', producer };
  };
  const mayMake = decide(actor, 'change-registry', null).kind !== 'refused';
  const columns: Column<Row>[] = [
    {
      key: 'product',
      head: words.products.both,
      cell: ({ product }) => product,
      below: ({ producer }) => producer,
      card: 'title',
    },
    { key: 'round', head: words.heads.round, cell: ({ evaluation }) => evaluation.round, card: 'inline' },
    {
      key: 'held',
      order: ({ evaluation }) => evaluation.heldOn,
      head: words.fields.heldOn,
      cell: ({ evaluation }) => dayText(evaluation.heldOn),
      card: 'inline',
    },
    {
      key: 'score',
      order: ({ evaluation }) => evaluation.scoreHundredths / 100,
      head: words.heads.score,
      cell: ({ evaluation }) => scoreText(evaluation.scoreHundredths, language),
      figure: true,
    },
    { head: words.heads.minimum, cell: ({ evaluation }) => words.starsText(evaluation.minimumStars) },
    {
      key: 'stars',
      order: ({ evaluation }) => evaluation.stars,
      head: words.heads.stars,
      cell: ({ evaluation }) => starsMark(evaluation.stars, words),
      card: 'plain',
    },
    { key: 'decision', head: words.heads.decision, cell: ({ evaluation }) => evaluation.decision },
  ];
  return {
    path: PATH,
    words: own,
    filters: [formFields(call, words.fields, { record: query }).text('round', { placeholder: '2026-1', max: 40 })],
    columns,
    read: async (page) => rowsOf(valueOf(await listEvaluations(actor, { ...asked, ...page }, ctx)), rowOf),
    hrefOf: ({ evaluation }) =>
      mayMake ? `${PATH}/${evaluation.id}/edit` : `/console/products/${evaluation.productId}`,
    add: mayMake && own.add,
    ways: mayMake ? [linkButton('/console/import', words.producers.importLink)] : [],
  };
}

async function make(call: PageCall): Promise<PageAnswer> {
  const productId = sent(call.form, 'productId');
  const input = sentFields(call);
  const outcome = await runForm(call, makeEvaluationInput, input, makeEvaluation);
  if (!outcome.ok) return newPage(call, faultsOf(call, outcome.problem));
  if (outcome.value.kind === 'waiting') return go(`/console/products/${productId}`, 'asked');
  return go(`${PATH}/${outcome.value.value.id}/edit`, 'made');
}

async function change(call: PageCall): Promise<PageAnswer> {
  const before = await read(call);
  const outcome = await runChange(call, changeEvaluationInput, sentFields(call), changeEvaluation, readScored);
  if (!outcome.ok) return formPage(call, before, faultsOf(call, outcome.problem));
  return go(`${PATH}/${before.id}/edit`, outcome.value.kind === 'waiting' ? 'asked' : 'saved');
}

/** With its score in points, as the form has it, so that a change by somebody else can be merged. */
function scored(evaluation: Evaluation): Evaluation & { score: number } {
  return { ...evaluation, score: evaluation.scoreHundredths / 100 };
}

async function readScored(...asked: Parameters<typeof readEvaluation>): Promise<Result<Evaluation>> {
  const found = await readEvaluation(...asked);
  return found.ok ? ok(scored(found.value)) : found;
}

async function read({ actor, ctx, params }: PageCall): Promise<Evaluation> {
  return valueOf(await readEvaluation(actor, idIn({ params }), ctx));
}

function sentFields({ form: sentForm }: PageCall): Record<string, unknown> {
  return {
    productId: sent(sentForm, 'productId'),
    round: sent(sentForm, 'round'),
    heldOn: sent(sentForm, 'heldOn'),
    score: sentMeasure(sentForm, 'score'),
    minimumStars: sentCount(sentForm, 'minimumStars'),
    decision: sentOrNull(sentForm, 'decision'),
  };
}

function faultsOf(call: PageCall, problem: Problem): FormFaults {
  return formFaults(problem, call, registryWordsOf(call.language).evaluations.faults);
}

function newPage(call: PageCall, faults: FormFaults = heldFaults(call)): Promise<Page> {
  return formPage(call, null, faults);
}

async function edit(call: PageCall): Promise<PageAnswer> {
  return formPage(call, await read(call), heldFaults(call));
}

/** @param before null: a new one */
async function formPage(call: PageCall, before: Evaluation | null, faults: FormFaults): Promise<Page> {
  const words = registryWordsOf(call.language);
  const own = words.evaluations;
  const frame = frameWordsOf(call.language);
  const blank = frame.form.choose;
  const field = formFields(call, words.fields, { record: before, faults });
  const product = before === null ? null : valueOf(await readProduct(call.actor, before.productId, call.ctx));
  const productId = before?.productId ?? call.query['productId'];
  const products = await productOptions(call, field.shown('productId', productId));
  const which = html`
      ${field.select('productId', products, { value: productId, blank, required: true })}
      ${field.text('round', { hint: own.roundHint, max: 40, required: true })}
    `;
  const fields = html`
    ${which}
    ${field.date('heldOn', { required: true, max: call.today })}
    ${fieldRow(
      field.text('score', {
        hint: own.scoreHint,
        value: before === null ? '' : scoreText(before.scoreHundredths, call.language),
        mode: 'decimal',
        max: 6,
        required: true,
      }),
      field.select('minimumStars', choices([1, 2, 3, 4, 5], words.starsText), {
        hint: own.minimumHint,
        blank,
        required: true,
      }),
    )}
    ${field.text('decision', { optional: true, hint: own.decisionHint, max: 80 })}
    <p class="hint">${own.rule}</p>
  `;
  const title = before === null ? own.addTitle : own.editTitle;
  const lead =
    before !== null && product !== null
      ? html`<a href="/console/products/${product.id}">${product.name}</a>, ${before.round}`
      : null;
  const body = html`
    ${pageHead({ title, lead })}
    ${doneNotice(call, own.done)}
    ${call.actor.role === 'producer' && notice('info', words.askHint)}
    ${before !== null && resultOf(before, call)}
    ${form({
      call,
      action: before === null ? `${PATH}/new` : `${PATH}/${before.id}/edit`,
      submit: before === null ? own.add : frame.form.save,
      faults,
      cancel: before === null ? PATH : `/console/products/${before.productId}`,
      ...(before === null ? {} : { record: scored(before) }),
      body: [fields, before === null ? null : hiddenField('id', before.id)],
    })}
  `;
  return page(title, body, faults);
}

/** What follows from the evaluation on record. */
function resultOf({ id, productId, stars }: Evaluation, { language }: PageCall): Html {
  const words = registryWordsOf(language);
  const own = words.evaluations;
  if (stars < PUBLIC_STARS_MIN) return notice('warn', own.low(stars));
  return html`
    <p class="result"><b>${own.computed}:</b> ${starsMark(stars, words)} ${words.starsText(stars)}</p>
    <p class="acts">${linkButton(
      `/console/certificates/new?productId=${productId}&evaluationId=${id}`,
      own.toCertificate,
    )}</p>
  `;
}
