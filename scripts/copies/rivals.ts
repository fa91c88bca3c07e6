// The rules of others on the same scans: at which scan of a copy each would have alarmed. A: a number of sessions
// within a period and beyond a distance (Scantrust). B: a score (an open Vietnamese product, 2026). C: a second
// dispensing of one pack (EU medicines), here a second session. Sources: docs/copies.md.

import { PROVINCES } from '../../server/domain/places.ts';
import { kmBetween } from '../../server/domain/province-distance.ts';
import { DAY_MS, type Look } from './people.ts';

/** A session is one phone's scans in a day. A counts sessions, B counts scans. */
export interface RivalRule {
  name: string;
  /** The scan of a copy at which it alarms; Infinity: never. @param looks sorted by time */
  alarmAt: (looks: readonly Look[]) => number;
}

const HOUR_MS = 3_600_000;
const KM = PROVINCES.map((a) => PROVINCES.map((b) => kmBetween(a, b) ?? 0));

function km(a: number, b: number): number {
  return a < 0 || b < 0 ? 0 : (KM[a]?.[b] ?? 0);
}

function ruleA(sessions: number, periodDays: number, distanceKm: number): RivalRule {
  return {
    name: `A: ${sessions} sessions in ${periodDays} days beyond ${distanceKm} km`,
    alarmAt(looks) {
      const known = new Set<string>();
      const recent: Look[] = [];
      let copied = 0;
      for (const look of looks) {
        if (look.kind !== 'scan') continue;
        if (look.copied) copied += 1;
        const session = `${Math.floor(look.ms / DAY_MS)} ${look.network} ${look.agent}`;
        if (known.has(session)) continue;
        known.add(session);
        recent.push(look);
        while ((recent[0] as Look).ms < look.ms - periodDays * DAY_MS) recent.shift();
        if (recent.length < sessions) continue;
        if (distanceKm === 0 || recent.some((one) => km(one.province, look.province) > distanceKm)) return copied;
      }
      return Infinity;
    },
  };
}

function ruleB(threshold: number): RivalRule {
  return {
    name: `B: score of ${threshold}`,
    alarmAt(looks) {
      const recent: Look[] = [];
      const places = new Set<number>();
      let copied = 0;
      let jumped = false;
      let many = false;
      for (const look of looks) {
        if (look.kind !== 'scan') continue;
        if (look.copied) copied += 1;
        const last = recent.at(-1);
        if (last !== undefined && look.ms - last.ms < HOUR_MS / 2 && km(last.province, look.province) > 50)
          jumped = true;
        recent.push(look);
        while ((recent[0] as Look).ms < look.ms - DAY_MS) recent.shift();
        if (recent.length >= 10) many = true;
        if (look.province >= 0) places.add(look.province);
        if ((many ? 30 : 0) + (jumped ? 40 : 0) + (places.size >= 5 ? 15 : 0) >= threshold) return copied;
      }
      return Infinity;
    },
  };
}

const RULE_C: RivalRule = { ...ruleA(2, 730, 0), name: 'C: a second session' };

export const RIVALS: readonly RivalRule[] = [
  ...[3, 5, 8, 12, 20].flatMap((sessions) =>
    [1, 7, 30].flatMap((period) => [0, 50, 300].map((distance) => ruleA(sessions, period, distance))),
  ),
  ...[30, 40, 70].map(ruleB),
  RULE_C,
];
