// Stamps that are not ours, as buyers report them: a list, by state and by source, and one report beside the others of
// the same source, with what the office does about it and what its sender reads.

import { changeStampReport, changeStampReportInput } from '../../../actions/market/change-stamp-report.ts';
import {
  listStampReports,
  readReportsBeside,
  readStampReport,
  readStampReportPhoto,
} from '../../../actions/market/read-stamp-reports.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import { COMPLAINT_STATES } from '../../../domain/market/complaint.ts';
import type { StampReport } from '../../../domain/market/stamp-report.ts';
import { numberText, shortened } from '../../format.ts';
import { html, type Html, type Inset } from '../../html.ts';
import { valueOf } from '../../outcome.ts';
import { reportsWordsOf, scansWordsOf } from '../../words/words.ts';
import {
  go,
  idIn,
  sent,
  sentOrNull,
  sentVersion,
  type ConsoleRoute,
  type PageAnswer,
  type PageCall,
} from '../console-route.ts';
import { form } from '../fields.ts';
import { formFaults, type FormFaults } from '../form-faults.ts';
import { choices, formFields } from '../form-fields.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { addressOf, stateMark, table, type Column } from '../list.ts';
import { listRoutes, type ListView } from '../list-page.ts';
import { whenText } from '../moments.ts';
import { doneNotice } from '../notices.ts';
import { columns, facts, page, pageHead, section, type Page } from '../page-head.ts';
import { isChoice, officeOptions } from '../record-options.ts';
import { readAndRun } from '../run-form.ts';
import { scanLinks, STAMP_REPORTS } from '../scans/scans-frame.ts';

/** Letters of what was read, in a list. */
const READ_LETTERS = 40;
/** Other reports of the same source beside one; a link leads to all. */
const BESIDE_MAX = 8;

const head = { right: 'handle-stamp-report', nav: 'complaints' } as const;

export const stampReportsRoutes: readonly ConsoleRoute[] = [
  ...listRoutes({ ...head, path: STAMP_REPORTS }, list),
  { ...head, method: 'get', path: `${STAMP_REPORTS}/:id`, handle: (call: PageCall) => reportPage(call) },
  { ...head, method: 'post', path: `${STAMP_REPORTS}/:id`, handle: save },
  { ...head, method: 'get', path: `${STAMP_REPORTS}/:id/photos/:photo`, gate: 'files', handle: photo },
];

async function list(call: PageCall): Promise<ListView<StampReport>> {
  const { actor, ctx, language, query } = call;
  const own = reportsWordsOf(language).console;
  const state = COMPLAINT_STATES.find((known) => known === query['state']);
  const { source, batchId } = query;
  const conditions = {
    ...(state !== undefined && { state }),
    ...(source !== undefined && source !== '' && { source }),
    ...(batchId !== undefined && batchId !== '' && { batchId }),
  };
  const filter = formFields(call, own);
  const any = scansWordsOf(language).any;
  const kept = source !== undefined && source !== '' && html`<p>${own.sourceFilter(sourceText(source))}</p>`;
  return {
    path: STAMP_REPORTS,
    words: { ...own, done: {} },
    above: html`${scanLinks('stampReports', call)}${kept}`,
    filters: [filter.select('state', choices(COMPLAINT_STATES, own.states), { value: state, blank: any })],
    columns: columnsOf(call),
    read: async (page) => valueOf(await listStampReports(actor, { ...page, ...conditions }, ctx)),
    hrefOf: ({ id }) => `${STAMP_REPORTS}/${id}`,
  };
}

function columnsOf(call: PageCall): Column<StampReport>[] {
  const own = reportsWordsOf(call.language).console;
  return [
    { key: 'number', head: own.number, cell: ({ number }) => html`<span class="b">${number}</span>`, card: 'title' },
    { key: 'goods', head: own.goods, cell: ({ goods }) => html`<b>${goods}</b>`, card: 'plain' },
    {
      head: own.readAs,
      cell: ({ readAs }) => (readAs === null ? null : shortened(readAs, READ_LETTERS)),
      card: 'plain',
    },
    { head: own.province, cell: ({ province, place }) => [province, place].filter((one) => one !== null).join(', ') },
    {
      key: 'at',
      order: ({ createdAt }) => createdAt,
      head: own.at,
      cell: ({ createdAt }) => whenText(createdAt, call),
    },
    { key: 'state', head: own.state, cell: (report) => stateOf(report, call), card: 'plain' },
  ];
}

function stateOf({ state }: StampReport, { language }: PageCall): Html {
  const { states } = reportsWordsOf(language).console;
  return stateMark(states[state], state === 'closed' ? 'over' : 'warn');
}

/** `host:tem-la.vn` as people read it. */
/** What stands on the stamps of a source: its host, code or words. */
export function sourceText(source: string): string {
  return source.slice(source.indexOf(':') + 1);
}

