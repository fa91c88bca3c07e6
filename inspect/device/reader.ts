// The page's side of the worker that reads symbols. One picture is under way at a time; who brings another one waits.

import type { Picture } from '../reader-worker.ts';

/** The first picture waits for a megabyte of WebAssembly to be made ready. */
const ANSWER_MS = 30_000;

export class Reader {
  private readonly address: string;
  private worker: Worker | null = null;
  private last: Promise<unknown> = Promise.resolve();
  private id = 0;

  /** @param address of the worker's script */
  constructor(address: string) {
    this.address = address;
  }

  /** The texts of a picture's symbols; null: the reader could not be loaded. The bitmap is used up. */
  read(bitmap: ImageBitmap, thorough: boolean): Promise<readonly string[] | null> {
    const turn = this.last.then(() => this.ask(bitmap, thorough));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private ask(bitmap: ImageBitmap, thorough: boolean): Promise<readonly string[] | null> {
    const worker = (this.worker ??= new Worker(this.address, { type: 'module' }));
    const id = (this.id += 1);
    return new Promise((resolve) => {
      const done = (texts: readonly string[] | null): void => {
        clearTimeout(timer);
        worker.removeEventListener('message', hear);
        worker.removeEventListener('error', fail);
        resolve(texts);
      };
      const hear = ({ data }: MessageEvent<{ id: number; texts: readonly string[] | null }>): void => {
        if (data.id === id) done(data.texts);
      };
      const fail = (): void => {
        this.worker?.terminate();
        this.worker = null;
        done(null);
      };
      const timer = setTimeout(fail, ANSWER_MS);
      worker.addEventListener('message', hear);
      worker.addEventListener('error', fail);
      const picture: Picture = { id, bitmap, thorough };
      worker.postMessage(picture, [bitmap]);
    });
  }
}
