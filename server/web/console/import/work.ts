// One import: match its columns, try its rows and show each with its faults beside the cells, then apply them. Long
// work shows its progress, survives a reload, and continues when the page is closed.

import { applyImport, cancelImport, matchImport, matchImportInput } from '../../../actions/import/keep-import.ts';
import { readFirstRows, readImport, readImportRows } from '../../../actions/import/read.ts';
import { matchColumns } from '../../../actions/import/match-columns.ts';
import { REGISTRY_COLUMNS } from '../../../actions/import/registry-columns.ts';
import {
  isUnderWay,
  REGISTRY_KINDS,
  ROW_OUTCOMES,
  type RegistryImport,
} from '../../../domain/import/registry-import.ts';
import type { LeftOutRow } from '../../../domain/import/grid.ts';
import type { Language } from '../../../domain/language.ts';
import type { TableRow } from '../../../actions/uploads/upload-work.ts';
import { doneValue, valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
import { numberText } from '../../format.ts';
import { frameWordsOf, importWordsOf, type ImportWords } from '../../words/words.ts';
import { go, sent, sentVersion, type ConsoleRoute, type PageAnswer, type PageCall } from '../console-route.ts';
import { actionButton, fieldGroup, form, hiddenField, selectField } from '../fields.ts';
import { formFaults, NO_FAULTS, type FormFaults } from '../form-faults.ts';
import { addressOf, emptyState, filterPanel, table, type Column } from '../list.ts';
import { notice } from '../notices.ts';
import { linkButton, pageHead, section, type Page } from '../page-head.ts';
import { progressBar, progressBlock } from '../progress.ts';
import { readShape } from '../run-form.ts';
import { causeOf, causesSection, renamesNotice } from './causes.ts';
import { rowColumns } from './row-columns.ts';

const PATH = '/console/import';
const ROWS_SHOWN = 50;
const SAMPLE_ROWS = 3;
const REFRESH_SECONDS = 3;

export const importWorkRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: `${PATH}/:id`, right: 'make-producer', nav: 'import', handle: show },
  {
    method: 'get',
    path: `${PATH}/:id/columns`,
    right: 'make-producer',
    nav: 'import',
    handle: async (call) => matchPage(call, await found(call), NO_FAULTS),
  },
  { method: 'post', path: `${PATH}/:id/check`, right: 'make-producer', nav: 'import', handle: check },
  { method: 'post', path: `${PATH}/:id/apply`, right: 'make-producer', nav: 'import', handle: apply },
  { method: 'post', path: `${PATH}/:id/cancel`, right: 'make-producer', nav: 'import', handle: cancel },
  { method: 'get', path: `${PATH}/:id/state`, right: 'make-producer', nav: 'import', handle: state },
];

async function found({ actor, ctx, params }: PageCall): Promise<RegistryImport> {
  return valueOf(await readImport(actor, params['id'] ?? '', ctx));
}

async function show(call: PageCall): Promise<PageAnswer> {
  const one = await found(call);
  if (one.state === 'matching') return matchPage(call, one, NO_FAULTS);
  return isUnderWay(one) ? progressPage(call, one) : resultPage(call, one);
}

async function state(call: PageCall): Promise<PageAnswer> {
  const one = await found(call);
  return { kind: 'json', body: { ended: !isUnderWay(one), done: one.done, rows: one.rows } };
}

async function check(call: PageCall): Promise<PageAnswer> {
  const one = await found(call);
  const kind = sent(call.form, 'kind');
  if (sent(call.form, 'again') !== '') return go(addressOf(`${PATH}/${one.id}/columns`, { kind }));
  const columns = Object.fromEntries(
    Object.keys(call.form.fields)
      .filter((name) => name.startsWith('columns.') && sent(call.form, name) !== '')
      .map((name) => [name.slice('columns.'.length), Number(sent(call.form, name))]),
  );
  const input = readShape(matchImportInput, { kind, columns });
  const outcome = input.ok
    ? await matchImport(call.actor, { id: one.id, version: sentVersion(call.form), ...input.value }, call.ctx)
    : input;
  if (outcome.ok) return go(`${PATH}/${one.id}`);
  const words = importWordsOf(call.language);
  const faults = formFaults(outcome.problem, call, { columns: words.match.twice });
  const fields = Object.fromEntries(
    Object.entries(faults.fields).map(([name, text]) => [
      name,
      name.startsWith('columns.') ? words.match.missing : text,
    ]),
  );
  return {
    ...(await matchPage(call, one, {
      ...faults,
      ...(faults.fields['columns'] === undefined ? {} : { text: words.match.twice }),
      fields,
    })),
    status: 422,
  };
}

