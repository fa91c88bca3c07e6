// Taking an import back as one: the button, and what rests on it where that cannot be done.

import { mayBeUndone, undoImport } from '../../../actions/import/undo-import.ts';
import { RESTING_MAX, type RegistryImport } from '../../../domain/import/registry-import.ts';
import { COLLECTIONS } from '../../../store/collections.ts';
import { html, type Html } from '../../html.ts';
import { numberText } from '../../format.ts';
import { doneValue } from '../../outcome.ts';
import { auditWordsOf, importWordsOf } from '../../words/words.ts';
import { go, sentVersion, type ConsoleRoute, type PageAnswer, type PageCall } from '../console-route.ts';
import { actionButton, hiddenField } from '../fields.ts';
import { notice } from '../notices.ts';

const PATH = '/console/import';

export const importUndoRoutes: readonly ConsoleRoute[] = [
  { method: 'post', path: `${PATH}/:id/undo`, right: 'make-producer', nav: 'import', handle: undo },
];

async function undo({ actor, ctx, params, form }: PageCall): Promise<PageAnswer> {
  const id = params['id'] ?? '';
  doneValue(await undoImport(actor, { id, version: sentVersion(form) }, ctx));
  return go(`${PATH}/${id}`);
}

/** Null: the import recorded nothing. */
export function undoSection(one: RegistryImport, call: PageCall): Html | null {
  const { undo: words } = importWordsOf(call.language);
  const { rests = [] } = one.undo ?? {};
  const list =
    rests.length > 0 &&
    notice(
      'warn',
      one.state === 'undone' ? words.kept : words.rests,
      html`<ul>${rests.map(({ what, name }) => html`<li>${restingText(what, name, call)}</li>`)}</ul>${
        rests.length >= RESTING_MAX && html`<p>${words.more(numberText(RESTING_MAX, call.language))}</p>`
      }`,
    );
  const button =
    mayBeUndone(one) &&
    html`<div class="acts below">${actionButton({
      call,
      action: `${PATH}/${one.id}/undo`,
      text: words.undo,
      look: 'quiet',
      fields: [hiddenField('version', one.version)],
    })} <span class="hint">${words.hint}</span></div>`;
  return list === false && button === false ? null : html`${list}${button}`;
}

/** "Cam sấy: lô hàng" or "Cam sấy: đã được sửa sau đó". */
function restingText(what: string, name: string, { language }: PageCall): string {
  const { undo: words } = importWordsOf(language);
  if (what === 'changed') return words.changed(name);
  if (what === 'erased') return words.erased(name);
  const entity = Object.entries(COLLECTIONS).find(([collection]) => collection === what)?.[1].entity ?? what;
  const entities: Readonly<Record<string, string>> = auditWordsOf(language).entities;
  return words.restsOn(name, entities[entity] ?? entity);
}
