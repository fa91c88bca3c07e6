// How many alarms were false, by month, and alarms of whole batches.

import {
  countAlarms,
  WRONG_CODES_MIN,
  type AlarmMonth,
  type BatchAlarm,
  type BatchAlarms,
} from '../../../actions/market/count-alarms.ts';
import { STAMPS_OF_ONE_MIN, WRONG_OF_ONE_MIN } from '../../../scan/many-tries.ts';
import { REPORT_DAYS, REPORTS_MIN, type SourceAlarm } from '../../../actions/market/report-alarms.ts';
import { decide } from '../../../actions/kit/rights.ts';
import { numberText } from '../../format.ts';
import { html, type Html } from '../../html.ts';
import { valueOf } from '../../outcome.ts';
import { marketWordsOf } from '../../words/words.ts';
import type { ConsoleRoute, PageAnswer, PageCall } from '../console-route.ts';
import { addressOf, table } from '../list.ts';
import { dayOfText } from '../moments.ts';
import { sourceText } from './stamp-reports-page.ts';
import { page, pageHead, section } from '../page-head.ts';
import { CASES, officeMeant, scanLinks, STAMP_REPORTS } from '../scans/scans-frame.ts';

export const ALARMS = `${CASES}/alarms`;

export const alarmsRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: ALARMS, gate: 'statistics', right: 'read-batch', nav: 'scans', handle: alarms },
];

async function alarms(call: PageCall): Promise<PageAnswer> {
  const office = await officeMeant(call, ALARMS);
  if (office.kind === 'pick') return office.page;
  const { actor, ctx, language } = call;
  const own = marketWordsOf(language).alarms;
  const { months, wrongCodes, codesOfOne, stampsOfOne, beforeActivation, reports } = valueOf(
    await countAlarms(actor, { officeId: office.officeId }, ctx),
  );
  const number = (value: number): string => numberText(value, language);
  const share = ({ right, wrong }: AlarmMonth): string =>
    right + wrong === 0 ? '–' : `${number(Math.round((100 * wrong) / (right + wrong)))} %`;
  const byMonth =
    months.length === 0
      ? html`<p class="muted">${own.none}</p>`
      : table({
          columns: [
            {
              head: own.month,
              cell: ({ month }: AlarmMonth) => `${month.slice(5)}/${month.slice(0, 4)}`,
              card: 'title',
            },
            { head: own.opened, cell: ({ opened }: AlarmMonth) => number(opened), figure: true },
            { head: own.right, cell: ({ right }: AlarmMonth) => number(right), figure: true },
            { head: own.wrong, cell: ({ wrong }: AlarmMonth) => number(wrong), figure: true },
            { head: own.open, cell: ({ open }: AlarmMonth) => number(open), figure: true },
            { head: own.share, cell: share, figure: true },
          ],
          rows: months,
          caption: own.byMonth,
        });
  const ofBatches = ({ shown, batches }: BatchAlarms, caption: string, count: string): Html =>
    shown.length === 0
      ? html`<p class="muted">${own.noBatch}</p>`
      : html`${table({
          columns: [
            { head: own.batch, cell: ({ batchId }: BatchAlarm) => batchId, card: 'title' },
            { head: count, cell: (one: BatchAlarm) => number(one.count), figure: true },
          ],
          rows: shown,
          caption,
          hrefOf: ({ batchId }) => `/console/batches/${batchId}`,
        })}${batches > shown.length && html`<p class="hint">${own.moreBatches(number(batches - shown.length))}</p>`}`;
  const codes = ofBatches(wrongCodes, own.wrongCodesHint(number(WRONG_CODES_MIN)), own.codes);
  const tries = html`${ofBatches(
    codesOfOne,
    own.codesOfOne(number(WRONG_OF_ONE_MIN)),
    own.visitors,
  )}${ofBatches(stampsOfOne, own.stampsOfOne(number(STAMPS_OF_ONE_MIN)), own.visitors)}`;
  const mayReport = decide(actor, 'handle-stamp-report', null).kind === 'may';
  const reported =
    reports.shown.length === 0
      ? html`<p class="muted">${own.noReport}</p>`
      : html`${table({
          columns: [
            { head: own.source, cell: ({ source }: SourceAlarm) => sourceText(source), card: 'title' },
            { head: own.reportCount, cell: ({ count }: SourceAlarm) => number(count), figure: true },
            { head: own.lastReport, cell: ({ lastAt }: SourceAlarm) => dayOfText(lastAt, call) },
          ],
          rows: reports.shown,
          caption: own.reportsHint(number(REPORT_DAYS), number(REPORTS_MIN)),
          hrefOf: ({ source }) => addressOf(STAMP_REPORTS, { source }),
        })}${
          reports.sources > reports.shown.length &&
          html`<p class="hint">${own.moreSources(number(reports.sources - reports.shown.length))}</p>`
        }`;
  const early = ofBatches(beforeActivation, own.early, own.stamps);
  const parts = [
    section(own.byMonth, byMonth),
    section(own.wrongCodes, codes),
    section(own.ofOne, tries),
    section(own.early, early),
    ...(mayReport ? [section(own.reports, reported)] : []),
  ];
  return page(own.title, html`${pageHead({ title: own.title, lead: own.lead })}${scanLinks('cases', call)}${parts}`);
}
