// The evidence of a case on its page: scans by day, provinces on a map, the stamps beside it, the batch's other cases.

import type { CaseEvidence } from '../../../actions/market/case-evidence.ts';
import type { CaseRow } from '../../../actions/market/find-cases.ts';
import { numberText } from '../../format.ts';
import { html, type Html } from '../../html.ts';
import { frameWordsOf, marketWordsOf, scansWordsOf } from '../../words/words.ts';
import { chartBlock } from '../chart.ts';
import type { PageCall } from '../console-route.ts';
import { table } from '../list.ts';
import { section } from '../page-head.ts';
import { caseAddress, CASES } from '../scans/scans-frame.ts';
import { byDay } from '../scans/scans-page.ts';
import { reasonText, stateOf } from './case-text.ts';
import { provinceMap } from './province-map.ts';

const WIDE = 560;

type Neighbour = CaseEvidence['neighbours'][number];
type InProvince = CaseEvidence['provinces'][number];

export function evidencePart(evidence: CaseEvidence, { serial }: CaseRow, call: PageCall): Html {
  const { language } = call;
  const own = marketWordsOf(language).cases;
  const words = scansWordsOf(language).scans;
  const number = (value: number): string => numberText(value, language);
  const { provinces, neighbours, others, othersCount, networks } = evidence;
  const [first] = provinces;
  const map =
    first !== undefined &&
    chartBlock(
      {
        title: words.byProvince,
        sentence: words.provinceSentence(number(provinces.length), first.province),
        note: own.mapNote,
        wide: provinceMap(provinces),
        figures: table({
          columns: [
            { head: words.province, cell: ({ province }: InProvince) => province, card: 'title' },
            { head: words.scans, cell: ({ scans }: InProvince) => number(scans), figure: true },
          ],
          rows: provinces,
          caption: words.byProvince,
        }),
      },
      frameWordsOf(language),
    );
  const beside = table({
    columns: [
      { head: own.serial, cell: (one: Neighbour) => number(one.serial), card: 'title' },
      { head: own.seen, cell: (one: Neighbour) => number(one.scans), figure: true },
      { head: own.visitorDays, cell: (one: Neighbour) => number(one.visitorDays), figure: true },
      { head: own.state, cell: (one: Neighbour) => (one.serial === serial ? own.thisStamp : ''), card: 'plain' },
    ],
    rows: neighbours,
    caption: own.neighbours,
  });
  const inBatch =
    others.length === 0
      ? html`<p class="muted">${own.noOthers}</p>`
      : html`${table({
          columns: [
            { head: own.serial, cell: (one: CaseRow) => number(one.serial), card: 'title' },
            {
              head: own.why,
              cell: ({ reasons: [reason = 'many-visitors'], counts }: CaseRow) =>
                reasonText(reason, counts, own, language),
              card: 'plain',
            },
            { head: own.state, cell: (one: CaseRow) => stateOf(one, own), card: 'plain' },
          ],
          rows: others,
          caption: own.others(number(othersCount)),
          hrefOf: ({ batchId, serial: other }) => caseAddress(batchId, other),
        })}${othersCount > others.length && html`<p><a href="${CASES}">${own.allCases}</a></p>`}`;
  return html`${byDay(evidence, new Set(), call, { wide: WIDE })}<p class="hint">${own.networks(
    number(networks),
  )}</p>${map}${section(own.neighbours, beside)}${section(own.others(number(othersCount)), inBatch)}`;
}
