// The picture of a file's first rows, in which the sheet and the row of heads are changed by a click, and the other
// lists of a workbook that holds several.

import {
  beginNextList,
  placeImport,
  placeImportInput,
  readOtherLists,
  readPictures,
} from '../../../actions/import/place-import.ts';
import type { SheetPicture } from '../../../domain/import/grid.ts';
import type { RegistryImport } from '../../../domain/import/registry-import.ts';
import { numberText } from '../../format.ts';
import { html, type Html } from '../../html.ts';
import { doneValue, valueOf } from '../../outcome.ts';
import { importWordsOf } from '../../words/words.ts';
import { go, sent, sentVersion, type ConsoleRoute, type PageAnswer, type PageCall } from '../console-route.ts';
import { actionButton, hiddenField } from '../fields.ts';
import { table, type Column } from '../list.ts';
import { linkButton, section } from '../page-head.ts';
import { readShape } from '../run-form.ts';

const PATH = '/console/import';
const A = 'A'.charCodeAt(0);

export const importPlaceRoutes: readonly ConsoleRoute[] = [
  { method: 'post', path: `${PATH}/:id/place`, gate: 'imports', right: 'make-producer', nav: 'import', handle: place },
  { method: 'post', path: `${PATH}/:id/next`, gate: 'imports', right: 'make-producer', nav: 'import', handle: next },
];

async function place({ actor, ctx, params, form: sentForm }: PageCall): Promise<PageAnswer> {
  const id = params['id'] ?? '';
  const shape = { sheet: Number(sent(sentForm, 'sheet')), headLine: Number(sent(sentForm, 'headLine')) };
  const input = valueOf(readShape(placeImportInput, shape));
  doneValue(await placeImport(actor, { id, version: sentVersion(sentForm), ...input }, ctx));
  return go(`${PATH}/${id}`);
}

async function next({ actor, ctx, params, form: sentForm }: PageCall): Promise<PageAnswer> {
  const input = { id: params['id'] ?? '', sheet: Number(sent(sentForm, 'sheet')) || 0 };
  return go(`${PATH}/${doneValue(await beginNextList(actor, input, ctx)).id}`);
}

/** The first rows of the sheet that was read, and the names of the others; null: the file was not kept. */
export async function pictures(one: RegistryImport, call: PageCall): Promise<Html | null> {
  const shown = valueOf(await readPictures(call.actor, one.id, call.ctx));
  const at = one.place?.sheet ?? 0;
  const picture = shown[at];
  if (picture === undefined) return null;
  const { match } = importWordsOf(call.language);
  const others = shown.flatMap(({ name, isHidden }, sheet) =>
    sheet === at
      ? []
      : [
          actionButton({
            call,
            action: `${PATH}/${one.id}/place`,
            text: html`${name ?? ''}${isHidden && html` (${match.hidden})`}`,
            look: 'quiet',
            fields: [hiddenField('version', one.version), hiddenField('sheet', sheet), hiddenField('headLine', 0)],
          }),
        ],
  );
  // The buttons that send it stand in the rows.
  const rows = html`<form method="post" action="${PATH}/${one.id}/place">
    ${hiddenField('once', call.once)} ${hiddenField('version', one.version)} ${hiddenField('sheet', at)}
    ${pictureTable(picture, one, call)}
  </form>`;
  return section(
    match.picture,
    html`
      <p class="hint">${match.pictureHint}</p>
      ${others.length > 0 && html`<div class="acts">${match.otherSheets} ${others}</div>`}
      ${rows}
    `,
  );
}

/** The rows as they stand in the file; the number of each is the button that makes it the heads. */
function pictureTable({ rows }: SheetPicture, { place: at }: RegistryImport, { language }: PageCall): Html {
  const { match, work } = importWordsOf(language);
  const width = Math.max(1, ...rows.map(({ cells }) => cells.length));
  const line: Column<SheetPicture['rows'][number]> = {
    head: work.line,
    cell: (row) =>
      row.line === at?.headLine
        ? html`<b>${numberText(row.line, language)} ${match.headsHere}</b>`
        : html`<button class="btn" name="headLine" value="${row.line}" aria-label="${match.makeHeads(
            numberText(row.line, language),
          )}">${numberText(row.line, language)}</button>`,
    card: 'title',
  };
  const cells = Array.from({ length: width }, (_, column): Column<SheetPicture['rows'][number]> => ({
    // As spreadsheets call it; a picture has fewer columns than there are letters.
    head: String.fromCodePoint(A + column),
    cell: (row) => row.cells[column] ?? '',
    card: 'inline',
  }));
  return table({ columns: [line, ...cells], rows, caption: match.picture });
}

/** The other lists of the same workbook; null: there are none. */
export async function otherLists(one: RegistryImport, call: PageCall): Promise<Html | null> {
  const lists = valueOf(await readOtherLists(call.actor, one.id, call.ctx));
  if (lists.length === 0) return null;
  const words = importWordsOf(call.language);
  const rows = lists.map(
    ({ list, importId }) =>
      html`<li><span>${list.name}: ${words.kinds[list.kind]}, ${words.match.rowsOf(
        numberText(list.rows, call.language),
      )}</span> ${
        importId === null
          ? actionButton({
              call,
              action: `${PATH}/${one.id}/next`,
              text: words.match.bring,
              fields: [hiddenField('sheet', list.sheet)],
            })
          : linkButton(`${PATH}/${importId}`, words.match.seeIt)
      }</li>`,
  );
  return section(words.match.others, html`<p class="hint">${words.match.othersHint}</p><ul class="files">${rows}</ul>`);
}
