// How pages say why a stamp looks copied, and how far its case is.

import type { CaseRow } from '../../../actions/market/find-cases.ts';
import { countFor, type SuspectCounts, type Suspicion } from '../../../domain/stamp/suspect.ts';
import { numberText } from '../../format.ts';
import { html, type Html } from '../../html.ts';
import type { MarketWords } from '../../words/words.ts';
import type { PageCall } from '../console-route.ts';
import { stateMark } from '../list.ts';

/** @param counts the one of this reason is in the sentence */
export function reasonText(
  reason: Suspicion,
  counts: SuspectCounts,
  { reasons }: MarketWords['cases'],
  language: PageCall['language'],
): string {
  return reasons[reason](numberText(countFor(reason, counts), language));
}

export function stateOf({ state, known }: CaseRow, { states, outcomes }: MarketWords['cases']): Html {
  const mark = stateMark(states[state], state === 'closed' ? 'over' : 'warn');
  const outcome = state === 'closed' ? (known?.outcome ?? null) : null;
  return outcome === null ? mark : html`${mark} ${outcomes[outcome]}`;
}
