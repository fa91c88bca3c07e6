// The office gives a roll of blank stamps to a producer, or plaques for things without lots.

import { issueBatch, issueBatchInput } from '../../../actions/batches/issue-batch.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import { doneValue } from '../../outcome.ts';
import { html } from '../../html.ts';
import { batchesWordsOf, frameWordsOf } from '../../words/words.ts';
import {
  go,
  isTicked,
  sent,
  sentOrNull,
  type ConsoleRoute,
  type PageAnswer,
  type PageCall,
  formRoutes,
} from '../console-route.ts';
import { sentCount } from '../typed-count.ts';
import { form } from '../fields.ts';
import { type FormFaults, formFaults } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { knownRecall, recalledBox, recalledFaults } from '../print/concerns-block.ts';
import { pageHead, page } from '../page-head.ts';
import { pickProducts, producerOptions, productOptionsOf } from '../record-options.ts';
import { readShape } from '../run-form.ts';
import { formFields } from '../form-fields.ts';

const PATH = '/console/rolls/new';

export const giveRoutes: readonly ConsoleRoute[] = [
  ...formRoutes({ path: PATH, right: 'issue-special', nav: 'batches' }, givePage, give),
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
  const faults = formFaults(outcome.problem, call);
  return givePage(call, outcome.problem.code === 'recalled' ? recalledFaults(faults) : faults);
}

async function givePage(call: PageCall, faults: FormFaults = heldFaults(call)): Promise<PageAnswer> {
  const { language } = call;
  const { give: words } = batchesWordsOf(language);
  const frame = frameWordsOf(language);
  const field = formFields(call, words, { record: call.query, faults });
  const producers = await producerOptions(call, field.shown('producerId'));
  const products = productOptionsOf(await pickProducts(call, field.shown('productId')));
  const kinds = [
    { value: 'blank', text: words.blank, hint: words.blankHint },
    { value: 'plaque', text: words.plaque, hint: words.plaqueHint },
  ];
  const body = html`
    ${field.radio('kind', kinds, { value: 'blank' })}
    ${field.select('producerId', producers, { label: words.producer, blank: frame.form.choose })}
    ${field.select('productId', products, { label: words.product, blank: frame.form.none })}
    ${field.text('quantity', { mode: 'numeric', max: 10, required: true })}
    ${field.text('note', { max: 500, hint: words.noteHint, optional: true })}
    ${field.tick('pin')}
    ${recalledBox(call, faults)}
  `;
  const whole = html`
    ${pageHead({ title: words.title, lead: words.lead })}
    ${form({ call, action: PATH, submit: words.submit, body, faults, cancel: '/console/batches' })}
  `;
  return page(words.title, whole, faults);
}
