// The forms of a batch's page: print again, void, set out for display.

import type { TemplateFits } from '../../../actions/print/preview-sheet.ts';
import { decide } from '../../../actions/kit/rights.ts';
import { readProduct } from '../../../actions/registry/read.ts';
import { VOID_REASONS, type OpenBatch, type VoidReason } from '../../../domain/batches/batch.ts';
import { gapsIn, mergeRanges } from '../../../domain/batches/intervals.ts';
import type { PrintJob } from '../../../domain/print/print-job.ts';
import { html, type Html } from '../../html.ts';
import { numberText } from '../../format.ts';
import { batchesWordsOf, frameWordsOf, printWordsOf } from '../../words/words.ts';
import { sent, type PageCall } from '../console-route.ts';
import { fieldRow, form, selectField, textField } from '../fields.ts';
import type { FormFaults } from '../form-faults.ts';
import { linkButton, section } from '../page-head.ts';
import { recalledBox } from '../print/concerns-block.ts';
import { fitsOf, ownPrintersOf, templatesOf } from '../print/print-form.ts';
import { fittingTemplate, fitNote, listedTemplates } from '../print/template-fits.ts';

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
  const kept = (name: string, fresh: string): string => (faults.title === null ? fresh : sent(call.form, name));
  const fault = (name: string): string | null => faults.fields[name] ?? null;
  const every = await templatesOf(call, batch);
  const product = batch.productId === null ? null : await readProduct(call.actor, batch.productId, call.ctx);
  const fits = await fitsOfBatch(call, batch);
  const templates = listedTemplates(every).map(({ id, name }) => ({
    value: id,
    text: fits.get(id) == null ? name[language] : print.notFitting(name[language]),
  }));
  const wanted = jobs[0]?.template ?? USUAL_TEMPLATE;
  const template = kept('template', fits.size === 0 ? wanted : fittingTemplate(every, wanted, fits));
  const body = html`
    ${fieldRow(
      textField({
        name: 'from',
        label: words.from,
        value: kept('from', String(rest.from)),
        mode: 'numeric',
        max: 10,
        required: true,
        fault: fault('from'),
      }),
      textField({
        name: 'to',
        label: words.to,
        value: kept('to', String(rest.to)),
        mode: 'numeric',
        max: 10,
        required: true,
        fault: fault('to'),
      }),
    )}
    ${selectField({
      name: 'template',
      label: print.template,
      value: template,
      options: templates,
      fault: fault('template'),
    })}
    ${product?.ok === true && fitNote(call, { product: product.value, templates: every, fits }, template)}
    ${fieldRow(
      textField({
        name: 'skip',
        label: print.skip,
        value: kept('skip', '1'),
        mode: 'numeric',
        max: 4,
        required: true,
        fault: fault('skip'),
      }),
      selectField({
        name: 'printer',
        label: print.printer,
        value: kept('printer', printers[0]?.id ?? ''),
        blank: print.noPrinter,
        options: printers.map(({ id, name }) => ({ value: id, text: name })),
        fault: fault('printer'),
      }),
    )}
    ${textField({
      name: 'reprintReason',
      label: words.reprint,
      value: kept('reprintReason', ''),
      max: 300,
      hint: words.reprintHint,
      optional: frameWordsOf(language).form.optional,
      fault: fault('reprintReason'),
    })}
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
        words: frameWordsOf(language),
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
  const kept = (name: string): string => (faults.title === null ? '' : sent(call.form, name));
  const body = html`
    ${serialsField(call, batch, faults, kept('serials'))}
    ${selectField({
      name: 'reason',
      label: print.job.reason,
      value: kept('reason') || 'spoiled',
      options: VOID_REASONS.map((value: VoidReason) => ({ value, text: reasons[value] })),
      fault: faults.fields['reason'] ?? null,
    })}
    ${textField({
      name: 'note',
      label: words.note,
      value: kept('note'),
      max: 500,
      optional: frameWordsOf(call.language).form.optional,
      fault: faults.fields['note'] ?? null,
    })}
  `;
  return section(
    words.void,
    html`
      <p class="hint">${words.voidText}</p>
      ${form({
        call,
        action: `/console/batches/${batch.id}/void`,
        words: frameWordsOf(call.language),
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
  const body = serialsField(
    call,
    batch,
    faults,
    faults.title === null ? '' : sent(call.form, 'displaySerials'),
    'display',
  );
  return section(
    words.display,
    html`
      <p class="hint">${words.displayText}</p>
      ${form({
        call,
        action: `/console/batches/${batch.id}/display`,
        words: frameWordsOf(call.language),
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
  batch: OpenBatch,
  faults: FormFaults,
  value: string,
  of: 'void' | 'display' = 'void',
): Html {
  const { page: words } = batchesWordsOf(call.language);
  return textField({
    name: of === 'void' ? 'serials' : 'displaySerials',
    label: words.serials,
    value,
    max: 1_000,
    plain: true,
    required: true,
    hint: words.serialsHint(numberText(batch.quantity, call.language)),
    fault: faults.fields['serials'] ?? null,
  });
}
