// The sheet beside the form: its picture, the links to its other pages, and the label place under a click.

import { drawSheetPicture, type SheetPreview } from '../../../actions/print/preview-sheet.ts';
import { readTemplates } from '../../../actions/print/read.ts';
import type { Templates } from '../../../actions/print/templates.ts';
import { readProduct } from '../../../actions/registry/read.ts';
import type { Product } from '../../../domain/registry/product.ts';
import { paperOf } from '../../../sheet/template/paper.ts';
import { numberText } from '../../format.ts';
import { html, type Html } from '../../html.ts';
import { valueOf } from '../../outcome.ts';
import { paperWordsOf, printWordsOf, type PaperWords } from '../../words/words.ts';
import { sent, type PageAnswer, type PageCall } from '../console-route.ts';
import { drawable, placesOf, PRINT_PATH, type PrintForm } from './print-form.ts';
import { placeAt } from '../../../sheet/preview/sheet-picture.ts';

/** Widths of the picture in CSS pixels, in which clicks are reported. */
const WIDE_PX = 500;
const NARROW_PX = 288;

/** The part of the page that the picture needs; `page` is the sheet's, from 0. */
interface SheetShown {
  product: Product;
  form: PrintForm;
  templates: Templates;
  page: number;
}

export function sheetColumn(
  call: PageCall,
  { product, form, templates, page: wanted }: SheetShown,
  found: SheetPreview | null,
): Html {
  const words = printWordsOf(call.language);
  const paper = paperWords(call, { form, templates });
  if (found === null) return html`<div class="sheet" id="sheet"><p class="h2">${words.noPicture}</p></div>`;
  const { skip, quantity, template } = drawable(form, templates);
  const pages = found.pages;
  const page = Math.min(wanted, pages - 1);
  const number = (value: number): string => numberText(value, call.language);
  const query = new URLSearchParams({
    product: product.id,
    template,
    skip: String(skip),
    quantity: String(quantity),
    page: String(page),
    carrier: form.carrier,
    lot: form.lot,
  });
  const { widthMm, heightMm } = found.template.page;
  const alt = paper.picture(number(skip + 1), number(skip));
  const again = html` formaction="${PRINT_PATH}#sheet" formnovalidate`;
  const picture = (name: string, widthPx: number): Html => {
    const size = html`width="${widthPx}" height="${Math.round((widthPx * heightMm) / widthMm)}"`;
    const src = `${PRINT_PATH}/sheet.svg?${query.toString()}`;
    const image = html`type="image" name="${name}" src="${src}" ${size} alt="${alt}"`;
    return html`<input class="${name}" ${image}${again} tabindex="-1">`;
  };
  const turn = (to: number, sign: string, label: string): Html => {
    const disabled = (to < 0 || to >= pages) && html` disabled`;
    const target = html`name="page" value="${to + 1}" aria-label="${label}"`;
    return html`<button class="btn" ${target}${again}${disabled}>${sign}</button>`;
  };
  const turns = [turn(page - 1, '‹', paper.before), turn(page + 1, '›', paper.next)];
  const title = html`<p class="h2">${paper.pageOf(number(page + 1), number(pages))}</p>`;
  const [used, first] = [html`<span class="key used"></span>`, html`<span class="key first"></span>`];
  const keys =
    placesOf(form, templates) > 1 && html`<p class="hint keys">${used}${words.usedKey} ${first}${words.firstKey}</p>`;
  const pictures = [picture('wide', WIDE_PX), picture('narrow', NARROW_PX)];
  const inside = html`<div class="turn">${title}<div class="acts">${turns}</div></div>${pictures}${keys}`;
  return html`<div class="sheet" id="sheet">${inside}</div>`;
}

export function paperWords(call: PageCall, { form, templates }: Pick<SheetShown, 'form' | 'templates'>): PaperWords {
  const template = templates.get(form.template)?.template;
  return paperWordsOf(call.language, template === undefined ? 'sheet' : paperOf(template));
}

/** The place of a click on the picture; null: beside the labels; undefined: there was no click. */
export function clickedPlace(call: PageCall, form: PrintForm, templates: Templates): number | null | undefined {
  const template = templates.get(drawable(form, templates).template)?.template;
  for (const [name, widthPx] of [
    ['wide', WIDE_PX],
    ['narrow', NARROW_PX],
  ] as const) {
    const [x, y] = [sent(call.form, `${name}.x`), sent(call.form, `${name}.y`)];
    if (x === '' || template === undefined) continue;
    const heightPx = (widthPx * template.page.heightMm) / template.page.widthMm;
    return placeAt(template, { x: Number(x) / widthPx, y: Number(y) / heightPx });
  }
  return undefined;
}

/** Only the picture, which is drawn again when a place is clicked. */
export async function showSheet(call: PageCall): Promise<PageAnswer> {
  const { query } = call;
  const number = (name: string, least: number): number =>
    /^\d{1,8}$/.test(query[name] ?? '') ? Math.max(least, Number(query[name])) : least;
  const carrier = query['carrier'] === 'digital-link' ? 'digital-link' : 'short';
  const wanted = {
    productId: query['product'] ?? '',
    template: query['template'] ?? '',
    carrier,
    lot: query['lot'] ?? '',
    quantity: number('quantity', 1),
    skip: number('skip', 0),
  } as const;
  const page = number('page', 0);
  const source = valueOf(await drawSheetPicture(call.actor, { ...wanted, page }, call.ctx));
  return { kind: 'file', mediaType: 'image/svg+xml', fileName: null, source };
}

/**
 * The label place at a point of the picture. The page's script asks for it, so that geometry is computed in one place.
 */
export async function namePlace({ actor, ctx, query }: PageCall): Promise<PageAnswer> {
  const product = query['product'] === undefined ? null : await readProduct(actor, query['product'], ctx);
  const template = (product?.ok === true ? await readTemplates(actor, product.value.officeId, ctx) : ctx.templates).get(
    query['template'] ?? '',
  )?.template;
  const share = { x: Number(query['x']), y: Number(query['y']) };
  return {
    kind: 'json',
    body: { place: template === undefined || Number.isNaN(share.x + share.y) ? null : placeAt(template, share) },
  };
}