async function apply({ actor, ctx, form: sentForm, params }: PageCall): Promise<PageAnswer> {
  const id = params['id'] ?? '';
  doneValue(await applyImport(actor, { id, version: sentVersion(sentForm) }, ctx));
  return go(`${PATH}/${id}`);
}

async function cancel({ actor, ctx, params }: PageCall): Promise<PageAnswer> {
  const id = params['id'] ?? '';
  const cancelOnce = (): ReturnType<typeof cancelImport> =>
    cancelImport(actor, { id, version: 0 }, { ...ctx, request: null });
  let outcome = await cancelOnce();
  // If the job wrote at the same moment, try again with its version.
  for (let tries = 0; tries < 5 && !outcome.ok && outcome.problem.code === 'version-conflict'; tries += 1)
    outcome = await cancelOnce();
  doneValue(outcome);
  return go(PATH, 'cancelled');
}

/** @param one with `?kind=` the columns are guessed again, for another list */
async function matchPage(call: PageCall, one: RegistryImport, faults: FormFaults): Promise<Page> {
  const words = importWordsOf(call.language);
  const asked = sent(call.form, 'kind') || (call.query['kind'] ?? '');
  const kind = REGISTRY_KINDS.find((known) => known === asked) ?? one.kind;
  const matched = kind === one.kind ? one.columns : matchColumns(kind, one.heads);
  const isSent = sent(call.form, 'kind') !== '';
  const options = one.heads.map((head, at) => ({ value: String(at), text: head === '' ? `(${at + 1})` : head }));
  const fields = REGISTRY_COLUMNS[kind].map(({ key, vi, en, needed }) =>
    selectField({
      name: `columns.${key}`,
      label: html`
        ${call.language === 'vi' ? vi : en}
        ${needed && html` <span class="opt">(${words.match.needed})</span>`}
      `,
      blank: words.match.none,
      options,
      value: isSent ? sent(call.form, `columns.${key}`) : String(matched[key] ?? ''),
      fault: faults.fields[`columns.${key}`] ?? null,
    }),
  );
  const sample = valueOf(await readFirstRows(call.actor, one.id, call.ctx)).slice(0, SAMPLE_ROWS);
  const shown: Column<TableRow>[] = one.heads.map((head, at) => ({
    head,
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
    ${section(words.match.sample, table({ columns: shown, rows: sample, caption: words.match.sample }))}
    ${leftOutRows(one, words, call.language)}
    ${form({
      call,
      action: `${PATH}/${one.id}/check`,
      submit: words.match.check,
      version: one.version,
      faults,
      cancel: PATH,
      body: [choice, fieldGroup(words.kinds[kind], null, html`<div class="match">${fields}</div>`)],
    })}
  `;
  return { kind: 'page', title: words.match.title, body };
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

function progressPage(call: PageCall, one: RegistryImport): Page {
  const words = importWordsOf(call.language);
  const frame = frameWordsOf(call.language);
  const title = one.state === 'checking' ? words.work.checking : words.work.applying;
  const note = countsText(one, call, words);
  const bar = progressBar(
    { title: words.kinds[one.kind], done: one.done, total: one.rows, note },
    call.language,
    frame,
  );
  const body = html`
    ${pageHead({ title, lead: one.fileName })}
    ${progressBlock([bar], `${PATH}/${one.id}/state`)}
    <p class="text">${frame.job.mayClose}</p>
    ${actionButton({ call, action: `${PATH}/${one.id}/cancel`, text: words.work.stop, look: 'quiet' })}
  `;
  return { kind: 'page', title, body, refreshSeconds: REFRESH_SECONDS };
}

async function resultPage(call: PageCall, one: RegistryImport): Promise<Page> {
  const { actor, ctx, language, query } = call;
  const words = importWordsOf(language);
  const frame = frameWordsOf(language);
  const outcome = ROW_OUTCOMES.find((known) => known === query['outcome']) ?? null;
  const from = /^\d{1,6}$/.test(query['from'] ?? '') ? Number(query['from']) : 0;
  const cause = causeOf(one, query['cause']);
  const { rows, next } = valueOf(
    await readImportRows(actor, { id: one.id, outcome, cause, from, limit: ROWS_SHOWN }, ctx),
  );
  const title = {
    matching: words.match.title,
    checking: words.work.checking,
    applying: words.work.applying,
    checked: words.work.checked,
    applied: words.work.applied,
    failed: words.work.failed,
    cancelled: words.work.cancelled,
  }[one.state];
  const lead = html`${one.fileName}. ${
    one.state === 'checked'
      ? words.work.checkedLead
      : one.state === 'failed'
        ? words.work.failedText
        : one.state === 'cancelled'
          ? words.work.cancelledText
          : null
  }`;
  const filters = filterPanel(
    [
      selectField({
        name: 'outcome',
        label: words.work.outcome,
        value: outcome ?? '',
        blank: words.work.anyOutcome,
        options: ROW_OUTCOMES.map((value) => ({
          value,
          text: `${words.outcomes[value]} (${numberText(one.counts[value] ?? 0, language)})`,
        })),
      }),
    ],
    frame,
  );
  const list =
    rows.length === 0
      ? emptyState(
          words.work.noRows,
          '',
          outcome === null && cause === null ? [] : [linkButton(`${PATH}/${one.id}`, frame.list.clear)],
        )
      : table({ columns: rowColumns(one, call), rows, caption: title });
  const more =
    next !== null &&
    html`<p class="acts">${linkButton(
      addressOf(`${PATH}/${one.id}`, {
        outcome: outcome ?? '',
        cause: cause === null ? '' : (query['cause'] ?? ''),
        from: String(next),
      }),
      words.work.more,
    )}</p>`;
  const body = html`
    ${pageHead({ title, lead })}
    ${one.state === 'checked' && decision(one, call)}
    ${one.state === 'applied' && notice('done', countsText(one, call, words))}
    ${from === 0 && outcome === null && cause === null && causesSection(one, call)}
    ${cause !== null && html`<p class="acts">${linkButton(`${PATH}/${one.id}`, words.work.allRows)}</p>`}
    ${filters}
    ${list}
    ${more}
    ${one.state !== 'checked' && html`<p class="acts">${linkButton(PATH, words.work.newBatch)}</p>`}
  `;
  return { kind: 'page', title, body };
}

/** The result of the trial and the button that applies it. */
function decision(one: RegistryImport, call: PageCall): Html {
  const words = importWordsOf(call.language);
  const due = one.counts.new + one.counts.changed + (one.renamesAgreed === true ? one.counts.decide : 0);
  const version = hiddenField('version', one.version);
  const told = notice(
    one.counts.wrong > 0 ? 'warn' : 'info',
    countsText(one, call, words),
    one.counts.wrong > 0 ? words.work.wrongText(numberText(one.counts.wrong, call.language)) : null,
  );
  const applied =
    due === 0
      ? html`<p>${words.work.nothing}</p>`
      : actionButton({
          call,
          action: `${PATH}/${one.id}/apply`,
          text: words.work.apply(numberText(due, call.language)),
          look: 'filled',
          fields: [version],
        });
  return html`
    ${told}
    ${renamesNotice(one, call)}
    <div class="acts below">
      ${applied}
      ${linkButton(`${PATH}/${one.id}/columns`, words.work.rematch)}
      ${actionButton({ call, action: `${PATH}/${one.id}/cancel`, text: words.work.cancel, look: 'quiet' })}
    </div>
  `;
}

function countsText({ counts }: RegistryImport, { language }: PageCall, words: ImportWords): string {
  const shown = ROW_OUTCOMES.filter((outcome) => outcome !== 'decide' || (counts.decide ?? 0) > 0);
  return shown.map((outcome) => `${numberText(counts[outcome], language)} ${words.outcomes[outcome]}`).join(' · ');
}
