// The office gives a roll of blank stamps to a producer, or plaques for things without lots.

import { issueBatch, issueBatchInput } from '../../../actions/batches/issue-batch.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import { doneValue } from '../../outcome.ts';
import { html } from '../../html.ts';
import { batchesWordsOf, frameWordsOf } from '../../words/words.ts';
import { go, isTicked, sent, sentOrNull, type ConsoleRoute, type PageAnswer, type PageCall } from '../console-route.ts';
import { sentCount } from '../typed-count.ts';
import { checkField, form, radioField, selectField, textField } from '../fields.ts';
import { formFaults, NO_FAULTS, type FormFaults } from '../form-faults.ts';
import { knownRecall, recalledBox, recalledFaults } from '../print/concerns-block.ts';
import { pageHead } from '../page-head.ts';
import { pickProducts, producerOptions, productOptionsOf } from '../record-options.ts';
import { readShape } from '../read-shape.ts';

const PATH = '/console/rolls/new';

export const giveRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, right: 'issue-special', nav: 'batches', handle: (call) => givePage(call, NO_FAULTS) },
  { method: 'post', path: PATH, right: 'issue-special', nav: 'batches', handle: give },
];

async function give(call: PageCall): Promise<PageAnswer> {
  const { form: typed } = call;
  const isPlaque = sent(typed, 'kind') === 'plaque';
  const whom = isPlaque
    ? { productId: sent(typed, 'productId'), plaque: true }
    : { producerId: sent(typed, 'producerId') };
  const input = readShape(issueBatchInput, {
    ...whom,
    quantity: sentCount(typed, 'quantity'),
    pin: isTicked(typed, 'pin'),
    note: sentOrNull(typed, 'note'),
    ...knownRecall(call),
  });
  const outcome = input.ok ? await runAction(issueBatch, call.actor, input.value, call.ctx) : input;
  if (outcome.ok) return go(`/console/batches/${doneValue(outcome).id}`, 'given');
  const faults = formFaults(outcome.problem, typed, frameWordsOf(call.language));
  return givePage(call, outcome.problem.code === 'recalled' ? recalledFaults(faults) : faults);
}

async function givePage(call: PageCall, faults: FormFaults): Promise<PageAnswer> {
  const { language } = call;
  const { give: words } = batchesWordsOf(language);
  const frame = frameWordsOf(language);
  const kept = (name: string): string => (faults.title === null ? (call.query[name] ?? '') : sent(call.form, name));
  const fault = (name: string): string | null => faults.fields[name] ?? null;
  const body = html`
    ${radioField({
      name: 'kind',
      label: words.kind,
      value: kept('kind') || 'blank',
      options: [
        { value: 'blank', text: words.blank, hint: words.blankHint },
        { value: 'plaque', text: words.plaque, hint: words.plaqueHint },
      ],
    })}
    ${selectField({
      name: 'producerId',
      label: words.producer,
      value: kept('producerId'),
      blank: frame.form.choose,
      options: await producerOptions(call, kept('producerId')),
      fault: fault('producerId'),
    })}
    ${selectField({
      name: 'productId',
      label: words.product,
      value: kept('productId'),
      blank: frame.form.none,
      options: productOptionsOf(await pickProducts(call, kept('productId'))),
      fault: fault('productId'),
    })}
    ${textField({
      name: 'quantity',
      label: words.quantity,
      value: kept('quantity'),
      mode: 'numeric',
      max: 10,
      required: true,
      fault: fault('quantity'),
    })}
    ${textField({
      name: 'note',
      label: words.note,
      value: kept('note'),
      max: 500,
      hint: words.noteHint,
      optional: frame.form.optional,
      fault: fault('note'),
    })}
    ${checkField({ name: 'pin', label: words.pin, checked: faults.title !== null && isTicked(call.form, 'pin') })}
    ${recalledBox(call, faults)}
  `;
  const page = html`
    ${pageHead({ title: words.title, lead: words.lead })}
    ${form({ call, action: PATH, words: frame, submit: words.submit, body, faults, cancel: '/console/batches' })}
  `;
  return { kind: 'page', title: words.title, body: page, ...(faults.title === null ? {} : { status: 422 }) };
}
