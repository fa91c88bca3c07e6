// Plan and result of a year as of any day: the sentence first, bars against the plan line, the table, then what the
// registry counts.

import { readReport, type ProgrammeReport } from '../../../actions/programme/read-report.ts';
import { isDay } from '../../../domain/calendar.ts';
import type { CouncilRound } from '../../../domain/programme/counts.ts';
import { groupsOfYear } from '../../../domain/programme/groups.ts';
import { MEASURES, type ReportRow } from '../../../domain/programme/programme.ts';
import type { Language } from '../../../domain/language.ts';
import { valueOf } from '../../outcome.ts';
import { html, type Html, type Inset } from '../../html.ts';
import { dayText, numberText } from '../../format.ts';
import { frameWordsOf, programmeWordsOf, type ProgrammeWords } from '../../words/words.ts';
import type { ConsoleRoute, PageAnswer, PageCall } from '../console-route.ts';
import { dateField, hiddenField, selectField } from '../fields.ts';
import { addressOf, filterPanel, table, type Column } from '../list.ts';
import { facts, linkButton, pageHead, section } from '../page-head.ts';
import { planChart, type PlanBar } from './plan-chart.ts';
import { meantBy, partLinks, PROGRAMME, yearOptions, type Meant } from './programme-frame.ts';
import { lateText, measureText, nextPlanText, percentText, sentenceOf, signedText, sourceText } from './report-text.ts';
import { spreadsheetOf, XLSX, type SheetTable } from './spreadsheet.ts';

export const reportRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PROGRAMME, gate: 'statistics', right: 'read-programme', nav: 'programme', handle: showReport },
  {
    method: 'get',
    path: `${PROGRAMME}/report.xlsx`,
    gate: 'exports',
    right: 'read-programme',
    nav: 'programme',
    handle: exportReport,
  },
];

const WIDE = 760;
const NARROW = 328;

async function showReport(call: PageCall): Promise<PageAnswer> {
  const found = await meantBy(call);
  if (found.kind === 'pick') return found.page;
  const { meant } = found;
  const { language } = call;
  const words = programmeWordsOf(language);
  const report = await reportOf(call, meant);
  const title = words.title(report.year);
  const excel = linkButton(addressOf(`${PROGRAMME}/report.xlsx`, { ...meant.kept, on: report.on }), words.excel);
  const next = nextPlanText(report, words, language);
  const late = lateText(report, words, language);
  const body = html`${pageHead({
    title,
    lead: words.lead(dayText(report.on)),
    above: report.office,
    actions: [excel],
  })}${partLinks(
    'report',
    meant,
    words,
  )}${chooser(call, report, meant)}${ratedPart(report, words, language)}${resultTable(report, words, language)}${
    next !== null && html`<p class="hint way">${next}</p>`
  }${late !== null && html`<p class="hint way">${late}</p>`}${lapsePart(report, meant, words, language)}${countedPart(
    report,
    words,
    language,
  )}${roundsPart(report, words, language)}${wayPart(report, meant, words, language)}`;
  return { kind: 'page', title, body };
}

async function reportOf({ actor, ctx, query }: PageCall, { officeId, year }: Meant): Promise<ProgrammeReport> {
  const on = query['on'];
  return valueOf(await readReport(actor, { officeId, year, ...(on !== undefined && isDay(on) ? { on } : {}) }, ctx));
}

function chooser({ language, today }: PageCall, report: ProgrammeReport, { kept }: Meant): Html {
  const words = programmeWordsOf(language);
  const fields = [
    selectField({ name: 'year', label: words.year, value: String(report.year), options: yearOptions(today) }),
    dateField({ name: 'on', label: words.on, value: report.on }),
    ...(kept['officeId'] === undefined ? [] : [hiddenField('officeId', kept['officeId'])]),
  ];
  return filterPanel(
    fields,
    { ...frameWordsOf(language), list: { ...frameWordsOf(language).list, filter: words.show } },
    PROGRAMME,
  );
}

function ratedPart({ rows, on }: ProgrammeReport, words: ProgrammeWords, language: Language): Html {
  const row = rows.find(({ measure }) => measure === 'products-rated');
  if (row === undefined) throw new TypeError('a report always tells of rated products');
  const bars = barsOf(row, on, words);
  const planned =
    row.planned === null ? null : { value: row.planned, text: words.planLine(numberText(row.planned, language)) };
  const drawing = (width: number): Html => planChart(bars, planned, width, language);
  const chart =
    bars.length > 0 &&
    html`<div role="img" aria-label="${words.chart}"><div class="wide">${drawing(
      WIDE,
    )}</div><div class="narrow">${drawing(NARROW)}</div></div>`;
  return html`<section class="chart"><h2>${
    words.measures['products-rated']
  }</h2><p>${sentenceOf(row, words, language)}</p>${chart}</section>`;
}

