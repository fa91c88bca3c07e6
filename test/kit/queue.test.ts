import { describe, expect, test } from '@jest/globals';
import { NamedQueues, Queue } from '../../server/kit/queue.ts';

/** Work that ends when the test says so, and records when it starts and ends. */
function recorded(events: string[], name: string, until: Promise<unknown> = Promise.resolve()): () => Promise<string> {
  return async () => {
    events.push(`${name} begins`);
    await until;
    events.push(`${name} ends`);
    return name;
  };
}

const failing = async (): Promise<never> => {
  throw new Error('failed');
};

describe('a queue', () => {
  test('runs one piece of work at a time, in the order it was handed in', async () => {
    const queue = new Queue();
    const events: string[] = [];
    const gate = Promise.withResolvers<void>();
    const both = [queue.run(recorded(events, 'a', gate.promise)), queue.run(recorded(events, 'b'))];
    await Promise.resolve();
    expect(events).toEqual(['a begins']);
    gate.resolve();
    expect(await Promise.all(both)).toEqual(['a', 'b']);
    expect(events).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  test('goes on after work that rejects', async () => {
    const queue = new Queue();
    const failed = queue.run(failing);
    const next = queue.run(recorded([], 'next'));
    await expect(failed).rejects.toThrow('failed');
    expect(await next).toBe('next');
  });

  test('is idle when all work has ended, also where the last rejected', async () => {
    const queue = new Queue();
    const events: string[] = [];
    const first = queue.run(recorded(events, 'a'));
    const failed = queue.run(failing);
    failed.catch(() => undefined); // checked below
    await queue.idle();
    expect(events).toEqual(['a begins', 'a ends']);
    await first;
    await expect(failed).rejects.toThrow('failed');
  });
});

describe('named queues', () => {
  test('one name waits, another does not', async () => {
    const queues = new NamedQueues();
    const events: string[] = [];
    const gate = Promise.withResolvers<void>();
    const first = queues.run('a', recorded(events, 'a1', gate.promise));
    const second = queues.run('a', recorded(events, 'a2'));
    expect(await queues.run('b', recorded(events, 'b'))).toBe('b');
    expect(events).toEqual(['a1 begins', 'b begins', 'b ends']);
    gate.resolve();
    await Promise.all([first, second]);
    expect(events.slice(3)).toEqual(['a1 ends', 'a2 begins', 'a2 ends']);
  });

  test('a rejection stops no later work of the name', async () => {
    const queues = new NamedQueues();
    const failed = queues.run('a', failing);
    const next = queues.run('a', recorded([], 'next'));
    await expect(failed).rejects.toThrow('failed');
    expect(await next).toBe('next');
  });

  test('the clean-up comes before the next work, and the caller does not wait for it', async () => {
    const queues = new NamedQueues();
    const events: string[] = [];
    const gate = Promise.withResolvers<void>();
    const cleanUp = async (): Promise<void> => {
      await gate.promise;
      events.push('cleaned up');
      throw new Error('a clean-up that fails is ignored');
    };
    expect(await queues.run('a', recorded(events, 'a1'), cleanUp)).toBe('a1');
    const second = queues.run('a', recorded(events, 'a2'));
    gate.resolve();
    await second;
    expect(events).toEqual(['a1 begins', 'a1 ends', 'cleaned up', 'a2 begins', 'a2 ends']);
  });

  test('the clean-up comes after work that rejects, too', async () => {
    const queues = new NamedQueues();
    let cleaned = 0;
    await expect(queues.run('a', failing, () => (cleaned += 1))).rejects.toThrow('failed');
    await queues.run('a', async () => undefined);
    expect(cleaned).toBe(1);
  });

  test('a name without work is forgotten', async () => {
    const queues = new NamedQueues();
    const work = [queues.run('a', recorded([], 'a')), queues.run('b', recorded([], 'b'))];
    expect(queues.size).toBe(2);
    await Promise.all(work);
    await new Promise((resolve) => setImmediate(resolve));
    expect(queues.size).toBe(0);
  });
});
