// Issuing and printing on one page: lot, stamps, label, printer, and beside them the sheet as it will be printed.
// Everything typed is kept. The first place to print on is chosen by a click or by its number. Warnings about what
// would not scan or lapses soon are shown before printing.

import {
  issueAndPrint,
  issueAndPrintInput,
  printAsBefore,
  printAsBeforeInput,
  type IssuedAndPrinted,
} from '../../../actions/print/issue-and-print.ts';
import { lastPrint } from '../../../actions/print/last-print.ts';
import { readLot } from '../../../actions/lots/read.ts';
import { previewSheet, readPrintOutlook } from '../../../actions/print/preview-sheet.ts';
import { readProduct } from '../../../actions/registry/read.ts';
import type { Id } from '../../../domain/entity.ts';
import type { Product } from '../../../domain/registry/product.ts';
import type { Outcome } from '../../../actions/kit/context.ts';
import { valueOf } from '../../outcome.ts';
import { ProblemError } from '../../errors.ts';
import { html } from '../../html.ts';
import { frameWordsOf, printWordsOf } from '../../words/words.ts';
import { go, sent, type ConsoleRoute, type PageAnswer, type PageCall } from '../console-route.ts';
import { NO_FAULTS } from '../form-faults.ts';
import { emptyState } from '../list.ts';
import { doneNotice } from '../notices.ts';
import { linkButton, pageHead } from '../page-head.ts';
import type { Picked } from '../picked.ts';
import { readShape } from '../run-form.ts';
import { pickProducts } from '../record-options.ts';
import { asBeforeCard } from './as-before.ts';
import { acknowledgedIn, concernsOf } from './concerns-block.ts';
import {
  drawable,
  fitsOf,
  freshForm,
  inputOf,
  jobAddress,
  onItsPlaces,
  PRINT_PATH,
  ownPrintersOf,
  templatesOf,
  typedForm,
} from './print-form.ts';
import { faultsOf, mainForm, productPicker, type Shown as Drawn } from './print-form-view.ts';
import { clickedPlace, namePlace, showSheet } from './sheet-column.ts';
import { STAMPS_JS } from '../assets.ts';

const PATH = PRINT_PATH;

/** What a handler knows; which templates fit is found out when the page is drawn. */
type Shown = Omit<Drawn, 'fits'>;

export const printRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, gate: 'previews', right: 'issue-batch', nav: 'print', handle: showForm },
  { method: 'post', path: PATH, gate: 'previews', right: 'issue-batch', nav: 'print', handle: takeForm },
  {
    method: 'post',
    path: `${PATH}/as-before`,
    gate: 'sheets',
    right: 'issue-batch',
    nav: 'print',
    handle: takeAsBefore,
  },
  { method: 'get', path: `${PATH}/sheet.svg`, gate: 'previews', right: 'issue-batch', nav: null, handle: showSheet },
  { method: 'get', path: `${PATH}/place`, right: 'issue-batch', nav: null, handle: namePlace },
];

async function showForm(call: PageCall): Promise<PageAnswer> {
  const last = valueOf(await lastPrint(call.actor, null, call.ctx));
  const lot = call.query['lot'] === undefined ? null : await readLot(call.actor, call.query['lot'], call.ctx);
  const wanted = call.query['product'] ?? (lot?.ok === true ? lot.value.productId : last?.product.id);
  const { product, products } = await pickOf(call, wanted);
  if (product === undefined) return emptyPage(call);
  const printers = await ownPrintersOf(call, product.officeId);
  return page(call, {
    product,
    products,
    printers,
    templates: await templatesOf(call, product),
    form: await freshForm(call, product, printers),
    faults: NO_FAULTS,
    page: 0,
    withLast: true,
  });
}

/**
 * The named product, even if it is not in the picker's list, and the list with it. Without a name, the list's first
 * product.
 * @throws ProblemError not-found if the named product does not exist, so that stamps are never offered for another
 * product than the one asked for
 */
async function pickOf(
  call: PageCall,
  named: Id | undefined,
): Promise<{ product: Product | undefined; products: Picked<Product> }> {
  const products = await pickProducts(call, named ?? '', { name: 'product' });
  if (named === undefined) return { product: products.items[0], products };
  const listed = products.items.find(({ id }) => id === named);
  return { product: listed ?? valueOf(await readProduct(call.actor, named, call.ctx)), products };
}

