// The form of issuing and printing as HTML, and the warnings of its sheet.

import type { IssueConcern } from '../../../actions/print/issue-concerns.ts';
import type { PrintOutlook, PrintWarning, SheetPreview, TemplateFits } from '../../../actions/print/preview-sheet.ts';
import type { Templates } from '../../../actions/print/templates.ts';
import { BATCH_QUANTITY_MAX } from '../../../domain/batches/batch.ts';
import type { Printer } from '../../../domain/print/printer.ts';
import type { Problem, Result } from '../../../domain/problem.ts';
import { lastDayInForce } from '../../../domain/registry/certificate.ts';
import type { Product } from '../../../domain/registry/product.ts';
import type { Template } from '../../../sheet/template/template-schema.ts';
import { dayText, numberText } from '../../format.ts';
import { html, type Html } from '../../html.ts';
import { printWordsOf } from '../../words/words.ts';
import type { PageCall } from '../console-route.ts';
import {
  checkField,
  dateField,
  fieldGroup,
  fieldRow,
  hiddenField,
  radioField,
  selectField,
  textField,
} from '../fields.ts';
import { formFaults, type FormFaults } from '../form-faults.ts';
import { draftMark } from '../forms/form-parts.ts';
import { notice } from '../notices.ts';
import { button } from '../page-head.ts';
import type { Picked } from '../picked.ts';
import { productOptionsOf } from '../record-options.ts';
import { decimalText } from './decimal-text.ts';
import { concernsBlock } from './concerns-block.ts';
import { drawable, OUTPUTS, placesOf, PRINT_PATH, type PrintForm } from './print-form.ts';
import { fitFault, fitNote, isOfTemplate, listedTemplates } from './template-fits.ts';
import { paperWords, sheetColumn } from './sheet-column.ts';

/** The contents of the page. */
export interface Shown {
  product: Product;
  products: Picked<Product>;
  printers: readonly Printer[];
  form: PrintForm;
  faults: FormFaults;
  templates: Templates;
  fits: TemplateFits;
  /** Page of the sheet, from 0. */
  page: number;
  /** Whether "as last time" is offered above the form. */
  withLast: boolean;
  /** Warnings that are shown, and confirmed by pressing the button again. */
  concerns?: readonly IssueConcern[];
  /** The list now shows another product than the form was made for. */
  isOther?: boolean;
}

export function productPicker(call: PageCall, { product, products }: Shown): Html {
  const words = printWordsOf(call.language);
  if (products.items.length === 1 && products.finder === null)
    return html`<p class="picked"><b>${product.name}</b></p>`;
  const options = productOptionsOf(products);
  const choice = selectField({ name: 'product', label: words.product, value: product.id, options, form: 'print' });
  // Part of the form below, so that every button sends the product that the list shows. Enter presses the first button.
  const enter = html`<button form="print" hidden></button>`;
  const choose = html`<button class="btn" form="print" name="redraw" value="1" formnovalidate>${words.choose}</button>`;
  return html`<div class="pickone">${enter}${choice}${choose}</div>`;
}

/** @param outlook also valid if the preview failed */
export function mainForm(call: PageCall, shown: Shown, preview: Result<SheetPreview>, outlook: PrintOutlook): Html {
  const { product, printers } = shown;
  const words = printWordsOf(call.language);
  const found = preview.ok ? preview.value : null;
  const days = product.shelfLifeDays;
  const offsets = JSON.stringify(
    Object.fromEntries(printers.map(({ id, offsetX, offsetY }) => [id, [offsetX, offsetY]])),
  );
  const beyond = outlook.warnings.some(({ kind }) => kind === 'beyond-allowance') && call.actor.role === 'producer';
  const submit = button(words.forProduct(beyond ? words.submitAsk : paperWords(call, shown).submit, product.name));
  const left = [
    shown.isOther === true && notice('info', words.otherTitle(product.name), words.otherText),
    shown.faults.title !== null && notice('fault', shown.faults.title, shown.faults.text),
    hiddenField('once', call.once),
    hiddenField('productId', product.id),
    html`<p class="hint rate">${ratingLine(call, outlook)}</p>`,
    lotFields(call, shown, outlook),
    sheetFields(call, shown, preview),
    printerGroup(call, shown),
    optionFields(call, shown),
    outlook.warnings.map((warning) => warningNotice(warning, call)),
    concernsBlock(call, shown.concerns ?? []),
    html`<div class="acts">${submit}</div>`,
  ];
  const inside = html`<div>${left}</div>${sheetColumn(call, shown, found)}`;
  const steps = html`data-less="${words.less}" data-more="${words.more}"`;
  const data = html`data-printers="${offsets}" ${steps}${days !== null && html` data-days="${days}"`}`;
  const whole = html`<form class="print" method="post" action="${PRINT_PATH}" id="print" ${data}${draftMark(shown.faults)}>${inside}</form>`;
  return html`${whole}<p class="hint">${words.fullSize}</p>`;
}