function barsOf({ reported, estimate, counted }: ReportRow, on: string, words: ProgrammeWords): PlanBar[] {
  const bars: PlanBar[] = [];
  if (reported !== null)
    bars.push({ label: dayText(reported.asOf), kind: words.kinds.reported, value: reported.value, look: 'solid' });
  if (counted !== null && (reported === null || counted > 0))
    bars.push({ label: dayText(on), kind: words.countedKind, value: counted, look: 'outlined' });
  if (estimate !== null)
    bars.push({ label: dayText(estimate.asOf), kind: words.kinds.estimate, value: estimate.value, look: 'hatched' });
  return bars;
}

/** A dash if nothing is known: never 0, never 100 %. */
function resultTable({ rows, on }: ProgrammeReport, words: ProgrammeWords, language: Language): Html {
  const number = (value: number | null): string | null => (value === null ? null : numberText(value, language));
  const { heads } = words;
  const columns: Column<ReportRow>[] = [
    { head: heads.measure, cell: (row) => measureText(row, words), card: 'title' },
    { head: heads.planned, cell: ({ planned }) => number(planned), figure: true },
    { head: heads.result, cell: ({ result }) => result !== null && html`<b>${number(result)}</b>`, figure: true },
    { head: heads.over, cell: ({ over }) => over !== null && signedText(over, language), figure: true },
    { head: heads.percent, cell: ({ percent }) => percentText(percent), figure: true },
    {
      head: heads.source,
      cell: (row) => html`<span class="muted">${sourceText(row, on, words)}</span>`,
      card: 'plain',
    },
  ];
  // Most years have no second figure, and a column of dashes would only make the others narrower.
  const beside = ({ counted, source }: ReportRow): number | null =>
    source === 'reported' && (counted ?? 0) > 0 ? counted : null;
  if (rows.some((row) => beside(row) !== null))
    columns.push({ head: heads.counted, cell: (row) => number(beside(row)), figure: true });
  if (rows.some(({ estimate }) => estimate !== null)) {
    columns.push({
      head: heads.estimate,
      cell: ({ estimate }) =>
        estimate !== null &&
        html`${number(estimate.value)}<small>${dayText(
          estimate.asOf,
        )}${estimate.note !== null && html`, ${estimate.note}`}</small>`,
    });
  }
  return html`<section>${table({ columns, rows: rows.filter(isTold), caption: words.parts.report })}</section>`;
}

/** Rows with at least one known figure. */
function isTold({ planned, result, estimate, source, counted }: ReportRow): boolean {
  return planned !== null || estimate !== null || source === 'reported' || (result ?? counted ?? 0) > 0;
}

function lapsePart({ lapsing }: ProgrammeReport, { kept }: Meant, words: ProgrammeWords, language: Language): Html {
  const number = (days: 30 | 60 | 90): string => numberText(lapsing[days], language);
  const { lapse } = words;
  return section(
    words.parts.lapsing,
    html`<p>${lapse.summary(number(30), number(60), number(90))} <a href="${addressOf(
      `${PROGRAMME}/lapsing`,
      kept,
    )}">${lapse.see}</a></p>`,
  );
}

function countedPart({ counts, year }: ProgrammeReport, words: ProgrammeWords, language: Language): Html {
  const own = words.counted;
  const number = (value: number): string => numberText(value, language);
  if ((counts.measures['products-rated'] ?? 0) + counts.stampsIssued + counts.producersRated === 0)
    return section(own.title, html`<p class="muted">${own.nothing}</p>`);
  const rows: [Inset, Inset][] = [
    [words.measures['products-rated'], number(counts.measures['products-rated'] ?? 0)],
    ...([5, 4, 3] as const).map((stars): [Inset, Inset] => [own.stars(stars), number(counts.byStars[stars])]),
    [own.producersRated, number(counts.producersRated)],
    [own.stampsIssued, number(counts.stampsIssued)],
  ];
  const groups = table({
    columns: [
      {
        head: own.group,
        cell: ({ group }: { group: keyof ProgrammeWords['groups']; products: number }) => words.groups[group],
        card: 'title',
      },
      { head: own.products, cell: ({ products }: { products: number }) => number(products), figure: true },
    ],
    rows: counts.byGroup.filter(({ group, products }) => group !== 'none' || products > 0),
    caption: own.groupsTitle(groupsOfYear(year).length),
  });
  return section(
    own.title,
    html`<p class="hint text">${own.text}</p><div class="cols"><div>${facts(
      rows,
    )}</div><div><h3>${own.groupsTitle(groupsOfYear(year).length)}</h3>${groups}</div></div>`,
  );
}

