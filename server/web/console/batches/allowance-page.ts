// The office sets a product's allowance of stamps for a year, against the output its producer expects.

import { readAllowance } from '../../../actions/batches/read.ts';
import { readLedger } from '../../../actions/batches/read-ledger.ts';
import { readProduct } from '../../../actions/registry/read.ts';
import { setAllowance, setAllowanceInput } from '../../../actions/batches/set-allowance.ts';
import { valueOf } from '../../outcome.ts';
import { html } from '../../html.ts';
import { numberText } from '../../format.ts';
import { frameWordsOf, ledgerWordsOf } from '../../words/words.ts';
import { go, sent, sentVersion, type ConsoleRoute, type PageAnswer, type PageCall } from '../console-route.ts';
import { sentCount } from '../typed-count.ts';
import { form, hiddenField, textField } from '../fields.ts';
import { formFaults, NO_FAULTS, type FormFaults } from '../form-faults.ts';
import { doneNotice } from '../notices.ts';
import { pageHead } from '../page-head.ts';
import { readShape } from '../read-shape.ts';

const PATH = '/console/products/:id/allowance';

export const allowanceRoutes: readonly ConsoleRoute[] = [
  {
    method: 'get',
    path: PATH,
    right: 'set-allowance',
    nav: 'ledger',
    handle: (call) => allowancePage(call, yearIn(call, call.query['year']), NO_FAULTS),
  },
  { method: 'post', path: PATH, right: 'set-allowance', nav: 'ledger', handle: takeAllowance },
];

async function takeAllowance(call: PageCall): Promise<PageAnswer> {
  const year = yearIn(call, sent(call.form, 'year'));
  const input = readShape(setAllowanceInput, {
    expectedOutput: sentCount(call.form, 'expectedOutput'),
    stamps: sentCount(call.form, 'stamps'),
  });
  const productId = call.params['id'] ?? '';
  const outcome = input.ok
    ? await setAllowance(
        call.actor,
        { productId, year, version: sentVersion(call.form), allowance: input.value },
        call.ctx,
      )
    : input;
  if (outcome.ok) return go(`/console/products/${productId}/allowance?year=${year}`, 'saved');
  return allowancePage(call, year, formFaults(outcome.problem, call.form, frameWordsOf(call.language)));
}

async function allowancePage(call: PageCall, year: number, faults: FormFaults): Promise<PageAnswer> {
  const { actor, ctx, language } = call;
  const { allowancePage: words } = ledgerWordsOf(language);
  const frame = frameWordsOf(language);
  const product = valueOf(await readProduct(actor, call.params['id'] ?? '', ctx));
  const found = await readAllowance(actor, product.id, year, ctx);
  const allowance = found.ok ? found.value : null;
  const ledger = valueOf(await readLedger(actor, { producerId: product.producerId, query: { year } }, ctx));
  const account = ledger.products.find(({ productId }) => productId === product.id);
  const given = account?.allowance?.used ?? account?.given ?? 0;
  const kept = (name: 'expectedOutput' | 'stamps'): string =>
    faults.title === null ? String(allowance?.[name] ?? '') : sent(call.form, name);
  const fault = (name: string): string | null => faults.fields[name] ?? null;
  const body = html`
    ${hiddenField('year', year)}
    ${textField({
      name: 'expectedOutput',
      label: words.expected,
      value: kept('expectedOutput'),
      mode: 'numeric',
      max: 10,
      required: true,
      hint: product.unit === null ? null : words.expectedHint(product.unit),
      fault: fault('expectedOutput'),
    })}
    ${textField({
      name: 'stamps',
      label: words.stamps,
      value: kept('stamps'),
      mode: 'numeric',
      max: 10,
      required: true,
      hint: words.used(numberText(given, language)),
      fault: fault('stamps'),
    })}
  `;
  const title = words.title(product.name);
  const page = html`
    ${pageHead({ above: `${words.year} ${year}`, title, lead: words.lead })}
    ${doneNotice(call, { saved: words.done })}
    ${form({
      call,
      action: `/console/products/${product.id}/allowance`,
      words: frame,
      submit: words.save,
      body,
      faults,
      version: allowance?.version ?? 0,
      cancel: `/console/ledger?producerId=${product.producerId}&year=${year}`,
    })}
  `;
  return { kind: 'page', title, body: page, ...(faults.title === null ? {} : { status: 422 }) };
}

function yearIn({ today }: PageCall, text: string | undefined): number {
  return /^20(?:1[89]|[2-9]\d)$/.test(text ?? '') ? Number(text) : Number(today.slice(0, 4));
}
