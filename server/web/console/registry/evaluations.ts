// Evaluations by council round: the list, recording one, correcting one. Stars are computed and shown as what follows.

import { changeEvaluation, changeEvaluationInput } from '../../../actions/registry/change-evaluation.ts';
import { producerNames } from '../../../actions/registry/find.ts';
import { makeEvaluation, makeEvaluationInput } from '../../../actions/registry/make-evaluation.ts';
import { listEvaluations, listEvaluationsQuery, readEvaluation, readProduct } from '../../../actions/registry/read.ts';
import { decide } from '../../../actions/kit/rights.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import { PUBLIC_STARS_MIN } from '../../../domain/registry/certificate.ts';
import type { Evaluation } from '../../../domain/registry/evaluation.ts';
import type { Problem } from '../../../domain/problem.ts';
import { valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
import { dayText } from '../../format.ts';
import { frameWordsOf, registryWordsOf } from '../../words/words.ts';
import {
  go,
  sent,
  sentMeasure,
  sentOrNull,
  sentVersion,
  type ConsoleRoute,
  type PageAnswer,
  type PageCall,
} from '../console-route.ts';
import { dateField, fieldRow, form, hiddenField, selectField, textField } from '../fields.ts';
import { formFaults, NO_FAULTS, type FormFaults } from '../form-faults.ts';
import { emptyList, filterPanel, pager, PAGE_ROWS, table, type Column } from '../list.ts';
import { doneNotice, notice } from '../notices.ts';
import { linkButton, pageHead } from '../page-head.ts';
import { productOptions } from '../record-options.ts';
import { readQuery } from '../read-query.ts';
import { readShape } from '../read-shape.ts';
import { sentCount } from '../typed-count.ts';
import { scoreText, starsMark } from './marks.ts';

const PATH = '/console/evaluations';
type Page = Extract<PageAnswer, { kind: 'page' }>;

export const evaluationRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, right: 'read-registry', nav: 'evaluations', handle: list },
  {
    method: 'get',
    path: `${PATH}/new`,
    right: 'change-registry',
    nav: 'evaluations',
    handle: (call) => formPage(call, null, NO_FAULTS),
  },
  { method: 'post', path: `${PATH}/new`, right: 'change-registry', nav: 'evaluations', handle: make },
  { method: 'get', path: `${PATH}/:id/edit`, right: 'change-registry', nav: 'evaluations', handle: edit },
  { method: 'post', path: `${PATH}/:id/edit`, right: 'change-registry', nav: 'evaluations', handle: change },
];

interface Row {
  evaluation: Evaluation;
  product: string;
  producer: string;
}

async function list(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, language, query } = call;
  const words = registryWordsOf(language);
  const own = words.evaluations;
  const frame = frameWordsOf(language);
  const page = valueOf(await listEvaluations(actor, readQuery(listEvaluationsQuery, query, PAGE_ROWS), ctx));
  const producers = producerNames(actor, ctx);
  const rows: Row[] = [];
  for (const evaluation of page.items) {
    const product = await readProduct(actor, evaluation.productId, ctx);
    rows.push({
      evaluation,
      product: product.ok ? product.value.name : '',
      producer: await producers(evaluation.producerId),
    });
  }
  const mayMake = decide(actor, 'change-registry', null).kind !== 'refused';
  const columns: Column<Row>[] = [
    { head: words.products.both, cell: ({ product }) => product, below: ({ producer }) => producer, card: 'title' },
    { head: words.heads.round, cell: ({ evaluation }) => evaluation.round, card: 'inline' },
    { head: words.fields.heldOn, cell: ({ evaluation }) => dayText(evaluation.heldOn), card: 'inline' },
    {
      head: words.heads.score,
      cell: ({ evaluation }) => scoreText(evaluation.scoreHundredths, language),
      figure: true,
    },
    { head: words.heads.minimum, cell: ({ evaluation }) => words.starsText(evaluation.minimumStars) },
    { head: words.heads.stars, cell: ({ evaluation }) => starsMark(evaluation.stars, words), card: 'plain' },
    { head: words.heads.decision, cell: ({ evaluation }) => evaluation.decision },
  ];
  const filters = filterPanel(
    [
      textField({
        name: 'round',
        label: words.fields.round,
        value: query['round'] ?? '',
        placeholder: '2026-1',
        max: 40,
      }),
    ],
    frame,
  );
  const shown =
    rows.length === 0
      ? emptyList({
          path: PATH,
          query,
          words: frame,
          title: own.empty,
          text: own.emptyText,
          ways: mayMake
            ? [linkButton(`${PATH}/new`, own.add), linkButton('/console/import', words.producers.importLink)]
            : [],
        })
      : table({
          columns,
          rows,
          hrefOf: ({ evaluation }) =>
            mayMake ? `${PATH}/${evaluation.id}/edit` : `/console/products/${evaluation.productId}`,
          caption: own.caption,
        });
  const body = html`
    ${pageHead({
      title: own.title,
      lead: own.lead,
      actions: mayMake ? [linkButton(`${PATH}/new`, own.add, true)] : [],
    })}
    ${doneNotice(call, own.done)}
    ${filters}
    ${shown}
    ${pager({ path: PATH, query, next: page.next, words: frame })}
  `;
  return { kind: 'page', title: own.title, body };
}

