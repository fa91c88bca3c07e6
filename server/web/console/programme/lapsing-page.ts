// Lapsing certificates as a worklist: months as blocks, then the nearest first, the files that are due, and what has
// lapsed.

import { readLapsing, type Lapsing, type LapsingRow } from '../../../actions/programme/read-lapsing.ts';
import { decide } from '../../../actions/kit/rights.ts';
import { addDays, isDay } from '../../../domain/calendar.ts';
import type { Language } from '../../../domain/language.ts';
import { valueOf } from '../../outcome.ts';
import { html, type Html, type Inset } from '../../html.ts';
import { dayText, numberText } from '../../format.ts';
import { frameWordsOf, programmeWordsOf, type ProgrammeWords } from '../../words/words.ts';
import { chartBlock } from '../chart.ts';
import type { ConsoleRoute, PageAnswer, PageCall } from '../console-route.ts';
import { addressOf, emptyState, stateMark, table, type Column } from '../list.ts';
import { linkButton, pageHead, section } from '../page-head.ts';
import { lapseChart } from './lapse-chart.ts';
import { meantBy, partLinks, PROGRAMME, type Meant } from './programme-frame.ts';
import { spreadsheetOf, XLSX, type SheetTable } from './spreadsheet.ts';
import { starMarks } from './star-marks.ts';

const PATH = `${PROGRAMME}/lapsing`;
const WIDE = 760;
const NARROW = 328;
/** Months that a phone shows. */
const NARROW_MONTHS = 10;
const NINETY = 90;
/** A file also holds the rows that the page leaves out. */
const FILE_ROWS_MAX = 20_000;

export const lapsingRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, gate: 'statistics', right: 'read-programme', nav: 'programme', handle: showLapsing },
  {
    method: 'get',
    path: `${PATH}/lapsing.xlsx`,
    gate: 'exports',
    right: 'read-programme',
    nav: 'programme',
    handle: exportLapsing,
  },
];

async function showLapsing(call: PageCall): Promise<PageAnswer> {
  const found = await meantBy(call);
  if (found.kind === 'pick') return found.page;
  const { meant } = found;
  const { language, actor } = call;
  const words = programmeWordsOf(language);
  const lapsing = await read(call, meant);
  const { on, inForce, lapsed, counts, soon, files, over } = lapsing;
  const own = words.lapse;
  const number = (value: number): string => numberText(value, language);
  const mayAct = decide(actor, 'keep-programme', null).kind === 'may';
  const excel = linkButton(addressOf(`${PATH}/lapsing.xlsx`, { ...meant.kept, on }), words.excel);
  const lead = [
    own.lead(dayText(on), number(inForce + lapsed), number(inForce), number(lapsed)),
    counts.filesDue > 0 && own.filesDue(number(counts.filesDue), number(counts.filesLate)),
  ]
    .filter((text) => text !== false)
    .join(' ');
  const part = (
    title: string,
    rows: readonly LapsingRow[],
    count: number,
    columns: Column<LapsingRow>[],
    text: Inset = null,
  ): Html | false =>
    count > 0 &&
    section(
      title,
      html`${text !== null && html`<p class="hint">${text}</p>`}${table({
        columns,
        rows,
        caption: title,
      })}${rows.length < count && html`<p class="hint">${own.onlyFirst(number(rows.length))}</p>`}`,
    );
  const body = html`${pageHead({ title: own.title, lead, actions: [excel] })}${partLinks(
    'lapsing',
    meant,
    words,
  )}${monthsChart(lapsing, words, language)}${
    counts.soon === 0
      ? html`<section>${emptyState(own.nothing, own.nothingText)}</section>`
      : part(own.within(number(counts.soon)), soon, counts.soon, inForceColumns(words, language, mayAct))
  }${part(
    own.files(number(counts.files)),
    files,
    counts.files,
    inForceColumns(words, language, mayAct),
    own.filesText,
  )}${part(own.over(number(counts.over)), over, counts.over, overColumns(words, mayAct))}`;
  return { kind: 'page', title: own.title, body };
}

async function read({ actor, ctx, query }: PageCall, { officeId }: Meant, rowsMax?: number): Promise<Lapsing> {
  const on = query['on'];
  return valueOf(
    await readLapsing(
      actor,
      { officeId, ...(on !== undefined && isDay(on) ? { on } : {}), ...(rowsMax === undefined ? {} : { rowsMax }) },
      ctx,
    ),
  );
}

function monthsChart({ months, on, counts }: Lapsing, words: ProgrammeWords, language: Language): Html {
  const own = words.lapse;
  const end = addDays(on, NINETY);
  const drawing = (shown: typeof months, width: number): Html => lapseChart(shown, end, width, own, language);
  const figures = table({
    columns: [
      {
        head: own.month,
        cell: ({ month }: (typeof months)[number]) => `${month.slice(5)}/${month.slice(0, 4)}`,
        card: 'title',
      },
      { head: own.count, cell: ({ count }: (typeof months)[number]) => numberText(count, language), figure: true },
    ],
    rows: months,
    caption: own.byMonth,
  });
  return chartBlock(
    {
      title: own.byMonth,
      sentence: own.chartSentence(numberText(counts.soon, language)),
      wide: drawing(months, WIDE),
      narrow: drawing(months.slice(0, NARROW_MONTHS), NARROW),
      figures,
    },
    frameWordsOf(language),
  );
}

