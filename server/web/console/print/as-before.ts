// "As last time": the last print of a product, with one field for the new lot's number. Shown on the home page and the
// print page.

import type { LastPrint } from '../../../actions/print/last-print.ts';
import { readTemplates } from '../../../actions/print/read.ts';
import { paperOf } from '../../../sheet/template/paper.ts';
import { html, type Html } from '../../html.ts';
import { dayText, numberText } from '../../format.ts';
import { printWordsOf } from '../../words/words.ts';
import type { PageCall } from '../console-route.ts';
import { hiddenField, textField } from '../fields.ts';
import { button, card } from '../page-head.ts';
import { decimalText } from './decimal-text.ts';

/** @param isMain whether its button is the filled one of this page. Empty if nothing was printed yet. */
export async function asBeforeCard(call: PageCall, last: LastPrint, isMain: boolean): Promise<Html | null> {
  const { product, batch, run, printer, place, skip, lot } = last;
  if (run === null) return null;
  const { language, once } = call;
  const { asBefore: words } = printWordsOf(language);
  const [x, y] = [decimalText(place.offsetX, language), decimalText(place.offsetY, language)];
  const stretched =
    (place.scaleX !== 1 || place.scaleY !== 1) &&
    words.stretched(decimalText(place.scaleX * 100, language), decimalText(place.scaleY * 100, language));
  const template = (await readTemplates(call.actor, batch.officeId, call.ctx)).get(run.template)?.template;
  const printed = words.how(
    template?.name[language] ?? run.template,
    printer === null ? words.offsets(x, y) : words.printer(printer.name, x, y),
  );
  // A roll continues where it stopped, so it has no first place.
  const how =
    template === undefined || paperOf(template) === 'sheet'
      ? printed + words.place(numberText(skip + 1, language))
      : printed;
  const days =
    lot.producedOn !== null && lot.expiresOn !== null && words.days(dayText(lot.producedOn), dayText(lot.expiresOn));
  const fields = [
    hiddenField('once', once),
    hiddenField('productId', product.id),
    textField({ name: 'nextLot', label: words.lot, value: lot.number, max: 40, required: true, plain: true }),
    button(words.submitOf(product.name), isMain ? 'filled' : 'plain'),
  ];
  const body = [
    html`<p><b>${words.what(numberText(batch.quantity, language), product.name)}</b></p>`,
    html`<p class="hint">${how}${stretched}</p><p class="hint">${days}</p>`,
    html`<form method="post" action="/console/print/as-before">${fields}</form>`,
  ];
  return card(words.title, body, isMain);
}
