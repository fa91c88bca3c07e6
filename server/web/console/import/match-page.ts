// Which column of the file is which of ours: guessed, shown, and changed where it is wrong. Above it stands the picture
// of the file's first rows, where the sheet and the row of heads are chosen.

import { matchImport, matchImportInput } from '../../../actions/import/keep-import.ts';
import { readingOf, type ListReading } from '../../../actions/import/list-parts.ts';
import { readFirstRows, readImport } from '../../../actions/import/read.ts';
import { REGISTRY_COLUMNS } from '../../../actions/import/registry-columns.ts';
import type { TableRow } from '../../../actions/uploads/upload-work.ts';
import type { LeftOutRow } from '../../../domain/import/grid.ts';
import {
  partsOf,
  REGISTRY_KINDS,
  type RegistryImport,
  type RegistryKind,
} from '../../../domain/import/registry-import.ts';
import type { Language } from '../../../domain/language.ts';
import { numberText } from '../../format.ts';
import { html, type Html } from '../../html.ts';
import { valueOf } from '../../outcome.ts';
import { importWordsOf, type ImportWords } from '../../words/words.ts';
import { go, sent, sentVersion, type ConsoleRoute, type PageAnswer, type PageCall } from '../console-route.ts';
import { checkField, fieldGroup, form, selectField, textField } from '../fields.ts';
import { formFaults, type FormFaults } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { addressOf, table, type Column } from '../list.ts';
import { formAgain, page, pageHead, section, type Page } from '../page-head.ts';
import { readShape } from '../run-form.ts';
import { otherLists, pictures } from './place.ts';
import { columnHeads } from './row-columns.ts';

const PATH = '/console/import';
const SAMPLE_ROWS = 3;
const SAID_SYMBOLS_MAX = 120;

export const importMatchRoutes: readonly ConsoleRoute[] = [
  {
    method: 'get',
    path: `${PATH}/:id/columns`,
    right: 'make-producer',
    nav: 'import',
    handle: async (call) => matchPage(call, await found(call), heldFaults(call)),
  },
  {
    method: 'post',
    path: `${PATH}/:id/check`,
    shownAt: `${PATH}/:id/columns`,
    right: 'make-producer',
    nav: 'import',
    handle: check,
  },
];

async function found({ actor, ctx, params }: PageCall): Promise<RegistryImport> {
  return valueOf(await readImport(actor, params['id'] ?? '', ctx));
}

/** The fields of a form whose names begin so, without that beginning; empty ones are left out. */
function sentUnder({ form: sentForm }: PageCall, prefix: string, keepsEmpty = false): Record<string, string> {
  const names = Object.keys(sentForm.fields).filter((name) => name.startsWith(prefix));
  const values = names.map((name) => [name.slice(prefix.length), sent(sentForm, name)] as const);
  return Object.fromEntries(values.filter(([, value]) => keepsEmpty || value !== ''));
}

const columnsSent = (call: PageCall, prefix: string): Record<string, number> =>
  Object.fromEntries(Object.entries(sentUnder(call, prefix)).map(([key, at]) => [key, Number(at)]));

async function check(call: PageCall): Promise<PageAnswer> {
  const one = await found(call);
  const kind = sent(call.form, 'kind');
  if (sent(call.form, 'again') !== '') return go(addressOf(`${PATH}/${one.id}/columns`, { kind }));
  const also = REGISTRY_KINDS.filter((one) => sent(call.form, `part.${one}`) !== '').map((one) => ({
    kind: one,
    columns: columnsSent(call, `also.${one}.`),
  }));
  const said = sentUnder(call, 'said.', true);
  const input = readShape(matchImportInput, { kind, columns: columnsSent(call, 'columns.'), also, said });
  const outcome = input.ok
    ? await matchImport(call.actor, { id: one.id, version: sentVersion(call.form), ...input.value }, call.ctx)
    : input;
  if (outcome.ok) return go(`${PATH}/${one.id}`);
  const words = importWordsOf(call.language);
  const faults = formFaults(outcome.problem, call, { columns: words.match.twice });
  const fields = Object.fromEntries(
    Object.entries(faults.fields).map(([name, text]) => [
      name,
      name.startsWith('columns.') || name.startsWith('also.') ? words.match.missing : text,
    ]),
  );
  return formAgain({
    ...faults,
    ...(faults.fields['columns'] === undefined ? {} : { text: words.match.twice }),
    fields,
  });
}

/** What the file holds in each row: "Chủ thể + Sản phẩm". */
export function kindsText(one: RegistryImport, words: ImportWords): string {
  return partsOf(one)
    .map(({ kind }) => words.kinds[kind])
    .join(' + ');
}

