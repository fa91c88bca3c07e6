// The office sets a product's allowance of stamps for a year, against the output its producer expects.

import { readAllowance } from '../../../actions/batches/read.ts';
import { readLedger } from '../../../actions/batches/read-ledger.ts';
import { readProduct } from '../../../actions/registry/read.ts';
import { setAllowance, setAllowanceInput } from '../../../actions/batches/set-allowance.ts';
import { valueOf } from '../../outcome.ts';
import { html } from '../../html.ts';
import { numberText } from '../../format.ts';
import { ledgerWordsOf } from '../../words/words.ts';
import { go, sent, sentVersion, type ConsoleRoute, type PageAnswer, type PageCall, idIn } from '../console-route.ts';
import { sentCount } from '../typed-count.ts';
import { form, hiddenField } from '../fields.ts';
import { type FormFaults, formFaults } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { doneNotice } from '../notices.ts';
import { pageHead, page } from '../page-head.ts';
import { readShape } from '../run-form.ts';
import { formFields } from '../form-fields.ts';

const PATH = '/console/products/:id/allowance';

export const allowanceRoutes: readonly ConsoleRoute[] = [
  {
    method: 'get',
    path: PATH,
    right: 'set-allowance',
    nav: 'ledger',
    handle: (call) =>
      allowancePage(call, yearIn(call, sent(call.form, 'year') || call.query['year']), heldFaults(call)),
  },
  { method: 'post', path: PATH, right: 'set-allowance', nav: 'ledger', handle: takeAllowance },
];

async function takeAllowance(call: PageCall): Promise<PageAnswer> {
  const year = yearIn(call, sent(call.form, 'year'));
  const input = readShape(setAllowanceInput, {
    expectedOutput: sentCount(call.form, 'expectedOutput'),
    stamps: sentCount(call.form, 'stamps'),
  });
  const productId = idIn(call);
  const outcome = input.ok
    ? await setAllowance(
        call.actor,
        { productId, year, version: sentVersion(call.form), allowance: input.value },
        call.ctx,
      )
    : input;
  if (outcome.ok) return go(`/console/products/${productId}/allowance?year=${year}`, 'saved');
  return allowancePage(call, year, formFaults(outcome.problem, call));
}

async function allowancePage(call: PageCall, year: number, faults: FormFaults): Promise<PageAnswer> {
  const { actor, ctx, language } = call;
  const { allowancePage: words } = ledgerWordsOf(language);
  const product = valueOf(await readProduct(actor, idIn(call), ctx));
  const found = await readAllowance(actor, product.id, year, ctx);
  const allowance = found.ok ? found.value : null;
  const ledger = valueOf(await readLedger(actor, { producerId: product.producerId, query: { year } }, ctx));
  const account = ledger.products.find(({ productId }) => productId === product.id);
  const given = account?.allowance?.used ?? account?.given ?? 0;
  const field = formFields(call, words, { record: allowance, faults });
  const body = html`
    ${hiddenField('year', year)}
    ${field.text('expectedOutput', {
      label: words.expected,
      mode: 'numeric',
      max: 10,
      required: true,
      hint: product.unit === null ? null : words.expectedHint(product.unit),
    })}
    ${field.text('stamps', { mode: 'numeric', max: 10, required: true, hint: words.used(numberText(given, language)) })}
  `;
  const title = words.title(product.name);
  const whole = html`
    ${pageHead({ above: `${words.year} ${year}`, title, lead: words.lead })}
    ${doneNotice(call, { saved: words.done })}
    ${form({
      call,
      action: `/console/products/${product.id}/allowance`,
      submit: words.save,
      body,
      faults,
      version: allowance?.version ?? 0,
      cancel: `/console/ledger?producerId=${product.producerId}&year=${year}`,
    })}
  `;
  return page(title, whole, faults);
}

function yearIn({ today }: PageCall, text: string | undefined): number {
  return /^20(?:1[89]|[2-9]\d)$/.test(text ?? '') ? Number(text) : Number(today.slice(0, 4));
}
