// The offices that a buyer may ask, with the telephones that stand on their stamps' pages; read at most once a minute.

import { everyOf } from '../../../actions/kit/every-of.ts';
import type { PublicDesk } from '../exchange.ts';

export type OfficeList = () => Promise<readonly { name: string; phone: string | null }[]>;

const READ_EVERY_MS = 60_000;

/** @throws StoreError if they cannot be read now */
export function makeOfficeList(context: PublicDesk['context']): OfficeList {
  let known: { offices: Awaited<ReturnType<OfficeList>>; readAtMs: number } | null = null;
  return async () => {
    const { store, now } = context();
    const nowMs = now().getTime();
    if (known !== null && nowMs - known.readAtMs < READ_EVERY_MS) return known.offices;
    const offices: { name: string; phone: string | null }[] = [];
    for await (const { name, phone } of everyOf(store.offices, {})) offices.push({ name, phone });
    offices.sort((a, b) => a.name.localeCompare(b.name, 'vi'));
    known = { offices, readAtMs: nowMs };
    return offices;
  };
}
