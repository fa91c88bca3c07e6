// One stamp on the page of its batch, when the address names its serial: what a buyer reads, its lot, its scans.

import { readLot } from '../../../actions/lots/read.ts';
import { readStamp } from '../../../actions/scans/read-stamp.ts';
import { dayIn } from '../../../domain/calendar.ts';
import type { Id } from '../../../domain/entity.ts';
import { dayText, numberText } from '../../format.ts';
import { html, type Html } from '../../html.ts';
import { valueOf } from '../../outcome.ts';
import { batchesWordsOf, frameWordsOf, marketWordsOf } from '../../words/words.ts';
import type { PageCall } from '../console-route.ts';
import { card, facts, linkButton } from '../page-head.ts';
import { caseAddress } from '../scans/scans-frame.ts';

/** Null: the address names no serial. */
export async function stampPart(batchId: Id, call: PageCall): Promise<Html | null> {
  const { actor, ctx, language, query } = call;
  const typed = query['serial'] ?? '';
  if (!/^[1-9]\d{0,7}$/.test(typed)) return null;
  const serial = Number(typed);
  const stamp = valueOf(await readStamp(actor, { id: batchId, serial }, ctx));
  const { anything } = frameWordsOf(language);
  const { list } = batchesWordsOf(language);
  const { verdicts } = marketWordsOf(language).cases;
  const lot = stamp.lotId === null ? null : await readLot(actor, stamp.lotId, ctx);
  const { count, firstAt, lastAt } = stamp.scans;
  const day = (at: string | null): string | null => (at === null ? null : dayText(dayIn(ctx.settings.timeZone, at)));
  return card(
    anything.stamp(batchId, numberText(serial, language)),
    html`
      ${facts([
        [anything.verdict, html`<b>${stamp.display ? verdicts.display : verdicts[stamp.verdict]}</b>`],
        [list.lot, lot?.ok === true && html`<a href="/console/lots/${lot.value.id}">${lot.value.number}</a>`],
        [anything.scans, numberText(count, language)],
        [anything.firstScan, day(firstAt)],
        [anything.lastScan, day(lastAt)],
      ])}
      ${count > 0 && html`<p>${linkButton(caseAddress(batchId, serial), anything.seeScans)}</p>`}
    `,
    true,
  );
}
