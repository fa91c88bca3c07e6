// How stamps are scanned: by day, by province, first scans against repeats, batch by batch; each drawing with its table
// beneath.

import { listCases } from '../../../actions/market/find-cases.ts';
import { scanOverview, type BatchScans, type ScanOverview } from '../../../actions/scans/scan-overview.ts';
import { addDays, dayIn, isDay } from '../../../domain/calendar.ts';
import type { Day } from '../../../domain/entity.ts';
import { valueOf } from '../../outcome.ts';
import { ProblemError } from '../../errors.ts';
import { html, type Html } from '../../html.ts';
import { dayText, numberText } from '../../format.ts';
import { frameWordsOf, scansWordsOf } from '../../words/words.ts';
import { chartBlock } from '../chart.ts';
import type { ConsoleRoute, PageAnswer, PageCall } from '../console-route.ts';
import { dateField, hiddenField, selectField } from '../fields.ts';
import { emptyState, filterPanel, partOf, table, type Column } from '../list.ts';
import { notice } from '../notices.ts';
import { pageHead, section } from '../page-head.ts';
import { producerOptions } from '../record-options.ts';
import { dayChart } from './day-chart.ts';
import { rowChart, type BarRow } from './row-chart.ts';
import { officeMeant, scanLinks, SCANS } from './scans-frame.ts';

/** Days that are shown if no period is asked for. */
const DAYS = 30;
const WIDE = 760;
const NARROW = 328;
const NARROW_DAYS = 14;
const PROVINCES_DRAWN = 8;
const BATCHES_DRAWN = 6;
const BATCHES_SHOWN = 50;

export const scansRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: SCANS, gate: 'statistics', right: 'read-batch', nav: 'scans', handle: showScans },
];

async function showScans(call: PageCall): Promise<PageAnswer> {
  const office = await officeMeant(call, SCANS);
  if (office.kind === 'pick') return office.page;
  const { actor, ctx, language, today, query } = call;
  const words = scansWordsOf(language).scans;
  const period = periodOf(query, today);
  const producerId = actor.role === 'producer' ? undefined : query['producerId'] || undefined;
  const found = await scanOverview(actor, { officeId: office.officeId, producerId, ...period, rowsMax: Infinity }, ctx);
  const head = (lead: string | null): Html =>
    html`${pageHead({ title: words.title, lead })}${scanLinks('scans', call)}`;
  const filters = await filtersOf(call, period, office.officeId);
  if (!found.ok) {
    const fault = found.problem.errors?.[0]?.code;
    if (found.problem.code !== 'invalid') throw new ProblemError(found.problem);
    const { title } = frameWordsOf(language).problems.invalid;
    return {
      kind: 'page',
      title: words.title,
      status: 422,
      body: html`
        ${head(null)}
        ${filters}
        ${notice('fault', title, fault === 'too-many' ? words.tooMany : words.period)}
      `,
    };
  }
  const overview = found.value;
  if (overview.batchesInReach === 0)
    return {
      kind: 'page',
      title: words.title,
      body: html`${head(null)}${filters}${emptyState(words.empty, words.emptyText)}`,
    };
  const { rows } = valueOf(await listCases(actor, { officeId: office.officeId, producerId }, ctx));
  const odd = new Set(
    rows.filter(({ state }) => state !== 'closed').map(({ tally }) => dayIn(ctx.settings.timeZone, tally.lastAt)),
  );
  const lead = words.lead(numberText(overview.scans, language), dayText(overview.from), dayText(overview.to));
  const body = html`
    ${head(lead)}
    ${filters}
    ${byDay(overview, odd, call)}
    ${byProvince(overview, call)}
    ${firstsPart(overview, call)}
    ${batchesPart(overview, call)}
  `;
  return { kind: 'page', title: words.title, body };
}

function periodOf(query: Readonly<Record<string, string>>, today: Day): { from: Day; to: Day } {
  const [from, to] = [query['from'], query['to']];
  const last = to !== undefined && isDay(to) ? to : today;
  return { from: from !== undefined && isDay(from) ? from : addDays(last, 1 - DAYS), to: last };
}

async function filtersOf(
  call: PageCall,
  { from, to }: { from: Day; to: Day },
  officeId: string | undefined,
): Promise<Html> {
  const { actor, language, query, today } = call;
  const words = scansWordsOf(language);
  const frame = frameWordsOf(language);
  const producers =
    actor.role !== 'producer' &&
    selectField({
      name: 'producerId',
      label: words.producer,
      value: query['producerId'] ?? '',
      blank: words.any,
      options: await producerOptions(call, query['producerId'] ?? ''),
    });
  const fields = [
    ...(producers === false ? [] : [producers]),
    dateField({ name: 'from', label: words.scans.from, value: from, max: today }),
    dateField({ name: 'to', label: words.scans.to, value: to, max: today }),
    ...(officeId === undefined || query['officeId'] === undefined ? [] : [hiddenField('officeId', officeId)]),
  ];
  return filterPanel(fields, { ...frame, list: { ...frame.list, filter: words.show } }, SCANS);
}