function inForceColumns(words: ProgrammeWords, language: Language, mayAct: boolean): Column<LapsingRow>[] {
  const own = words.lapse;
  const { heads } = own;
  const columns: Column<LapsingRow>[] = [
    { head: heads.product, cell: ({ product }) => html`<b>${product}</b>`, card: 'title' },
    {
      head: heads.stars,
      cell: ({ lapse }) => starMarks(lapse.certificate.stars ?? 0, own.stars(lapse.certificate.stars ?? 0)),
      card: 'plain',
    },
    { head: heads.producer, cell: ({ producer }) => producer, card: 'plain' },
    {
      head: heads.number,
      cell: ({ lapse }) => html`<span class="b">${lapse.certificate.number}</span>`,
      card: 'plain',
    },
    { head: heads.lastDay, cell: ({ lapse }) => dayText(lapse.lastDay) },
    {
      head: heads.left,
      cell: ({ lapse }) =>
        html`<b${lapse.part !== null && html` class="soon"`}>${own.days(numberText(lapse.daysLeft, language))}</b>`,
      figure: true,
    },
    { head: heads.file, cell: (row) => html`${fileText(row, words)}${doneText(row, words)}` },
  ];
  return mayAct
    ? [
        ...columns,
        {
          head: heads.act,
          cell: ({ lapse }) =>
            html`<span class="b">${linkButton(`${PATH}/${lapse.certificate.id}`, own.remind)}</span>`,
          card: 'plain',
        },
      ]
    : columns;
}

function overColumns(words: ProgrammeWords, mayAct: boolean): Column<LapsingRow>[] {
  const own = words.lapse;
  const { heads } = own;
  const columns: Column<LapsingRow>[] = [
    { head: heads.product, cell: ({ product }) => html`<b>${product}</b>`, card: 'title' },
    {
      head: heads.stars,
      cell: ({ lapse }) => html`<span class="muted b">${own.oldStars(lapse.certificate.stars ?? 0)}</span>`,
      card: 'plain',
    },
    { head: heads.producer, cell: ({ producer }) => producer, card: 'plain' },
    {
      head: heads.number,
      cell: ({ lapse }) => html`<span class="b">${lapse.certificate.number}</span>`,
      card: 'plain',
    },
    { head: heads.since, cell: ({ lapse }) => dayText(lapse.lastDay) },
    {
      head: heads.stamps,
      cell: (row) => html`<span class="b">${stateMark(own.noStars, 'over')}</span>${doneText(row, words)}`,
      card: 'plain',
    },
  ];
  return mayAct
    ? [
        ...columns,
        {
          head: heads.act,
          cell: ({ lapse }) =>
            html`<span class="b">${linkButton(
              `/console/evaluations/new?productId=${lapse.productId}`,
              own.reevaluate,
            )}</span>`,
          card: 'plain',
        },
      ]
    : columns;
}

function fileText({ lapse, fileReceived }: LapsingRow, { lapse: own }: ProgrammeWords): Inset {
  const { from, until, state } = lapse.file;
  if (fileReceived !== null) return null;
  switch (state) {
    case 'early':
      return own.file.early(dayText(from), dayText(until));
    case 'open':
      return own.file.open(dayText(until));
    case 'late':
      return html`<b class="soon">${own.file.late(dayText(until))}</b>`;
    case 'over':
      return null;
    default:
      return state satisfies never;
  }
}

function doneText({ reminded, fileReceived }: LapsingRow, { lapse: { done } }: ProgrammeWords): Inset {
  const texts = [
    fileReceived !== null && done['file-received'](dayText(fileReceived.on)),
    reminded !== null && done.reminded(dayText(reminded.on)),
  ].filter((text) => text !== false);
  return texts.length > 0 && html`<small>${texts.join(', ')}</small>`;
}

async function exportLapsing(call: PageCall): Promise<PageAnswer> {
  const found = await meantBy(call);
  if (found.kind === 'pick') return found.page;
  const words = programmeWordsOf(call.language);
  const lapsing = await read(call, found.meant, FILE_ROWS_MAX);
  const own = words.lapse;
  const { heads } = own;
  const sheet = (name: string, rows: readonly LapsingRow[], count: number): SheetTable => ({
    name,
    widths: [36, 8, 40, 24, 14, 10, 14, 14, 16, 30],
    lines: [
      name,
      own.lead(
        dayText(lapsing.on),
        String(lapsing.inForce + lapsing.lapsed),
        String(lapsing.inForce),
        String(lapsing.lapsed),
      ),
      ...(count > rows.length ? [own.cut(String(rows.length), String(count))] : []),
    ],
    heads: [
      heads.product,
      heads.stars,
      heads.producer,
      heads.number,
      heads.lastDay,
      heads.left,
      `${heads.file} ≥`,
      `${heads.file} ≤`,
      heads.file,
      heads.state,
    ],
    rows: rows.map((row) => {
      const { certificate, lastDay, daysLeft, file } = row.lapse;
      const did = [
        row.fileReceived !== null && own.done['file-received'](dayText(row.fileReceived.on)),
        row.reminded !== null && own.done.reminded(dayText(row.reminded.on)),
      ].filter((text) => text !== false);
      return [
        row.product,
        certificate.stars,
        row.producer,
        certificate.number,
        dayText(lastDay),
        daysLeft,
        dayText(file.from),
        dayText(file.until),
        own.fileStates[file.state],
        did.join(', '),
      ];
    }),
  });
  const sheets = [
    sheet(own.next90, lapsing.soon, lapsing.counts.soon),
    sheet(words.lapse.heads.file, lapsing.files, lapsing.counts.files),
    sheet(own.fileStates.over, lapsing.over, lapsing.counts.over),
  ];
  return {
    kind: 'file',
    mediaType: XLSX,
    fileName: `ocop-lapsing-${lapsing.on}.xlsx`,
    source: await spreadsheetOf(sheets),
  };
}
