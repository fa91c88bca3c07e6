// Import and export: upload a file, templates to fill in, lists to download, and the imports so far.

import { exportRegistry, importTemplate, type TableFormat } from '../../../actions/import/export-registry.ts';
import { beginImport } from '../../../actions/import/keep-import.ts';
import { listImports } from '../../../actions/import/read.ts';
import { REGISTRY_COLUMNS } from '../../../actions/import/registry-columns.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import { TABLE_BYTES_MAX } from '../../../actions/uploads/upload-work.ts';
import { REGISTRY_KINDS, type RegistryImport, type RegistryKind } from '../../../domain/import/registry-import.ts';
import { ProblemError } from '../../errors.ts';
import { doneValue, valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
import { numberText } from '../../format.ts';
import { frameWordsOf, importWordsOf } from '../../words/words.ts';
import { go, sent, type ConsoleRoute, type PageAnswer, type PageCall } from '../console-route.ts';
import { form } from '../fields.ts';
import { formFaults, type FormFaults } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { pager, PAGE_ROWS, stateMark, table, type Column } from '../list.ts';
import { whenText } from '../moments.ts';
import { doneNotice } from '../notices.ts';
import { isChoice, officeOptions } from '../record-options.ts';
import { card, columns, formAgain, page, pageHead, section, type Page } from '../page-head.ts';
import { formFields } from '../form-fields.ts';
import { kindsText } from './match-page.ts';

const PATH = '/console/import';
const FORM_BYTES = 8_192;
const MEDIA_TYPES: Readonly<Record<TableFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

export const importHomeRoutes: readonly ConsoleRoute[] = [
  {
    method: 'get',
    path: PATH,
    right: 'make-producer',
    nav: 'import',
    handle: (call) => homePage(call, heldFaults(call)),
  },
  {
    method: 'post',
    path: PATH,
    gate: 'imports',
    right: 'make-producer',
    nav: 'import',
    files: true,
    formBytesMax: TABLE_BYTES_MAX + FORM_BYTES,
    handle: take,
  },
  {
    method: 'get',
    path: `${PATH}/template/:kind/:format`,
    gate: 'exports',
    right: 'make-producer',
    nav: 'import',
    handle: template,
  },
  {
    method: 'get',
    path: '/console/export/:kind/:format',
    gate: 'exports',
    right: 'make-producer',
    nav: 'import',
    leavesMark: true,
    handle: give,
  },
];

async function take(call: PageCall): Promise<PageAnswer> {
  const words = importWordsOf(call.language);
  const file = call.form.files['file'];
  const officeId = sent(call.form, 'officeId');
  const input = {
    fileName: file?.name ?? '',
    bytes: file?.bytes ?? new Uint8Array(),
    ...(officeId === '' ? {} : { officeId }),
  };
  const outcome = await runAction(beginImport, call.actor, input, call.ctx);
  if (outcome.ok) return go(`${PATH}/${doneValue(outcome).id}`);
  const own = Object.fromEntries(Object.entries(words.fileFaults).map(([code, text]) => [`file:${code}`, text]));
  return formAgain(formFaults(outcome.problem, call, own));
}

async function template({ language, params }: PageCall): Promise<PageAnswer> {
  const { kind, format } = chosen(params);
  const words = importWordsOf(language);
  const rowOf = (key: string): string[] => {
    const column = REGISTRY_COLUMNS[kind].find((one) => one.key === key);
    const about = words.columns[key] ?? '';
    const values =
      column?.values === null || column?.values === undefined ? '' : Object.values(column.values).join(', ');
    return [column?.needed === true ? words.yes : words.no, [about, values].filter((part) => part !== '').join(' ')];
  };
  const bytes = await importTemplate(kind, format, { sheet: words.sheetHelp, heads: words.helpHeads, rowOf });
  return { kind: 'file', mediaType: MEDIA_TYPES[format], fileName: `mau-${FILE_NAMES[kind]}.${format}`, source: bytes };
}

async function give(call: PageCall): Promise<PageAnswer> {
  const { kind, format } = chosen(call.params);
  const source = valueOf(await exportRegistry(call.actor, { kind, format }, call.ctx));
  return {
    kind: 'file',
    mediaType: MEDIA_TYPES[format],
    fileName: `${FILE_NAMES[kind]}-${call.today}.${format}`,
    source,
  };
}

const FILE_NAMES: Readonly<Record<RegistryKind, string>> = {
  producers: 'chu-the',
  products: 'san-pham',
  evaluations: 'danh-gia',
  certificates: 'chung-nhan',
};

/** @throws ProblemError for an address that names no list or format */
function chosen(params: PageCall['params']): { kind: RegistryKind; format: TableFormat } {
  const kind = REGISTRY_KINDS.find((known) => known === params['kind']);
  const format = (['xlsx', 'csv'] as const).find((known) => known === params['format']);
  if (kind === undefined || format === undefined)
    throw new ProblemError({ code: 'not-found', detail: 'There is no such file.' });
  return { kind, format };
}

async function homePage(call: PageCall, faults: FormFaults): Promise<Page> {
  const { actor, ctx, language, query } = call;
  const words = importWordsOf(language);
  const frame = frameWordsOf(language);
  const found = valueOf(await listImports(actor, { limit: PAGE_ROWS, after: query['after'] ?? null }, ctx));
  const field = formFields(call, words, { faults });
  const offices = actor.role === 'admin' ? await officeOptions(call, field.shown('officeId')) : null;
  const office =
    offices !== null &&
    isChoice(offices) &&
    field.select('officeId', offices, { label: words.office, blank: frame.form.choose, required: true });
  const upload = form({
    call,
    action: PATH,
    submit: words.send,
    files: true,
    faults,
    body: [office, field.file('file', { hint: words.fileHint, accept: '.xlsx,.ods,.csv,text/csv', required: true })],
  });
  const past =
    found.items.length > 0 &&
    section(
      words.past,
      html`
        ${table({
          columns: columnsOf(call),
          rows: found.items,
          hrefOf: ({ id }) => `${PATH}/${id}`,
          caption: words.caption,
        })}
        ${pager({ path: PATH, query, next: found.next, words: frame })}
      `,
    );
  const side = html`
    ${card(words.templates, html`<p class="hint">${words.templatesHint}</p>${fileLinks(call, `${PATH}/template`)}`)}
    ${card(words.exports, html`<p class="hint">${words.exportsHint}</p>${fileLinks(call, '/console/export')}`)}
  `;
  const body = html`
    ${pageHead({ title: words.title, lead: words.lead })}
    ${doneNotice(call, words.done)}
    ${columns(section(words.upload, upload), side)}
    ${past}
  `;
  return page(words.title, body, faults);
}

function fileLinks({ language }: PageCall, at: string): Html {
  const words = importWordsOf(language);
  const link = (kind: RegistryKind, format: TableFormat, text: string): Html =>
    html`<a href="${at}/${kind}/${format}" aria-label="${words.kinds[kind]}, ${text}">${text}</a>`;
  return html`
    <ul class="files">
      ${REGISTRY_KINDS.map(
        (kind) =>
          html`
            <li>
              <span>${words.kinds[kind]}</span>
              <span>${link(kind, 'xlsx', words.excel)} ${link(kind, 'csv', words.csv)}</span>
            </li>
          `,
      )}
    </ul>
  `;
}

function columnsOf(call: PageCall): Column<RegistryImport>[] {
  const words = importWordsOf(call.language);
  return [
    { head: words.fileColumn, cell: ({ fileName }) => fileName, card: 'title' },
    { head: words.what, cell: (one) => kindsText(one, words), card: 'inline' },
    { head: words.rows, cell: ({ rows }) => numberText(rows, call.language), figure: true },
    {
      head: words.state,
      cell: ({ state }) =>
        stateMark(
          words.states[state],
          state === 'applied' ? 'good' : ['failed', 'cancelled', 'undone'].includes(state) ? 'over' : 'warn',
        ),
      card: 'plain',
    },
    { head: words.at, cell: ({ createdAt }) => whenText(createdAt, call), card: 'plain' },
  ];
}