function lotFields({ language }: PageCall, { product, form, faults }: Shown, outlook: PrintOutlook): Html {
  const words = printWordsOf(language);
  const fault = (name: string): string | null => faults.fields[name] ?? null;
  const number = (value: number): string => numberText(value, language);
  const lot = textField({
    name: 'lot',
    label: words.lot,
    value: form.lot,
    max: 40,
    required: true,
    plain: true,
    fault: fault('lot'),
  });
  const quantity = textField({
    name: 'quantity',
    label: words.quantity,
    value: form.quantity,
    mode: 'numeric',
    max: 10,
    required: true,
    fault: fault('quantity'),
    hint: outlook.left === null ? null : words.quantityLeft(number(Math.max(0, outlook.left))),
  });
  const producedOn = dateField({
    name: 'producedOn',
    label: words.producedOn,
    value: form.producedOn,
    fault: fault('producedOn'),
  });
  const expiresOn = dateField({
    name: 'expiresOn',
    label: words.expiresOn,
    value: form.expiresOn,
    fault: fault('expiresOn'),
    hint: product.shelfLifeDays === null ? null : words.expiresHint(number(product.shelfLifeDays)),
  });
  return html`${fieldRow(lot, quantity)}${fieldRow(producedOn, expiresOn)}`;
}

/** The template, and the first place to print on if a page has several. */
function sheetFields(call: PageCall, shown: Shown, preview: Result<SheetPreview>): Html {
  const { form, faults, templates, fits } = shown;
  const words = printWordsOf(call.language);
  const { skip } = drawable(form, templates);
  const places = placesOf(form, templates);
  const ofPreview = preview.ok ? undefined : faultsOf(call, preview.problem, templates).fields['template'];
  const template = selectField({
    name: 'template',
    label: words.template,
    value: form.template,
    options: templateOptions(call, templates, fits),
    fault: faults.fields['template'] ?? ofPreview ?? null,
  });
  const note = fitNote(call, shown, form.template);
  const chosen = templates.get(form.template)?.template;
  const output =
    chosen !== undefined &&
    chosen.medium.kind === 'thermal' &&
    selectField({
      name: 'output',
      label: words.output,
      value: form.output,
      options: OUTPUTS.map((value) => ({ value, text: words.outputs(value) })),
      hint: words.outputHint,
      fault: faults.fields['labels'] ?? null,
    });
  if (places === 1) return html`${template}${note}${output}${hiddenField('skip', form.first)}`;
  const first = textField({
    name: 'skip',
    label: words.skip,
    value: form.first,
    mode: 'numeric',
    max: String(places).length,
    required: true,
    fault: faults.fields['skip'] ?? null,
    hint: skip === 0 ? words.skipHint : words.skipped(numberText(skip, call.language)),
  });
  return html`${template}${note}${output}${first}`;
}

function optionFields({ language }: PageCall, { product, form, faults }: Shown): Html {
  const words = printWordsOf(language);
  const carrier =
    product.gtin !== null &&
    radioField({
      name: 'carrier',
      label: words.carrier,
      value: form.carrier,
      options: (['short', 'digital-link'] as const).map((value) => ({ value, text: words.carriers[value] })),
      fault: faults.fields['carrier'] ?? null,
    });
  const pin = checkField({ name: 'pin', label: words.pin, checked: form.pin, hint: words.pinHint });
  const open = (form.carrier !== 'short' || form.pin) && html` open`;
  return html`<details${open}><summary>${words.options}</summary>${carrier}${pin}</details>`;
}