async function reportPage(call: PageCall, faults: FormFaults = heldFaults(call)): Promise<Page> {
  const { actor, ctx, language } = call;
  const own = reportsWordsOf(language).console;
  const report = valueOf(await readStampReport(actor, idIn(call), ctx));
  const told = facts([
    [own.says, report.says],
    [own.readAs, report.readAs],
    [own.batch, report.batchId !== null && html`<a href="/console/batches/${report.batchId}">${report.batchId}</a>`],
    [own.place, [report.province, report.place].filter((one) => one !== null).join(', ')],
    [own.message, report.message],
    [own.contact, report.contact],
    [own.at, whenText(report.createdAt, call)],
  ]);
  const pictures = html`${photos(own.stampPhotos, report, report.stampFileIds, call)}${photos(
    own.packPhotos,
    report,
    report.packFileIds,
    call,
  )}`;
  const title = own.one(report.number);
  const main = html`<section>${stateOf(report, call)}${told}</section>${pictures}${await besidePart(report, call)}`;
  const body = html`${pageHead({ title, lead: report.goods })}${doneNotice(call, own.done)}${columns(
    main,
    await handling(report, call, faults),
  )}`;
  return page(title, body, faults);
}

function photos(title: string, { id }: StampReport, fileIds: readonly string[], { language }: PageCall): Html | null {
  if (fileIds.length === 0) return null;
  const own = reportsWordsOf(language).console;
  const pictures = fileIds.map((fileId, at) => {
    const path = `${STAMP_REPORTS}/${id}/photos/${fileId}`;
    const alt = `${title}: ${own.photo(numberText(at + 1, language))}`;
    return html`<a href="${path}"><img class="shot" src="${path}" alt="${alt}" width="240" loading="lazy"></a>`;
  });
  return section(title, html`<p>${pictures}</p>`);
}

async function besidePart(report: StampReport, call: PageCall): Promise<Html> {
  const { actor, ctx, language } = call;
  const own = reportsWordsOf(language).console;
  const { items, more } = valueOf(await readReportsBeside(actor, report, BESIDE_MAX, ctx));
  if (items.length === 0) return section(own.beside, html`<p class="muted">${own.noBeside}</p>`);
  const rows = table({
    columns: columnsOf(call),
    rows: items,
    hrefOf: ({ id }) => `${STAMP_REPORTS}/${id}`,
    caption: own.beside,
  });
  const all = addressOf(STAMP_REPORTS, { source: report.source });
  return section(own.beside, html`${rows}${more && html`<p><a href="${all}">${own.allBeside}</a></p>`}`);
}

async function handling(report: StampReport, call: PageCall, faults: FormFaults): Promise<Html> {
  const { actor, language } = call;
  const own = reportsWordsOf(language).console;
  const state = report.state === 'new' ? 'looking' : report.state;
  const field = formFields(call, own, { record: { ...report, state }, faults });
  // An admin hands a report to the office that is responsible.
  const offices: Inset = actor.role === 'admin' ? await officeField(field.shown('officeId'), call, field) : null;
  const body = [
    field.radio('state', choices(COMPLAINT_STATES, own.states)),
    field.area('reply', { hint: own.replyHint, rows: 4, max: 2_000 }),
    field.area('note', { hint: own.noteHint, rows: 4, max: 2_000 }),
    offices,
  ];
  const action = `${STAMP_REPORTS}/${report.id}`;
  return section(own.handle, form({ call, action, submit: own.save, faults, version: report.version, body }));
}

async function officeField(
  chosen: string,
  call: PageCall,
  field: ReturnType<typeof formFields<ReturnType<typeof reportsWordsOf>['console']>>,
): Promise<Inset> {
  const options = await officeOptions(call, chosen);
  return isChoice(options) && field.select('officeId', options, { blank: scansWordsOf(call.language).any });
}

async function save(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, form: sentForm } = call;
  const [id, version] = [idIn(call), sentVersion(sentForm)];
  const officeId = sentOrNull(sentForm, 'officeId');
  const input = {
    state: sent(sentForm, 'state'),
    note: sentOrNull(sentForm, 'note'),
    reply: sentOrNull(sentForm, 'reply'),
    ...(officeId !== null && { officeId }),
  };
  const outcome = await readAndRun(changeStampReportInput, input, (change) =>
    runAction(changeStampReport, actor, { id, version, change }, ctx),
  );
  return outcome.ok ? go(`${STAMP_REPORTS}/${id}`, 'saved') : reportPage(call, formFaults(outcome.problem, call));
}

async function photo(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, params } = call;
  const input = { id: idIn(call), photo: params['photo'] ?? '' };
  const { mediaType, bytes } = valueOf(await readStampReportPhoto(actor, input, ctx));
  return { kind: 'file', mediaType, fileName: null, source: bytes };
}
