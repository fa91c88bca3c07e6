// The content of a round's record: what is printed and signed, as plain data, and its hash. Paper states the hash,
// and the public page of the record's number states it as well, so that a changed page is recognised.

import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../domain/audit/audit-chain.ts';
import type { Inspection } from '../../../domain/market/inspection.ts';
import { countsOfItems, type Round, type RoundCounts } from '../../../domain/market/round.ts';
import type { Id } from '../../../domain/entity.ts';
import type { ActionContext } from '../../kit/context.ts';
import { readItems } from './round-work.ts';

export interface RecordContent {
  round: Round;
  items: Inspection[];
  counts: RoundCounts;
  hash: string;
}

export async function recordContentOf(round: Round, ctx: ActionContext): Promise<RecordContent> {
  const items = await readItems(round.id, ctx);
  return { round, items, counts: countsOfItems(items), hash: hashOf(round, items) };
}

export async function recordHashOf(
  round: Round,
  ctx: ActionContext,
): Promise<{ hash: string; items: number; photos: number }> {
  const { hash, counts } = await recordContentOf(round, ctx);
  return { hash, items: counts.items, photos: counts.photos };
}

/** SHA-256 over everything that the record states, hex. */
function hashOf(round: Round, items: readonly Inspection[]): string {
  const { number, officeId, inspectors, place, met, kept, note, position, openedAt, closedAt, producerIds } = round;
  const stated = {
    number,
    officeId,
    inspectors,
    place,
    met,
    kept,
    note,
    position,
    openedAt,
    closedAt,
    producerIds,
    items: items.map(itemStated),
  };
  return createHash('sha256').update(canonicalJson(stated)).digest('hex');
}

function itemStated(item: Inspection): Record<string, unknown> & { id: Id } {
  const { id, at, by, batchId, serial, finding, note, photoFileIds } = item;
  const { read = null, verdict = null, position = null, duplicateOf = null } = item;
  return { id, at, by, batchId, serial, finding, note, photoFileIds, read, verdict, position, duplicateOf };
}
