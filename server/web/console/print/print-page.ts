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
import type { Printer } from '../../../domain/print/printer.ts';
import type { Product } from '../../../domain/registry/product.ts';
import type { Outcome } from '../../../actions/kit/context.ts';
import { valueOf } from '../../outcome.ts';
import { ProblemError } from '../../errors.ts';
import { html } from '../../html.ts';
import { frameWordsOf, printWordsOf } from '../../words/words.ts';
import { go, sent, type ConsoleRoute, type PageAnswer, type PageCall } from '../console-route.ts';
import { NO_FAULTS } from '../form-faults.ts';
import type { HeldForm } from '../forms/held-forms.ts';
import { emptyState } from '../list.ts';
import { doneNotice } from '../notices.ts';
import { formAgain, linkButton, page as drawn, pageHead } from '../page-head.ts';
import type { Picked } from '../picked.ts';
import { readShape } from '../run-form.ts';
import { sentCount } from '../typed-count.ts';
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
  type PrintForm,
} from './print-form.ts';
import { faultsOf, mainForm, productPicker, type Shown as Drawn } from './print-form-view.ts';
import { clickedPlace, namePlace, showSheet } from './sheet-column.ts';
import { STAMPS_JS } from '../assets.ts';

const PATH = PRINT_PATH;
const AS_BEFORE = '/as-before';

/** What a handler knows; which templates fit is found out when the page is drawn. */
type Shown = Omit<Drawn, 'fits'>;

export const printRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, gate: 'previews', right: 'issue-batch', nav: 'print', handle: showForm },
  { method: 'post', path: PATH, gate: 'previews', right: 'issue-batch', nav: 'print', handle: takeForm },
  {
    method: 'post',
    path: `${PATH}${AS_BEFORE}`,
    gate: 'sheets',
    right: 'issue-batch',
    nav: 'print',
    handle: takeAsBefore,
  },
  { method: 'get', path: `${PATH}/sheet.svg`, gate: 'previews', right: 'issue-batch', nav: null, handle: showSheet },
  { method: 'get', path: `${PATH}/place`, right: 'issue-batch', nav: null, handle: namePlace },
];

async function showForm(call: PageCall): Promise<PageAnswer> {
  if (call.held !== null) return shownAgain(call, call.held);
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

/** What was typed, drawn anew: with another product, place, page or picture, or with what was wrong. */
async function shownAgain(call: PageCall, { problem, path }: HeldForm): Promise<PageAnswer> {
  const { chosen, made } = productsSent(call);
  const { product, products } = await pickOf(call, chosen);
  if (product === undefined) return emptyPage(call);
  const printers = await ownPrintersOf(call, product.officeId);
  const templates = await templatesOf(call, product);
  const shown = { product, products, printers, templates };
  const told = problem === null ? NO_FAULTS : faultsOf(call, problem, templates);
  const faults = { ...told, kept: true };
  const concerns = problem === null ? [] : (concernsOf(problem) ?? []);
  if (path.endsWith(AS_BEFORE)) {
    const form = { ...(await freshForm(call, product, printers)), lot: sent(call.form, 'nextLot') };
    return page(call, { ...shown, form, faults, page: 0, withLast: problem === null, concerns });
  }
  if (chosen !== made) {
    const form = await formOfOther(call, made, product, printers);
    return page(call, { ...shown, form, faults, page: 0, withLast: true, isOther: true });
  }
  const form = onItsPlaces(typedForm(call.form, printers), templates);
  const place = clickedPlace(call, form, templates);
  const first = place === undefined || place === null ? form.first : String(place + 1);
  const turned = sentCount(call.form, 'page');
  const wantedPage = typeof turned === 'number' ? Math.max(0, turned - 1) : 0;
  return page(call, { ...shown, form: { ...form, first }, faults, page: wantedPage, withLast: false, concerns });
}

/** The product in the list, and the one that the form was made for. */
function productsSent({ form }: PageCall): { chosen: Id; made: Id } {
  const made = sent(form, 'productId');
  return { chosen: sent(form, 'product') || made, made };
}

/** The other product's own form; what the person had typed stays. */
async function formOfOther(
  call: PageCall,
  before: Id,
  product: Product,
  printers: readonly Printer[],
): Promise<PrintForm> {
  const fresh = await freshForm(call, product, printers);
  const old = await readProduct(call.actor, before, call.ctx);
  if (!old.ok) return fresh;
  const typed = typedForm(call.form, printers);
  const shownBefore = await freshForm(call, old.value, printers);
  const names = (Object.keys(fresh) as (keyof PrintForm)[]).filter((name) => name !== 'product');
  const own = names.filter((name) => typed[name] !== shownBefore[name]).map((name) => [name, typed[name]]);
  return { ...fresh, ...Object.fromEntries(own) };
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
  const { chosen, made } = productsSent(call);
  const { product } = await pickOf(call, chosen);
  if (product === undefined) throw new ProblemError({ code: 'not-found', detail: 'There is no such product.' });
  const printers = await ownPrintersOf(call, product.officeId);
  const templates = await templatesOf(call, product);
  const form = onItsPlaces(typedForm(call.form, printers), templates);
  const asksForPicture =
    sent(call.form, 'page') !== '' ||
    sent(call.form, 'redraw') !== '' ||
    clickedPlace(call, form, templates) !== undefined;
  // Nothing is issued for a product whose form the person has not seen.
  if (product.id !== made || asksForPicture) return formAgain(NO_FAULTS);

  const isRoll = templates.get(form.template)?.template.medium.kind === 'thermal';
  const asked = { ...inputOf(call.form, form, isRoll), acknowledge: acknowledgedIn(call) };
  const input = readShape(issueAndPrintInput, asked);
  const outcome: Outcome<IssuedAndPrinted> = input.ok ? await issueAndPrint(call.actor, input.value, call.ctx) : input;
  return outcome.ok ? leadOn(outcome.value, product) : formAgain(faultsOf(call, outcome.problem, templates));
}

async function takeAsBefore(call: PageCall): Promise<PageAnswer> {
  const { product } = await pickOf(call, sent(call.form, 'productId'));
  if (product === undefined) throw new ProblemError({ code: 'not-found', detail: 'There is no such product.' });
  const asked = { productId: product.id, lot: sent(call.form, 'nextLot') };
  const input = readShape(printAsBeforeInput, asked);
  const outcome: Outcome<IssuedAndPrinted> = input.ok ? await printAsBefore(call.actor, input.value, call.ctx) : input;
  if (outcome.ok) return leadOn(outcome.value, product);
  return formAgain(faultsOf(call, outcome.problem, await templatesOf(call, product)));
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
  return drawn(words.title, body, faults);
}

function emptyPage(call: PageCall): PageAnswer {
  const words = printWordsOf(call.language);
  const ways = [linkButton('/console/products', frameWordsOf(call.language).nav.products)];
  const head = pageHead({ title: words.title, lead: words.lead });
  const body = html`${head}${emptyState(words.noProducts, words.noProductsText, ways)}`;
  return { kind: 'page', title: words.title, body };
}
