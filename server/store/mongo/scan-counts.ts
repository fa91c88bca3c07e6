// Counts of scans by province, verdict or day. Pending scans are settled first (scan-carrier.ts).

import { batchesAsked, countsByDay } from '../scan-questions.ts';
import type { ScanCount, ScanCountBy, ScanLedger, ScanRange } from '../store.ts';
import type { Link } from './connection.ts';
import type { ScanCarrier } from './scan-carrier.ts';
import { minutesOf } from './scan-shapes.ts';
import type { ScanDoc } from './schemas.ts';

type Batches = string | { $in: readonly string[] };
type Period = Pick<ScanRange, 'from' | 'to'>;
/** One group of a $group over scans. */
interface Group {
  _id: string | number | null;
  scans: number;
}

export function scanCounts(link: Link, carrier: ScanCarrier): Pick<ScanLedger, 'count' | 'countAll'> {
  const scans = link.db.collection<ScanDoc>('scans');

  const groups = (batches: Batches, period: Period, field: 'province' | 'verdict' | 'quarter'): Promise<Group[]> => {
    const steps = [
      { $match: { batchId: batches, ...minutesOf(period), counted: true } },
      { $group: { _id: `$${field}`, scans: { $sum: 1 } } },
    ];
    return link.read(() => scans.aggregate<Group>(steps).toArray());
  };

  const counts = async (batches: Batches, period: Period, by: ScanCountBy, timeZone: string): Promise<ScanCount[]> =>
    by === 'day' ? byDay(await groups(batches, period, 'quarter'), timeZone) : byKey(await groups(batches, period, by));

  return {
    async count(range, by, timeZone) {
      await link.write(() => carrier.settle(range.batchId));
      return counts(range.batchId, range, by, timeZone);
    },

    async countAll(batchIds, period, by, timeZone) {
      const batches = { $in: batchesAsked(batchIds) };
      await link.write(() => carrier.sweep());
      return counts(batches, period, by, timeZone);
    },
  };
}

/** Unknown keys first, then sorted by text. */
function byKey(groups: Group[]): ScanCount[] {
  const counts = groups.map(({ _id, scans }) => ({ key: _id === null ? null : String(_id), scans }));
  return counts.sort((a, b) => (a.key === b.key ? 0 : (a.key ?? '') < (b.key ?? '') ? -1 : 1));
}

function byDay(groups: Group[], timeZone: string): ScanCount[] {
  const quarters = groups.map(({ _id, scans }) => [Number(_id), scans] as const);
  return countsByDay(
    quarters.sort(([a], [b]) => a - b),
    timeZone,
  );
}
