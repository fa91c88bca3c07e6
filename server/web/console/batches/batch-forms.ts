// The forms of a batch's page: print again, void, set out for display.

import type { TemplateFits } from '../../../actions/print/preview-sheet.ts';
import { decide } from '../../../actions/kit/rights.ts';
import { readProduct } from '../../../actions/registry/read.ts';
import { VOID_REASONS, type OpenBatch } from '../../../domain/batches/batch.ts';
import { gapsIn, mergeRanges } from '../../../domain/batches/intervals.ts';
import type { PrintJob } from '../../../domain/print/print-job.ts';
import { html, type Html } from '../../html.ts';
import { numberText } from '../../format.ts';
import { batchesWordsOf, printWordsOf } from '../../words/words.ts';
import type { PageCall } from '../console-route.ts';
import { fieldRow, form } from '../fields.ts';
import type { FormFaults } from '../form-faults.ts';
import { linkButton, section } from '../page-head.ts';
import { recalledBox } from '../print/concerns-block.ts';
import { showsPin } from '../../../sheet/template/template-fit.ts';
import { fitsOf, ownPrintersOf, templatesOf } from '../print/print-form.ts';
import { fittingTemplate, fitNote, listedTemplates } from '../print/template-fits.ts';
import { formFields, named, choices } from '../form-fields.ts';

const USUAL_TEMPLATE = 'a4-65';

export async function printSection(
  call: PageCall,
  batch: OpenBatch,
  jobs: readonly PrintJob[],
  faults: FormFaults,
): Promise<Html> {
  const { language } = call;
  const { page: words } = batchesWordsOf(language);
  const print = printWordsOf(language);
  const printers = await ownPrintersOf(call, batch.officeId);
  const rest = gapsIn(mergeRanges([...batch.voids, ...batch.printed]), { from: 1, to: batch.quantity })[0] ?? {
    from: 1,
    to: batch.quantity,
  };
  const field = formFields(call, words, { record: rest, faults });
  const every = await templatesOf(call, batch);
  const product = batch.productId === null ? null : await readProduct(call.actor, batch.productId, call.ctx);
  const fits = await fitsOfBatch(call, batch);
  // Room for a PIN is for batches that have PINs.
  const offered = listedTemplates(every).filter((each) => batch.pin || !showsPin(each));
  const templates = offered.map(({ id, name }) => ({
    value: id,
    text: fits.get(id) == null ? name[language] : print.notFitting(name[language]),
  }));
  const wanted = jobs[0]?.template ?? USUAL_TEMPLATE;
  const template = field.shown('template', fits.size === 0 ? wanted : fittingTemplate(every, wanted, fits));
  const body = html`
    ${fieldRow(
      field.text('from', { mode: 'numeric', max: 10, required: true }),
      field.text('to', { mode: 'numeric', max: 10, required: true }),
    )}
    ${field.select('template', templates, { label: print.template, value: template })}
    ${product?.ok === true && fitNote(call, { product: product.value, templates: every, fits }, template)}
    ${fieldRow(
      field.text('skip', { label: print.skip, value: '1', mode: 'numeric', max: 4, required: true }),
      field.select('printer', named(printers), {
        label: print.printer,
        value: printers[0]?.id ?? '',
        blank: print.noPrinter,
      }),
    )}
    ${field.text('reprintReason', { label: words.reprint, max: 300, hint: words.reprintHint, optional: true })}
    ${recalledBox(call, faults)}
  `;
  const links = [linkButton(`/api/v1/batches/${batch.id}/codes.csv?excel=true`, words.codes)];
  if (
    batch.pin &&
    decide(call.actor, 'take-pins', { officeId: batch.officeId, producerId: batch.producerId }).kind === 'may'
  )
    links.push(linkButton(`/api/v1/batches/${batch.id}/codes.csv?pins=true&excel=true`, words.pins));
  return section(
    words.print,
    html`
      <p class="hint">${words.printText}</p>
      ${form({
        call,
        action: `/console/batches/${batch.id}/print`,
        submit: words.printSubmit,
        body,
        faults,
      })}
      <div class="acts">${links}</div>
    `,
    'print',
  );
}

/** Nothing is known of a batch without a product before it is printed. */
async function fitsOfBatch(
  call: PageCall,
  { productId, carrier, digitalLink, quantity }: OpenBatch,
): Promise<TemplateFits> {
  if (productId === null) return new Map();
  const lot = digitalLink?.lot ?? '';
  return fitsOf(call, { product: productId, carrier, lot, quantity: String(quantity) });
}

export function voidSection(call: PageCall, batch: OpenBatch, faults: FormFaults): Html {
  const { page: words, reasons } = batchesWordsOf(call.language);
  const print = printWordsOf(call.language);
  const field = formFields(call, words, { faults });
  const body = html`
    ${serialsField(call, batch, faults, 'serials')}
    ${field.select('reason', choices(VOID_REASONS, reasons), { label: print.job.reason, value: 'spoiled' })}
    ${field.text('note', { max: 500, optional: true })}
  `;
  return section(
    words.void,
    html`
      <p class="hint">${words.voidText}</p>
      ${form({
        call,
        action: `/console/batches/${batch.id}/void`,
        submit: words.voidSubmit,
        body,
        faults,
        plain: true,
      })}
    `,
    'void',
  );
}

export function displaySection(call: PageCall, batch: OpenBatch, faults: FormFaults): Html {
  const { page: words } = batchesWordsOf(call.language);
  const body = serialsField(call, batch, faults, 'displaySerials');
  return section(
    words.display,
    html`
      <p class="hint">${words.displayText}</p>
      ${form({
        call,
        action: `/console/batches/${batch.id}/display`,
        submit: words.displaySubmit,
        body,
        faults,
        plain: true,
      })}
    `,
    'display',
  );
}

function serialsField(
  call: PageCall,
  { quantity }: OpenBatch,
  faults: FormFaults,
  name: 'serials' | 'displaySerials',
): Html {
  const { page: words } = batchesWordsOf(call.language);
  return formFields(call, words, { faults }).text(name, {
    label: words.serials,
    max: 1_000,
    plain: true,
    required: true,
    hint: words.serialsHint(numberText(quantity, call.language)),
    fault: faults.fields['serials'] ?? null,
  });
}