async function make(call: PageCall): Promise<PageAnswer> {
  const input = readShape(makeEvaluationInput, {
    productId: sent(call.form, 'productId'),
    round: sent(call.form, 'round'),
    ...sentFields(call),
  });
  const outcome = input.ok ? await runAction(makeEvaluation, call.actor, input.value, call.ctx) : input;
  if (!outcome.ok) return { ...(await formPage(call, null, faultsOf(call, outcome.problem))), status: 422 };
  if (outcome.value.kind === 'waiting') return go(`/console/products/${sent(call.form, 'productId')}`, 'asked');
  return go(`${PATH}/${outcome.value.value.id}/edit`, 'made');
}

async function edit(call: PageCall): Promise<PageAnswer> {
  return formPage(call, valueOf(await readEvaluation(call.actor, call.params['id'] ?? '', call.ctx)), NO_FAULTS);
}

async function change(call: PageCall): Promise<PageAnswer> {
  const before = valueOf(await readEvaluation(call.actor, call.params['id'] ?? '', call.ctx));
  const input = readShape(changeEvaluationInput, sentFields(call));
  const outcome = input.ok
    ? await changeEvaluation(
        call.actor,
        { id: before.id, version: sentVersion(call.form), change: input.value },
        call.ctx,
      )
    : input;
  if (!outcome.ok) return { ...(await formPage(call, before, faultsOf(call, outcome.problem))), status: 422 };
  return go(`${PATH}/${before.id}/edit`, outcome.value.kind === 'waiting' ? 'asked' : 'saved');
}

function sentFields({ form: sentForm }: PageCall): Record<string, unknown> {
  return {
    heldOn: sent(sentForm, 'heldOn'),
    score: sentMeasure(sentForm, 'score'),
    minimumStars: sentCount(sentForm, 'minimumStars'),
    decision: sentOrNull(sentForm, 'decision'),
  };
}

function faultsOf(call: PageCall, problem: Problem): FormFaults {
  return formFaults(problem, call.form, frameWordsOf(call.language), registryWordsOf(call.language).evaluations.faults);
}

/** @param before null: a new one */
async function formPage(call: PageCall, before: Evaluation | null, faults: FormFaults): Promise<Page> {
  const words = registryWordsOf(call.language);
  const own = words.evaluations;
  const frame = frameWordsOf(call.language);
  const kept = (name: string, recorded: string): string => call.form.fields[name]?.[0] ?? recorded;
  const fault = (name: string): string | null => faults.fields[name] ?? null;
  const product = before === null ? null : valueOf(await readProduct(call.actor, before.productId, call.ctx));
  const which =
    before === null &&
    html`
      ${selectField({
        name: 'productId',
        label: words.fields.productId,
        value: kept('productId', call.query['productId'] ?? ''),
        blank: frame.form.choose,
        required: true,
        options: await productOptions(call, kept('productId', call.query['productId'] ?? '')),
        fault: fault('productId'),
      })}
      ${textField({
        name: 'round',
        label: words.fields.round,
        hint: own.roundHint,
        value: kept('round', ''),
        max: 40,
        required: true,
        fault: fault('round'),
      })}
    `;
  const fields = html`
    ${which}
    ${dateField({
      name: 'heldOn',
      label: words.fields.heldOn,
      value: kept('heldOn', before?.heldOn ?? ''),
      required: true,
      fault: fault('heldOn'),
    })}
    ${fieldRow(
      textField({
        name: 'score',
        label: words.fields.score,
        hint: own.scoreHint,
        value: kept('score', before === null ? '' : scoreText(before.scoreHundredths, call.language)),
        mode: 'decimal',
        max: 6,
        required: true,
        fault: fault('score'),
      }),
      selectField({
        name: 'minimumStars',
        label: words.fields.minimumStars,
        hint: own.minimumHint,
        value: kept('minimumStars', String(before?.minimumStars ?? '')),
        blank: frame.form.choose,
        required: true,
        options: [1, 2, 3, 4, 5].map((value) => ({ value: String(value), text: words.starsText(value) })),
        fault: fault('minimumStars'),
      }),
    )}
    ${textField({
      name: 'decision',
      label: words.fields.decision,
      optional: frame.form.optional,
      hint: own.decisionHint,
      value: kept('decision', before?.decision ?? ''),
      max: 80,
      fault: fault('decision'),
    })}
    <p class="hint">${own.rule}</p>
  `;
  const action = before === null ? `${PATH}/new` : `${PATH}/${before.id}/edit`;
  const cancel = before === null ? PATH : `/console/products/${before.productId}`;
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
      action,
      words: frame,
      submit: before === null ? own.add : frame.form.save,
      faults,
      cancel,
      ...(before === null ? {} : { version: before.version }),
      body: html`${fields}${before === null ? null : hiddenField('id', before.id)}`,
    })}
  `;
  return { kind: 'page', title, body };
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
