// One import: what came of its trial, each row with its faults beside the cells, and the button that applies them. Long
// work shows its progress, survives a reload, and continues when the page is closed.

import { applyImport, cancelImport } from '../../../actions/import/keep-import.ts';
import { readImport, readImportRows } from '../../../actions/import/read.ts';
import { isUnderWay, ROW_OUTCOMES, type RegistryImport } from '../../../domain/import/registry-import.ts';
import { doneValue, valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
import { numberText } from '../../format.ts';
import { frameWordsOf, importWordsOf, type ImportWords } from '../../words/words.ts';
import { go, sentVersion, type ConsoleRoute, type PageAnswer, type PageCall } from '../console-route.ts';
import { actionButton, hiddenField, selectField } from '../fields.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { addressOf, emptyState, filterPanel, table } from '../list.ts';
import { notice } from '../notices.ts';
import { linkButton, pageHead, type Page } from '../page-head.ts';
import { progressBar, progressBlock } from '../progress.ts';
import { causeOf, causesSection, renamesNotice } from './causes.ts';
import { kindsText, matchPage } from './match-page.ts';
import { otherLists } from './place.ts';
import { rowColumns } from './row-columns.ts';
import { undoSection } from './undo.ts';

const PATH = '/console/import';
const ROWS_SHOWN = 50;
const REFRESH_SECONDS = 3;

export const importWorkRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: `${PATH}/:id`, right: 'make-producer', nav: 'import', handle: show },
  { method: 'post', path: `${PATH}/:id/apply`, right: 'make-producer', nav: 'import', handle: apply },
  { method: 'post', path: `${PATH}/:id/cancel`, right: 'make-producer', nav: 'import', handle: cancel },
  { method: 'get', path: `${PATH}/:id/state`, right: 'make-producer', nav: 'import', handle: state },
];

async function found({ actor, ctx, params }: PageCall): Promise<RegistryImport> {
  return valueOf(await readImport(actor, params['id'] ?? '', ctx));
}

async function show(call: PageCall): Promise<PageAnswer> {
  const one = await found(call);
  if (one.state === 'matching') return matchPage(call, one, heldFaults(call));
  return isUnderWay(one) ? progressPage(call, one) : resultPage(call, one);
}

async function state(call: PageCall): Promise<PageAnswer> {
  const one = await found(call);
  return { kind: 'json', body: { ended: !isUnderWay(one), done: one.done, rows: one.rows } };
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

function progressPage(call: PageCall, one: RegistryImport): Page {
  const words = importWordsOf(call.language);
  const frame = frameWordsOf(call.language);
  const title =
    one.state === 'checking' ? words.work.checking : one.state === 'undoing' ? words.undo.undoing : words.work.applying;
  const note = one.state === 'undoing' ? null : countsText(one, call, words);
  const bar = progressBar(
    { title: kindsText(one, words), done: one.done, total: one.rows, note },
    call.language,
    frame,
  );
  const body = html`
    ${pageHead({ title, lead: one.fileName })}
    ${progressBlock([bar], `${PATH}/${one.id}/state`, frame)}
    <p class="text">${frame.job.mayClose}</p>
    ${
      one.state !== 'undoing' &&
      actionButton({ call, action: `${PATH}/${one.id}/cancel`, text: words.work.stop, look: 'quiet' })
    }
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
    undoing: words.undo.undoing,
    undone: words.undo.undone,
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
          : one.state === 'undone'
            ? words.undo.undoneText
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
    ${undoSection(one, call)}
    ${one.state === 'applied' && (await otherLists(one, call))}
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