/** @param odd days on which a suspected stamp was last scanned */
export function byDay(
  { days, scans }: Pick<ScanOverview, 'days' | 'scans'>,
  odd: ReadonlySet<Day>,
  { language, today }: Pick<PageCall, 'language' | 'today'>,
  widths: { wide: number; title?: string } = { wide: WIDE },
): Html {
  const words = scansWordsOf(language).scans;
  const number = (value: number): string => numberText(value, language);
  const most = days.reduce((found, one) => (one.scans > found.scans ? one : found), { day: today, scans: 0 });
  const drawing = (shown: typeof days, width: number): Html =>
    dayChart(shown, odd, { day: today, word: words.today }, width, language);
  const figures = table({
    columns: [
      { head: words.day, cell: ({ day }: (typeof days)[number]) => dayText(day), card: 'title' },
      { head: words.scans, cell: ({ scans: n }: (typeof days)[number]) => number(n), figure: true },
    ],
    rows: [...days].reverse(),
    caption: words.byDay,
  });
  return chartBlock(
    {
      title: widths.title ?? words.byDay,
      sentence:
        most.scans === 0
          ? words.noneSentence(number(days.length))
          : words.daySentence(number(scans), number(days.length), number(most.scans), dayText(most.day)),
      note: days.some(({ day, scans: n }) => n > 0 && odd.has(day)) ? words.odd : null,
      wide: drawing(days, widths.wide),
      narrow: drawing(days.slice(-NARROW_DAYS), NARROW),
      figures,
    },
    frameWordsOf(language),
  );
}

function byProvince({ provinces }: ScanOverview, { language }: PageCall): Html {
  const words = scansWordsOf(language).scans;
  const nameOf = (province: string | null): string => province ?? words.unknown;
  const known = provinces.filter(({ province }) => province !== null);
  if (provinces.length === 0) return section(words.byProvince, html`<p class="muted">${words.noScans}</p>`);
  const drawn = provinces.slice(0, PROVINCES_DRAWN);
  const rest = provinces.slice(PROVINCES_DRAWN);
  const rows: BarRow[] = drawn.map(({ province, scans }) => ({ name: nameOf(province), value: scans }));
  if (rest.length > 0)
    rows.push({
      name: words.others(numberText(rest.length, language)),
      value: rest.reduce((sum, { scans }) => sum + scans, 0),
    });
  const figures = table({
    columns: [
      { head: words.province, cell: ({ province }: (typeof provinces)[number]) => nameOf(province), card: 'title' },
      { head: words.scans, cell: ({ scans }: (typeof provinces)[number]) => numberText(scans, language), figure: true },
    ],
    rows: provinces,
    caption: words.byProvince,
  });
  const sentence =
    known.length === 0
      ? words.provinceNone
      : words.provinceSentence(numberText(known.length, language), nameOf(known[0]?.province ?? null));
  return chartBlock(
    {
      title: words.byProvince,
      sentence,
      wide: rowChart(rows, WIDE, language),
      narrow: rowChart(rows, NARROW, language),
      figures,
    },
    frameWordsOf(language),
  );
}

function firstsPart({ ever, batches }: ScanOverview, { language }: PageCall): Html | null {
  const words = scansWordsOf(language).scans;
  const number = (value: number): string => numberText(value, language);
  if (ever.scans === 0) return null;
  const rows: BarRow[] = batches.slice(0, BATCHES_DRAWN).map(({ batch, product, scans, stampsScanned }) => ({
    name: product === null ? batch.id : product,
    value: stampsScanned,
    second: scans - stampsScanned,
  }));
  const figures = table({
    columns: [
      { head: words.firstOrRepeat, cell: ({ name }: { name: string; value: number }) => name, card: 'title' },
      { head: words.scans, cell: ({ value }: { name: string; value: number }) => number(value), figure: true },
    ],
    rows: [
      { name: words.first, value: ever.stampsScanned },
      { name: words.repeats, value: ever.scans - ever.stampsScanned },
    ],
    caption: words.firsts,
  });
  return chartBlock(
    {
      title: words.firsts,
      sentence: words.firstsSentence(number(ever.stampsScanned), number(ever.scans - ever.stampsScanned)),
      note: words.ofStamps(number(ever.stampsScanned), number(ever.stamps)),
      wide: rowChart(rows, WIDE, language),
      narrow: rowChart(rows, NARROW, language),
      figures,
    },
    frameWordsOf(language),
  );
}

function batchesPart({ batches, batchesScanned, batchesInReach }: ScanOverview, call: PageCall): Html | null {
  const { actor, language } = call;
  const words = scansWordsOf(language);
  const own = words.scans;
  const number = (value: number): string => numberText(value, language);
  if (batches.length === 0) return null;
  const columns: Column<BatchScans>[] = [
    { head: words.batch, cell: ({ batch }) => html`<b class="b">${batch.id}</b>`, card: 'title' },
    { head: words.product, cell: ({ product }) => product, card: 'plain' },
    ...(actor.role === 'producer'
      ? []
      : [{ head: words.producer, cell: ({ producer }: BatchScans) => producer, card: 'plain' as const }]),
    { head: own.issued, cell: ({ batch }) => number(batch.quantity), figure: true },
    { head: own.stampsScanned, cell: ({ stampsScanned }) => number(stampsScanned), figure: true },
    { head: own.scans, cell: ({ scans }) => html`<b>${number(scans)}</b>`, figure: true },
    { head: own.repeats, cell: ({ scans, stampsScanned }) => number(scans - stampsScanned), figure: true },
    { head: own.visitorDays, cell: ({ visitorDays }) => number(visitorDays), figure: true },
  ];
  const part = partOf(batches, { name: 'batches', max: BATCHES_SHOWN, call });
  const sums = own.batchesText(number(part.rows.length), number(batchesScanned), number(batchesInReach));
  return section(
    own.batches,
    html`
      <p class="hint">${sums} ${own.ever}</p>
      ${table({ columns, rows: part.rows, caption: own.batches })}
      ${part.ways}
    `,
  );
}