async function takeForm(call: PageCall): Promise<PageAnswer> {
  const chosen = sent(call.form, 'product');
  const made = sent(call.form, 'productId');
  const { product, products } = await pickOf(call, chosen === '' ? made : chosen);
  if (product === undefined) throw new ProblemError({ code: 'not-found', detail: 'There is no such product.' });
  const printers = await ownPrintersOf(call, product.officeId);
  // Nothing is issued for a product whose form the person has not seen.
  if (product.id !== made) return otherProduct(call, { product, products, printers });
  const typed = typedForm(call.form, printers);
  const templates = await templatesOf(call, product);
  const form = onItsPlaces(typed, templates);
  const shown = { product, products, printers, templates, withLast: false };
  const place = clickedPlace(call, form, templates);
  if (place !== undefined)
    return page(call, {
      ...shown,
      form: { ...form, first: place === null ? form.first : String(place + 1) },
      faults: NO_FAULTS,
      page: 0,
    });
  const wantedPage = sent(call.form, 'page');
  if (wantedPage !== '' || sent(call.form, 'redraw') !== '')
    return page(call, { ...shown, form, faults: NO_FAULTS, page: Math.max(0, Number(wantedPage) - 1 || 0) });

  const isRoll = templates.get(form.template)?.template.medium.kind === 'thermal';
  const asked = { ...inputOf(call.form, form, isRoll), acknowledge: acknowledgedIn(call) };
  const input = readShape(issueAndPrintInput, asked);
  const outcome: Outcome<IssuedAndPrinted> = input.ok ? await issueAndPrint(call.actor, input.value, call.ctx) : input;
  if (outcome.ok) return leadOn(outcome.value, product);
  const concerns = concernsOf(outcome.problem) ?? [];
  return page(call, { ...shown, form, faults: faultsOf(call, outcome.problem, templates), page: 0, concerns });
}

async function otherProduct(
  call: PageCall,
  shown: Pick<Shown, 'product' | 'products' | 'printers'>,
): Promise<PageAnswer> {
  const { product, printers } = shown;
  const form = await freshForm(call, product, printers);
  const templates = await templatesOf(call, product);
  return page(call, { ...shown, templates, form, faults: NO_FAULTS, page: 0, withLast: true, isOther: true });
}

async function takeAsBefore(call: PageCall): Promise<PageAnswer> {
  const { product, products } = await pickOf(call, sent(call.form, 'productId'));
  if (product === undefined) throw new ProblemError({ code: 'not-found', detail: 'There is no such product.' });
  const asked = { productId: product.id, lot: sent(call.form, 'nextLot') };
  const input = readShape(printAsBeforeInput, asked);
  const outcome: Outcome<IssuedAndPrinted> = input.ok ? await printAsBefore(call.actor, input.value, call.ctx) : input;
  if (outcome.ok) return leadOn(outcome.value, product);
  const printers = await ownPrintersOf(call, product.officeId);
  const form = { ...(await freshForm(call, product, printers)), lot: sent(call.form, 'nextLot') };
  const templates = await templatesOf(call, product);
  return page(call, {
    product,
    products,
    printers,
    templates,
    form,
    faults: faultsOf(call, outcome.problem, templates),
    page: 0,
    withLast: false,
    concerns: concernsOf(outcome.problem) ?? [],
  });
}

function leadOn(value: { kind: 'waiting' } | { kind: 'done'; value: IssuedAndPrinted }, product: Product): PageAnswer {
  if (value.kind === 'waiting') return go(`${PATH}?product=${product.id}`, 'asked');
  const { batch, job, problem } = value.value;
  return job === null ? go(`/console/batches/${batch.id}`, `issued-${problem?.code ?? ''}`) : go(jobAddress(job.id));
}

async function page(call: PageCall, wanted: Shown): Promise<PageAnswer> {
  const { product, form, faults } = wanted;
  const shown = { ...wanted, fits: await fitsOf(call, form) };
  const words = printWordsOf(call.language);
  const sound = drawable(form, shown.templates);
  const preview = await previewSheet(
    call.actor,
    { productId: product.id, carrier: form.carrier, lot: form.lot, ...sound },
    call.ctx,
  );
  // The certificate does not depend on the picture: its line stays true even if nothing can be drawn.
  const outlook = preview.ok ? preview.value : valueOf(await readPrintOutlook(call.actor, product.id, call.ctx));
  const last = shown.withLast ? valueOf(await lastPrint(call.actor, product.id, call.ctx)) : null;
  const asked = doneNotice(call, { asked: frameWordsOf(call.language).waiting });
  const body = html`${[
    pageHead({ title: words.title, lead: words.lead }),
    asked,
    productPicker(call, shown),
    last?.run != null && html`<div class="lastly">${await asBeforeCard(call, last, false)}</div>`,
    mainForm(call, shown, preview, outlook),
    html`<script src="${STAMPS_JS}" defer></script>`,
  ]}`;
  return { kind: 'page', title: words.title, body, ...(faults.title === null ? {} : { status: 422 }) };
}

function emptyPage(call: PageCall): PageAnswer {
  const words = printWordsOf(call.language);
  const ways = [linkButton('/console/products', frameWordsOf(call.language).nav.products)];
  const head = pageHead({ title: words.title, lead: words.lead });
  const body = html`${head}${emptyState(words.noProducts, words.noProductsText, ways)}`;
  return { kind: 'page', title: words.title, body };
}