function ratingLine({ language }: PageCall, { rating }: PrintOutlook): string {
  const words = printWordsOf(language);
  if (rating === null) return words.noRating;
  const last = lastDayInForce(rating);
  return words.rating(String(rating.stars ?? 0), last === null ? '–' : dayText(last));
}

function printerGroup({ language }: PageCall, { form, faults, printers }: Shown): Html {
  const words = printWordsOf(language);
  const options = printers.map(({ id, name }) => ({ value: id, text: name }));
  const choice =
    printers.length > 0 &&
    selectField({
      name: 'printer',
      label: words.printer,
      value: form.printer,
      options,
      blank: words.noPrinter,
      fault: faults.fields['printer'] ?? null,
    });
  const offset = (name: 'offsetX' | 'offsetY', label: string): Html =>
    textField({ name, label, value: form[name], mode: 'decimal', max: 5, fault: faults.fields[name] ?? null });
  const [across, down] = [Number(form.scaleX), Number(form.scaleY)];
  const stretched = form.printer === '' && (across !== 1 || down !== 1);
  const kept = [
    hiddenField('printerWas', form.printer),
    hiddenField('offsetXWas', form.offsetX),
    hiddenField('offsetYWas', form.offsetY),
    form.printer === '' && [hiddenField('scaleX', form.scaleX), hiddenField('scaleY', form.scaleY)],
  ];
  return fieldGroup(
    words.printerGroup,
    form.printer === '' ? words.nudgeHintNone : words.nudgeHint,
    choice,
    kept,
    fieldRow(offset('offsetX', words.right), offset('offsetY', words.down)),
    stretched &&
      html`<p class="hint">${words.stretched(decimalText(across * 100, language), decimalText(down * 100, language))}</p>`,
    html`<p class="hint"><a href="/console/printers">${words.printers}</a></p>`,
  );
}

/** The problem's faults by field, in the words of this page. */
export function faultsOf(call: PageCall, problem: Problem, templates: Templates): FormFaults {
  const { faults } = printWordsOf(call.language);
  const fitting = problem.details?.['fitting'];
  const template = Array.isArray(fitting)
    ? faults.fitting(
        fitting.map((id) => templates.get(String(id))?.template.name[call.language] ?? String(id)).join(', '),
      )
    : fitFault(call.language, problem);
  const quantity = faults.quantity(numberText(BATCH_QUANTITY_MAX, call.language));
  const own = {
    'lot-differs': faults['lot-differs'],
    'skip:too-big': faults.skip,
    'quantity:too-small': quantity,
    'quantity:too-big': quantity,
  };
  const faultsOfFields = formFaults(problem, call, own);
  if (isOfTemplate(problem)) return { ...faultsOfFields, fields: { template } };
  return problem.code === 'lot-differs'
    ? { ...faultsOfFields, fields: { lot: faults['lot-differs'] } }
    : faultsOfFields;
}

function warningNotice(warning: PrintWarning, { language }: PageCall): Html {
  const { warnings } = printWordsOf(language);
  switch (warning.kind) {
    case 'lapses-soon':
      return notice(
        'warn',
        warnings.lapsesSoonTitle,
        warnings.lapsesSoon(numberText(warning.days, language), String(warning.stars), dayText(warning.lastDay)),
      );
    case 'lapsed':
      return notice(
        'warn',
        warnings.lapsedTitle,
        warnings.lapsed(warning.number, warning.lastDay === null ? '' : dayText(warning.lastDay)),
      );
    case 'small-module':
      return notice('info', warnings.smallTitle, warnings.small(decimalText(warning.moduleMm, language)));
    case 'unreachable':
      return notice('warn', warnings.unreachableTitle, warnings.unreachable(warning.host));
    case 'beyond-allowance':
      return notice('warn', warnings.allowanceTitle, warnings.allowance(numberText(warning.left, language)));
    default:
      return warning satisfies never;
  }
}

function templateOptions(call: PageCall, templates: Templates, fits: TemplateFits): { value: string; text: string }[] {
  const words = printWordsOf(call.language);
  const nameOf = ({ id, name, grid, medium }: Template): { value: string; text: string } => {
    const own = name[call.language];
    const text =
      medium.kind === 'sheet' ? words.templateText(own, words.grid(String(grid.columns), String(grid.rows))) : own;
    return { value: id, text: fits.get(id) == null ? text : words.notFitting(text) };
  };
  return listedTemplates(templates).map(nameOf);
}
