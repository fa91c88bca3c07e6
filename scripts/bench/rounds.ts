// Interleaved rounds: every candidate runs once per round, so that a slow minute of the machine hits all of them.
// The figure of a candidate is the median of its rounds. A first round warms up and is not counted.

import { median } from './figure.ts';

export type Candidates<Name extends string> = Readonly<Record<Name, () => Promise<number>>>;

/**
 * @param candidates each returns its reading (a rate, milliseconds, bytes) of one round
 * @param rounds     how many rounds count
 */
export async function interleaved<Name extends string>(
  candidates: Candidates<Name>,
  rounds: number,
): Promise<Record<Name, number>> {
  const names = Object.keys(candidates) as Name[];
  const readings = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = -1; round < rounds; round += 1) {
    // Odd rounds run backwards, so that no candidate always follows the most demanding one.
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const reading = await candidates[name]();
      if (round >= 0) readings.get(name)?.push(reading);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(readings.get(name) ?? [])])) as Record<Name, number>;
}

/** CPU seconds (user and system, all threads) that this process has used since its start. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
