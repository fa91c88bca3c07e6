// What a recall touches, for people: stamps, how many were scanned, where, batch by batch.

import type { RecallPreview, TouchedBatch } from '../../../actions/recalls/preview-recall.ts';
import { html, type Html } from '../../html.ts';
import { numberText } from '../../format.ts';
import { recallsWordsOf } from '../../words/words.ts';
import type { PageCall } from '../console-route.ts';
import { partOf, table, type Column } from '../list.ts';
import { notice } from '../notices.ts';
import { section } from '../page-head.ts';

const BATCHES_SHOWN = 50;
const RANGES_SHOWN = 6;

export function previewPart(
  { stamps, active, scanned, provinces, batches, atLeast }: RecallPreview,
  title: string,
  call: Pick<PageCall, 'query' | 'path' | 'language'>,
): Html {
  const { language } = call;
  const part = partOf(batches, { name: 'batches', max: BATCHES_SHOWN, call });
  const words = recallsWordsOf(language).preview;
  const number = (value: number): string => numberText(value, language);
  if (stamps === 0) return section(title, notice('info', words.none));
  const figures = html`<dl class="figures"><div><dt>${words.stamps}</dt><dd>${number(stamps)}</dd></div><div><dt>${
    words.active
  }</dt><dd>${number(active)}</dd></div><div><dt>${words.scanned}</dt><dd>${number(scanned)}</dd></div></dl>`;
  const places = provinces.map(({ province, scans }) => `${province ?? words.unknown} (${number(scans)})`);
  const columns: Column<TouchedBatch>[] = [
    { head: words.batches, cell: ({ batchId }) => html`<b class="b">${batchId}</b>`, card: 'title' },
    {
      head: words.ranges,
      cell: ({ ranges }) =>
        `${ranges
          .slice(0, RANGES_SHOWN)
          .map(({ from, to }) => `${number(from)}–${number(to)}`)
          .join(', ')}${ranges.length > RANGES_SHOWN ? '…' : ''}`,
    },
    { head: words.stamps, cell: (batch) => number(batch.stamps), figure: true },
    { head: words.active, cell: (batch) => number(batch.active), figure: true },
    { head: words.voided, cell: ({ voided }) => number(voided), figure: true },
    { head: words.scanned, cell: (batch) => html`<b>${number(batch.scanned)}</b>`, figure: true },
  ];
  return section(
    title,
    html`${figures}<p>${places.length === 0 ? words.nowhere : html`${words.where}: ${places.join(', ')}.`}</p>${
      atLeast && html`<p class="hint">${words.atLeast}</p>`
    }${table({ columns, rows: part.rows, caption: title })}${part.ways}`,
  );
}
