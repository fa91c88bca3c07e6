// The parts of a stamp's answer that belong to this stamp alone. Everything else is the same for all stamps of a lot.

import type { Day } from '../domain/entity.ts';

export interface Look {
  /** 18 symbols. */
  code: string;
  serial: number;
  scans: { count: number; first: boolean; firstOn: Day | null } | null;
  /**
   * What the page says of them besides their number. first: this very scan was counted, and none before; alone: the one
   * that was counted came from the same network within ten minutes; often: more than one pack usually is scanned, and
   * not enough to warn.
   */
  seen?: 'first' | 'alone' | 'often' | null;
  /** Where a suspect stamp was scanned: the provinces that came last, how many others, the last day. */
  places?: { provinces: string[]; others: number; lastOn: Day } | null;
  /** When its PIN was entered first; null: never, or it has none. */
  pinUsed?: { on: Day; time: string } | null;
}
