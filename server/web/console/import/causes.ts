// The faults of a trial, summed by cause. What is unknown among closed values is asked once a value, by a list beside
// the value; the wrong rows can be taken away as a workbook, with the reason beside each.

import { answerValues } from '../../../actions/import/answer-values.ts';
import { columnInRow } from '../../../actions/import/list-parts.ts';
import { exportWrongRows } from '../../../actions/import/export-wrong-rows.ts';
import { agreeToRenames } from '../../../actions/import/keep-import.ts';
import { readImport } from '../../../actions/import/read.ts';
import {
  partsOf,
  type FaultCause,
  type RegistryImport,
  type ValueAnswer,
} from '../../../domain/import/registry-import.ts';
import { numberText } from '../../format.ts';
import { html, type Html } from '../../html.ts';
import { doneValue, valueOf } from '../../outcome.ts';
import { importWordsOf } from '../../words/words.ts';
import { go, sent, sentVersion, type ConsoleRoute, type PageAnswer, type PageCall } from '../console-route.ts';
import { actionButton, fieldGroup, form, hiddenField, selectField, type Option } from '../fields.ts';
import { addressOf, table, type Column } from '../list.ts';
import { notice } from '../notices.ts';
import { linkButton, section } from '../page-head.ts';
import { columnHeads, faultsText, faultWord } from './row-columns.ts';

const PATH = '/console/import';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const importCauseRoutes: readonly ConsoleRoute[] = [
  { method: 'post', path: `${PATH}/:id/answers`, right: 'make-producer', nav: 'import', handle: answer },
  { method: 'post', path: `${PATH}/:id/renames`, right: 'make-producer', nav: 'import', handle: agree },
  {
    method: 'get',
    path: `${PATH}/:id/wrong.xlsx`,
    gate: 'exports',
    right: 'make-producer',
    nav: 'import',
    handle: wrongRows,
  },
];

/** The cause that a page's address names, by its place in the list. */
export function causeOf({ causes = [] }: RegistryImport, place: string | undefined): FaultCause | null {
  return /^\d{1,3}$/.test(place ?? '') ? (causes[Number(place)] ?? null) : null;
}

/** What is asked and what was answered, then the other causes; null: there is nothing to show. */
export function causesSection(one: RegistryImport, call: PageCall): Html | null {
  const words = importWordsOf(call.language);
  const { causes = [], state } = one;
  const asked = state === 'checked' ? causes.filter(({ word }) => word !== null) : [];
  const kept = state === 'checked' ? answersHere(one) : [];
  if (causes.length === 0 && kept.length === 0) return null;
  const fields = [
    ...asked.map((cause) => askedField(cause, causes.indexOf(cause), one, call)),
    ...kept.map(({ column, word, value }, at) =>
      selectField({
        name: `kept.${at}`,
        label: words.work.answered(word, columnHeads(one.kind, call.language)(column)),
        value,
        options: optionsOf(one, column, call),
      }),
    ),
  ];
  const questions =
    fields.length > 0 &&
    form({
      call,
      action: `${PATH}/${one.id}/answers`,
      submit: words.work.tryAnew,
      version: one.version,
      plain: true,
      body: fieldGroup(words.work.askedTitle, words.work.askedHint, html`<div class="match">${fields}</div>`),
    });
  const away = linkButton(`${PATH}/${one.id}/wrong.xlsx`, words.work.wrongFile);
  return section(
    words.work.causes,
    html`
      ${questions}
      ${causes.length > 0 && table({ columns: causeColumns(one, call), rows: causes, caption: words.work.causes })}
      ${one.counts.wrong > 0 && html`<p class="acts">${away}</p>`}
    `,
  );
}

function askedField({ column, word, rows }: FaultCause, at: number, one: RegistryImport, call: PageCall): Html {
  const { work } = importWordsOf(call.language);
  const head = columnHeads(one.kind, call.language)(column);
  return selectField({
    name: `answer.${at}`,
    label: work.asked(word ?? '', numberText(rows, call.language), head),
    value: '',
    blank: work.unanswered,
    options: optionsOf(one, column, call),
  });
}

/** The answers that this list's columns use. */
function answersHere(one: RegistryImport): ValueAnswer[] {
  const { answers = [] } = one;
  return answers.filter(({ column }) => partsOf(one).some(({ columns }) => column in columns));
}

