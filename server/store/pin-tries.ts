// Folds a try of a PIN into what is stored of its stamp: the tally, and the tries of the day that each network made
// while the stamp was locked. The tries are kept among the visits (visits.ts): written with the tally in one write, so
// that no race gives more of them, and deleted with the day's salt. Both adapters call this function.

import { foldPin, type PinGrace, type PinOutcome, type PinTry } from '../domain/stamp/pin.ts';
import type { StampTally } from '../domain/stamp/tally.ts';
import { linesOf, PIN_MARK } from './visits.ts';

/** 72 bits of the network's name are enough to distinguish the 256 of one day. */
const NETWORK_SYMBOLS = 12;

/** `changed`: whether there is anything to write. */
export function foldPinTry(
  tally: StampTally | null,
  visits: string,
  attempt: PinTry,
): { tally: StampTally; visits: string; outcome: PinOutcome; changed: boolean } {
  const network = attempt.network === null ? null : attempt.network.slice(0, NETWORK_SYMBOLS);
  const folded = foldPin(tally, attempt, graceIn(visits, attempt.day, network));
  const noted = folded.tookGrace && network !== null;
  return {
    tally: folded.tally,
    visits: noted ? noteTry(visits, attempt.day, network) : visits,
    outcome: folded.outcome,
    changed: noted || folded.outcome.kind !== 'locked',
  };
}

function graceIn(visits: string, day: string, network: string | null): PinGrace {
  const all = linesOf(visits).filter((line) => line.startsWith(`${day} ${PIN_MARK}`));
  const own = network === null ? [] : all.filter((line) => line.startsWith(beginningOf(day, network)));
  return { own: sumOf(own), all: sumOf(all) };
}

function noteTry(visits: string, day: string, network: string): string {
  const beginning = beginningOf(day, network);
  const own = linesOf(visits).filter((line) => line.startsWith(beginning));
  const others = linesOf(visits).filter((line) => !line.startsWith(beginning));
  return `${others.join('')}${beginning}${(sumOf(own) + 1).toString(36)}\n`;
}

function beginningOf(day: string, network: string): string {
  return `${day} ${PIN_MARK}${network} `;
}

function sumOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Number.parseInt(line.slice(line.lastIndexOf(' ') + 1), 36), 0);
}
