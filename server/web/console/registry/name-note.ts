// Below the short name of a product's form: what stamps will say, and which labels of the office have no room for it.
// Where scripts run it follows the typing (public/console.js); it never keeps a form from being saved.

import { readNameFits } from '../../../actions/print/preview-sheet.ts';
import { readTemplates } from '../../../actions/print/read.ts';
import { isShortName, stampName } from '../../../domain/registry/stamp-name.ts';
import type { Product } from '../../../domain/registry/product.ts';
import { html, type Html } from '../../html.ts';
import { registryWordsOf } from '../../words/words.ts';
import { sent, type ConsoleRoute, type PageAnswer, type PageCall } from '../console-route.ts';

const PATH = '/console/products/name-fit';
/** As long as a product's name may be. */
const NAME_MAX = 160;

export const nameNoteRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, gate: 'previews', right: 'change-registry', nav: null, handle: tellNote },
];

/** @param product null: it is a new one */
export async function nameNote(call: PageCall, product: Product | null): Promise<Html> {
  const isSent = call.form.fields['name'] !== undefined;
  const names = isSent
    ? { name: sent(call.form, 'name'), shortName: sent(call.form, 'shortName') }
    : { name: product?.name ?? '', shortName: product?.shortName ?? '' };
  const producerId = sent(call.form, 'producerId') || call.query['producerId'];
  const text = await noteText(call, { ...names, productId: product?.id, producerId });
  const address = product === null ? PATH : `${PATH}?product=${product.id}`;
  return html`<p class="hint fit" data-fit="${address}" role="status">${text}</p>`;
}

async function tellNote(call: PageCall): Promise<PageAnswer> {
  const { product, producer, name = '', shortName = '' } = call.query;
  const names = { name: name.slice(0, NAME_MAX), shortName };
  return { kind: 'json', body: { text: await noteText(call, { ...names, productId: product, producerId: producer }) } };
}

/** Nothing where no name or no producer is known yet. */
async function noteText(
  call: PageCall,
  asked: { name: string; shortName: string; productId?: string | undefined; producerId?: string | undefined },
): Promise<string> {
  const { products: words } = registryWordsOf(call.language);
  const shortName = asked.shortName.normalize('NFC').trim();
  const name = stampName({
    name: asked.name.normalize('NFC').trim(),
    shortName: isShortName(shortName) ? shortName : null,
  });
  if (name === '') return '';
  const found = await readNameFits(call.actor, { ...asked, producerId: asked.producerId || undefined, name }, call.ctx);
  if (!found.ok) return '';
  const { officeId, fits } = found.value;
  const templates = await readTemplates(call.actor, officeId, call.ctx);
  const refused = [...fits].flatMap(([id, problem]) =>
    problem === null ? [] : [templates.get(id)?.template.name[call.language] ?? id],
  );
  return refused.length === 0 ? words.nameFits(name) : words.nameTooLong(name, refused.join(', '));
}