function optionsOf(one: RegistryImport, column: string, { language }: PageCall): Option[] {
  const kinds = [one.kind, ...partsOf(one).map(({ kind }) => kind)];
  const values = kinds.map((kind) => columnInRow(kind, column).column?.values).find((some) => some != null) ?? {};
  return Object.entries(values).map(([value, vi]) => ({ value, text: language === 'vi' ? vi : `${value} (${vi})` }));
}

function causeColumns(one: RegistryImport, { language }: PageCall): Column<FaultCause>[] {
  const words = importWordsOf(language);
  const headOf = columnHeads(one.kind, language);
  const { causes = [] } = one;
  return [
    {
      head: words.work.why,
      cell: ({ column, code, word }) =>
        [column === '' ? '' : `${headOf(column)}:`, word === null ? '' : `“${word}”`, faultWord(code, words)]
          .filter((part) => part !== '')
          .join(' '),
      card: 'plain',
    },
    {
      head: words.rows,
      cell: (cause) => {
        const href = addressOf(`${PATH}/${one.id}`, { cause: String(causes.indexOf(cause)) });
        return html`<a href="${href}">${numberText(cause.rows, language)}</a>`;
      },
      figure: true,
      card: 'inline',
    },
    {
      head: words.work.firstLines,
      cell: ({ lines, rows }) =>
        `${lines.map((line) => numberText(line, language)).join(', ')}${rows > lines.length ? ' …' : ''}`,
      card: 'inline',
    },
  ];
}

async function answer(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, params, form: sentForm } = call;
  const one = valueOf(await readImport(actor, params['id'] ?? '', ctx));
  const { causes = [] } = one;
  const before = answersHere(one);
  const asked = causes.flatMap(({ column, word }, at) => {
    const value = sent(sentForm, `answer.${at}`);
    return word === null || value === '' ? [] : [{ column, word, value }];
  });
  const changed = before.flatMap(({ column, word, value: was }, at) => {
    const value = sent(sentForm, `kept.${at}`);
    return value === '' || value === was ? [] : [{ column, word, value }];
  });
  const answers = [...asked, ...changed];
  if (answers.length > 0)
    doneValue(await answerValues(actor, { id: one.id, version: sentVersion(sentForm), answers }, ctx));
  return go(`${PATH}/${one.id}`);
}

/** Rows that rename or move a record, and the one button that agrees to them; null: there are none. */
export function renamesNotice(
  { id, version, counts, renamesAgreed = false }: RegistryImport,
  call: PageCall,
): Html | null {
  if ((counts.decide ?? 0) === 0) return null;
  const { work } = importWordsOf(call.language);
  const rows = numberText(counts.decide, call.language);
  const button = actionButton({
    call,
    action: `${PATH}/${id}/renames`,
    text: renamesAgreed ? work.disagree : work.agree(rows),
    fields: [hiddenField('version', version), hiddenField('agreed', renamesAgreed ? '' : 'yes')],
  });
  return html`
    ${
      renamesAgreed
        ? notice('info', work.renames(rows), work.renamesAgreed)
        : notice('warn', work.renames(rows), work.renamesText)
    }
    <div class="acts below">
      ${linkButton(addressOf(`${PATH}/${id}`, { outcome: 'decide' }), work.seeRenames)}
      ${button}
    </div>
  `;
}

async function agree({ actor, ctx, params, form: sentForm }: PageCall): Promise<PageAnswer> {
  const id = params['id'] ?? '';
  const agreed = sent(sentForm, 'agreed') === 'yes';
  doneValue(await agreeToRenames(actor, { id, version: sentVersion(sentForm), agreed }, ctx));
  return go(`${PATH}/${id}`);
}

async function wrongRows(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, language, params } = call;
  const words = importWordsOf(language);
  const wordsOf = ({ kind }: RegistryImport): ReturnType<Parameters<typeof exportWrongRows>[1]['wordsOf']> => {
    const headOf = columnHeads(kind, language);
    return {
      sheet: words.kinds[kind],
      reason: words.work.reasonHead,
      reasonOf: (report) => faultsText(report, headOf, words),
    };
  };
  const source = valueOf(await exportWrongRows(actor, { id: params['id'] ?? '', wordsOf }, ctx));
  return { kind: 'file', mediaType: XLSX, fileName: `chua-dung-${call.today}.xlsx`, source };
}
