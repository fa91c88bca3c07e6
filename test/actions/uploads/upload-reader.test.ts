import { afterEach, describe, expect, test } from '@jest/globals';
import { UploadReader } from '../../../server/actions/uploads/upload-reader.ts';

const SCRIPT = new URL('./hungry-child.ts', import.meta.url);
const reader = new UploadReader({ script: SCRIPT, silenceMsMax: 8_000, heapMibMax: 64, residentMibMax: 300 });

/** The id of the process that read it; null: the process died. */
async function read(what: string, sender: 'signed-in' | 'stranger' = 'signed-in'): Promise<string | null> {
  const work = { kind: 'picture', bytes: Buffer.from(what), form: 'webp', sideMaxPx: 1 } as const;
  const found = await reader.read(work, sender);
  return found !== null && 'kind' in found && found.kind === 'picture' ? Buffer.from(found.bytes).toString() : null;
}

afterEach(() => reader.close());

describe('a child that reads what people send', () => {
  test('is kept for the next file, and made anew after one that it died of', async () => {
    const first = await read('answer');
    expect(await read('answer')).toBe(first);
    expect(await read('heap')).toBeNull();
    expect(await read('answer')).not.toBe(first);
  }, 30_000);

  test('dies alone of what lies beside its heap', async () => {
    expect(await read('buffers')).toBeNull();
  }, 30_000);

  test('is ended when it is silent for too long, but not while it says that it goes on', async () => {
    expect(await read('silent')).toBeNull();
    expect(await read('slow')).not.toBeNull();
  }, 30_000);

  test('is not kept after a stranger’s file', async () => {
    const first = await read('answer', 'stranger');
    expect(await read('answer', 'stranger')).not.toBe(first);
  }, 30_000);

  test('strangers have one place of two: a person who is signed in does not wait for them', async () => {
    // The child for signed-in people already runs, so the time measured is the waiting and not a child's start.
    await read('answer');
    const order: string[] = [];
    const note = (name: string, done: Promise<unknown>): Promise<void> => done.then(() => void order.push(name));
    await Promise.all([
      note('stranger', read('slow', 'stranger')),
      note('second stranger', read('answer', 'stranger')),
      note('person', read('answer')),
    ]);
    expect(order).toEqual(['person', 'stranger', 'second stranger']);
  }, 30_000);
});