/** @param one with `?kind=` the columns are guessed again, for another list */
export async function matchPage(call: PageCall, one: RegistryImport, faults: FormFaults): Promise<Page> {
  const words = importWordsOf(call.language);
  const asked = sent(call.form, 'kind') || (call.query['kind'] ?? '');
  const kind = REGISTRY_KINDS.find((known) => known === asked) ?? one.kind;
  const { columns, also = [], said = [] } = one;
  const reading: ListReading =
    kind === one.kind
      ? { kind, columns, also: [...also], said: [...said] }
      : readingOf(one.heads, one.leftOut ?? [], kind);
  const sample = valueOf(await readFirstRows(call.actor, one.id, call.ctx)).slice(0, SAMPLE_ROWS);
  const shown: Column<TableRow>[] = one.heads.map((head, at) => ({
    head: head === '' ? `(${at + 1})` : head,
    cell: ({ cells }: TableRow) => (cells[at] ?? '').slice(0, 80),
    card: at === 0 ? 'title' : 'labelled',
  }));
  const choice = html`
    ${selectField({
      name: 'kind',
      label: words.match.kind,
      hint: words.match.kindHint,
      value: kind,
      options: REGISTRY_KINDS.map((value) => ({ value, text: words.kinds[value] })),
    })}
    <p class="acts"><button class="btn" name="again" value="yes">${words.match.again}</button></p>
  `;
  const body = html`
    ${pageHead({
      title: words.match.title,
      lead: html`${one.fileName}: ${words.match.lead(numberText(one.rows, call.language))} ${
        one.sheet != null && words.match.sheet(one.sheet)
      }`,
    })}
    ${await pictures(one, call)}
    ${section(words.match.sample, table({ columns: shown, rows: sample, caption: words.match.sample }))}
    ${leftOutRows(one, words, call.language)}
    ${form({
      call,
      action: `${PATH}/${one.id}/check`,
      submit: words.match.check,
      version: one.version,
      faults,
      cancel: PATH,
      body: [
        choice,
        saidFields(reading, call),
        partFields(call, one, { kind, columns: reading.columns, prefix: 'columns.', faults }),
        reading.also.map((part) =>
          partFields(call, one, { ...part, prefix: `also.${part.kind}.`, faults, tick: `part.${part.kind}` }),
        ),
      ],
    })}
    ${await otherLists(one, call)}
  `;
  return page(words.match.title, body, faults);
}

/** The columns of one kind of record; of a further kind with a tick that it is in the list. */
function partFields(
  call: PageCall,
  { heads }: RegistryImport,
  part: {
    kind: RegistryKind;
    columns: Readonly<Record<string, number>>;
    prefix: string;
    faults: FormFaults;
    tick?: string;
  },
): Html {
  const { kind, columns, prefix, faults, tick } = part;
  const words = importWordsOf(call.language);
  const isSent = sent(call.form, 'kind') !== '';
  const options = heads.map((head, at) => ({ value: String(at), text: head === '' ? `(${at + 1})` : head }));
  const fields = REGISTRY_COLUMNS[kind].map(({ key, vi, en, needed }) =>
    selectField({
      name: `${prefix}${key}`,
      label: html`
        ${call.language === 'vi' ? vi : en}
        ${needed && html` <span class="opt">(${words.match.needed})</span>`}
      `,
      blank: words.match.none,
      options,
      value: isSent ? sent(call.form, `${prefix}${key}`) : String(columns[key] ?? ''),
      fault: faults.fields[`${prefix}${key}`] ?? null,
    }),
  );
  const ticked =
    tick !== undefined &&
    checkField({
      name: tick,
      label: words.match.part(words.kinds[kind]),
      checked: !isSent || sent(call.form, tick) !== '',
    });
  return fieldGroup(words.kinds[kind], null, html`${ticked}<div class="match">${fields}</div>`);
}

/** What the titles were taken for, each with the text that it was read from; an emptied one is not taken. */
function saidFields({ kind, also, said }: ListReading, call: PageCall): Html | null {
  if (said.length === 0) return null;
  const { match } = importWordsOf(call.language);
  const fields = said.map(({ column, value, text }) => {
    const owner = [kind, ...also.map((part) => part.kind)].find((one) =>
      REGISTRY_COLUMNS[one].some(({ key }) => key === column),
    );
    return textField({
      name: `said.${column}`,
      label: columnHeads(owner ?? kind, call.language)(column),
      hint: match.saidBy(text),
      value: sent(call.form, 'kind') === '' ? value : sent(call.form, `said.${column}`),
      max: SAID_SYMBOLS_MAX,
    });
  });
  return fieldGroup(match.said, match.saidHint, fields);
}

/** Titles, totals and signatures, each with its line and why it is no row: nothing of a file is dropped in silence. */
function leftOutRows({ leftOut = [] }: RegistryImport, { match, work }: ImportWords, language: Language): Html | null {
  if (leftOut.length === 0) return null;
  const columns: Column<LeftOutRow>[] = [
    { head: work.line, cell: ({ line }) => numberText(line, language), card: 'title' },
    { head: match.leftOutText, cell: ({ text }) => text, card: 'labelled' },
    { head: match.leftOutWhy, cell: ({ reason }) => match.leftOutReasons[reason], card: 'labelled' },
  ];
  const title = match.leftOut(numberText(leftOut.length, language));
  return section(title, table({ columns, rows: leftOut, caption: title }));
}