function roundsPart({ rounds }: ProgrammeReport, words: ProgrammeWords, language: Language): Html {
  const own = words.rounds;
  const number = (value: number): string => numberText(value, language);
  if (rounds.length === 0) return section(own.title, html`<p class="muted">${own.none}</p>`);
  const columns: Column<CouncilRound>[] = [
    { head: own.round, cell: ({ round }) => round, card: 'title' },
    {
      head: own.days,
      cell: ({ from, to }) => (from === to ? dayText(from) : `${dayText(from)} – ${dayText(to)}`),
      card: 'plain',
    },
    { head: own.products, cell: ({ products }) => number(products), figure: true },
    { head: own.producers, cell: ({ producers }) => number(producers), figure: true },
    ...([5, 4, 3] as const).map((stars): Column<CouncilRound> => ({
      head: own.star(stars),
      cell: (round) => number(round.stars[stars]),
      figure: true,
    })),
    { head: own.below, cell: ({ below }) => number(below), figure: true },
  ];
  return section(own.title, table({ columns, rows: rounds, caption: own.title }));
}

function wayPart({ stages }: ProgrammeReport, { kept }: Meant, words: ProgrammeWords, language: Language): Html {
  const shown = (['idea', 'file', 'council', 'certified'] as const).map(
    (stage) => `${words.candidates.stages[stage]}: ${numberText(stages[stage], language)}`,
  );
  return section(
    words.candidates.title,
    html`<p>${shown.join(' · ')}. <a href="${addressOf(`${PROGRAMME}/candidates`, kept)}">${words.lapse.see}</a></p>`,
  );
}

async function exportReport(call: PageCall): Promise<PageAnswer> {
  const found = await meantBy(call);
  if (found.kind === 'pick') return found.page;
  const words = programmeWordsOf(call.language);
  const report = await reportOf(call, found.meant);
  const { rows, on, office, year, counts, rounds } = report;
  const { heads } = words;
  const result: SheetTable = {
    name: words.parts.report,
    widths: [44, 12, 12, 12, 10, 26, 14, 12, 14, 40],
    lines: [
      words.title(year),
      office,
      words.lead(dayText(on)),
      ...[nextPlanText(report, words, call.language), lateText(report, words, call.language)].filter(
        (line) => line !== null,
      ),
    ],
    heads: [
      heads.measure,
      heads.planned,
      heads.result,
      heads.over,
      heads.percent,
      heads.source,
      heads.counted,
      heads.estimate,
      heads.asOf,
      heads.note,
    ],
    rows: rows
      .filter(isTold)
      .map((row) => [
        measureText(row, words),
        row.planned,
        row.result,
        row.over,
        percentText(row.percent),
        sourceText(row, on, words),
        row.counted,
        row.estimate?.value ?? null,
        row.estimate === null ? null : dayText(row.estimate.asOf),
        row.reported?.note ?? row.estimate?.note ?? null,
      ]),
  };
  const counted: SheetTable = {
    name: words.counted.title,
    widths: [52, 14],
    lines: [words.counted.title, words.counted.text],
    heads: [heads.measure, heads.value],
    rows: [
      ...MEASURES.flatMap((measure): [string, number][] =>
        counts.measures[measure] === null ? [] : [[words.measures[measure], counts.measures[measure]]],
      ),
      ...([5, 4, 3] as const).map((stars): [string, number] => [words.counted.stars(stars), counts.byStars[stars]]),
      [words.counted.producersRated, counts.producersRated],
      [words.counted.stampsIssued, counts.stampsIssued],
      ...counts.byGroup.map(({ group, products }): [string, number] => [
        `${words.counted.group}: ${words.groups[group]}`,
        products,
      ]),
    ],
  };
  const own = words.rounds;
  const councils: SheetTable = {
    name: own.title,
    widths: [14, 14, 14, 12, 12, 10, 10, 10, 12],
    lines: [own.title],
    heads: [own.round, own.days, '', own.products, own.producers, own.star(5), own.star(4), own.star(3), own.below],
    rows: rounds.map(({ round, from, to, products, producers, stars, below }) => [
      round,
      dayText(from),
      dayText(to),
      products,
      producers,
      stars[5],
      stars[4],
      stars[3],
      below,
    ]),
  };
  return {
    kind: 'file',
    mediaType: XLSX,
    fileName: `ocop-${year}-${on}.xlsx`,
    source: await spreadsheetOf([result, counted, councils]),
  };
}
