// Interleaved rounds: every candidate runs once a round, in turn, so that a slow minute of the machine hits all alike.
// The figure of a candidate is the median of its rounds; a first round warms up and is thrown away.

import { median } from './figure.ts';

export type Candidates<Name extends string> = Readonly<Record<Name, () => Promise<number>>>;

/**
 * @param candidates each gives its reading (a rate, milliseconds, bytes) of one round
 * @param rounds     how many count
 */
export async function interleaved<Name extends string>(
  candidates: Candidates<Name>,
  rounds: number,
): Promise<Record<Name, number>> {
  const names = Object.keys(candidates) as Name[];
  const readings = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = -1; round < rounds; round += 1) {
    // Odd rounds run backwards: nobody always comes after the greediest neighbour.
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const reading = await candidates[name]();
      if (round >= 0) readings.get(name)?.push(reading);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(readings.get(name) ?? [])])) as Record<Name, number>;
}

/** CPU seconds, user and system, that this process (all threads of it) has used since it began. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
