import { describe, expect, jest, test } from '@jest/globals';
import { Gate, type Entered, type Leave } from '../../server/kit/gate.ts';
import { Slots } from '../../server/kit/slots.ts';

const PATIENT = { waitMs: 60_000 };

async function placeIn(gate: Gate, actor: string): Promise<Leave> {
  const entered = await gate.enter(actor, PATIENT);
  if (entered.kind !== 'in') throw new Error(`${actor} is not in`);
  return entered.leave;
}

/** Collects who has entered, in order. */
function watch(entering: Readonly<Record<string, Promise<Entered>>>): string[] {
  const seen: string[] = [];
  for (const [name, entered] of Object.entries(entering))
    void entered.then(({ kind }) => seen.push(kind === 'in' ? name : `${name} ${kind}`));
  return seen;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a gate', () => {
  test('gives its places at once, then lets a bounded line wait, then refuses', async () => {
    const gate = new Gate({ atOnce: 2, inLine: 1, perActor: 9 });
    const leave = await placeIn(gate, 'a');
    await placeIn(gate, 'b');
    const third = gate.enter('c', PATIENT);
    expect(await gate.enter('d', PATIENT)).toEqual({ kind: 'full' });
    leave();
    expect((await third).kind).toBe('in');
    expect(gate.use).toEqual({ running: 2, waiting: 0 });
  });

  test('counts one actor’s places and waits together', async () => {
    const gate = new Gate({ atOnce: 1, inLine: 9, perActor: 2 });
    await placeIn(gate, 'a');
    void gate.enter('a', PATIENT);
    expect(await gate.enter('a', PATIENT)).toEqual({ kind: 'full' });
    void gate.enter('b', PATIENT);
    expect(gate.use).toEqual({ running: 1, waiting: 2 });
  });

  test('a free place goes to the actor that holds the fewest, and among those to whoever waits longest', async () => {
    const gate = new Gate({ atOnce: 2, inLine: 9, perActor: 9 });
    const first = await placeIn(gate, 'greedy');
    const second = await placeIn(gate, 'greedy');
    const seen = watch({
      again: gate.enter('greedy', PATIENT),
      other: gate.enter('other', PATIENT),
      third: gate.enter('third', PATIENT),
    });
    first();
    await turn();
    expect(seen).toEqual(['other']);
    second();
    await turn();
    expect(seen).toEqual(['other', 'again']); // 'greedy' holds no place by now, and has waited longer than 'third'
  });

  test('a place that is left twice is free once', async () => {
    const gate = new Gate({ atOnce: 1, inLine: 0, perActor: 9 });
    const leave = await placeIn(gate, 'a');
    leave();
    leave();
    await placeIn(gate, 'b');
    expect(await gate.enter('c', PATIENT)).toEqual({ kind: 'full' });
  });

  test('whoever goes away leaves the line, and whoever waits too long is refused', async () => {
    jest.useFakeTimers();
    try {
      const gate = new Gate({ atOnce: 1, inLine: 9, perActor: 9 });
      await placeIn(gate, 'a');
      const gone = new AbortController();
      const left = gate.enter('b', { ...PATIENT, signal: gone.signal });
      gone.abort();
      expect(await left).toEqual({ kind: 'gone' });
      expect(await gate.enter('b', { ...PATIENT, signal: gone.signal })).toEqual({ kind: 'gone' });
      const late = gate.enter('c', { waitMs: 1_000 });
      jest.advanceTimersByTime(1_000);
      expect(await late).toEqual({ kind: 'full' });
      expect(gate.use).toEqual({ running: 1, waiting: 0 });
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('slots', () => {
  test('so many run at once, the rest in their order, and a failure frees its slot', async () => {
    const slots = new Slots(2);
    const log: string[] = [];
    const ends: (() => void)[] = [];
    const begin = (name: string): Promise<void> =>
      slots.run(async () => {
        log.push(name);
        await new Promise<void>((end) => ends.push(end));
        if (name === 'a') throw new Error('a fails');
      });
    const [a, b, c] = [begin('a'), begin('b'), begin('c')];
    await turn();
    expect(log).toEqual(['a', 'b']);
    ends[0]?.();
    await expect(a).rejects.toThrow('a fails');
    await turn();
    expect(log).toEqual(['a', 'b', 'c']);
    ends.slice(1).forEach((end) => end());
    await Promise.all([b, c]);
  });
});
