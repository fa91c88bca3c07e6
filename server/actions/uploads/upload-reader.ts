// Reads uploads in child processes, so that the process that answers scans never parses a stranger's file. At most two
// run at once, and strangers may use only one of them, so that the other is free for people who are signed in.
//
// A child is ended if it is silent for too long or becomes too large; then the file could not be read, and nothing else
// happened. A child is kept for the next file for a while, but not after a stranger's file.

import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ChildWorker } from '../../kit/child-worker.ts';
import { ThreadCalls, ThreadError } from '../../kit/thread-call.ts';
import { watchResident } from './resident-watch.ts';
import type { UploadRead, UploadWork } from './upload-work.ts';

type Sender = 'signed-in' | 'stranger';

/** Bounds that tests make short and small. */
interface UploadReaderOptions {
  script?: URL;
  /** A child that says nothing for this long is ended. */
  silenceMsMax?: number;
  /** Of the JavaScript heap: the largest table that we accept needs 250 MiB. */
  heapMibMax?: number;
  /** Of the whole child. A picture of PHOTO_PIXELS_MAX takes 200 MiB, a workbook at its bounds 600. */
  residentMibMax?: number;
  /** How long an idle child is kept. */
  keepMs?: number;
}

const MIB = 1024 * 1024;
const CHILDREN_MAX = 2;
const STRANGERS_MAX = 1;

interface Waiting {
  sender: Sender;
  begin: () => void;
}

type Calls = ThreadCalls<UploadWork, UploadRead, 'progress'>;

interface Child {
  calls: Calls;
  stopWatching: () => void;
  idleTimer: NodeJS.Timeout | null;
}

export class UploadReader {
  private readonly options: Required<UploadReaderOptions>;
  private readonly idle: Child[] = [];
  private readonly waiting: Waiting[] = [];
  private readonly running: Record<Sender, number> = { 'signed-in': 0, stranger: 0 };

  constructor(options: UploadReaderOptions = {}) {
    this.options = {
      script: new URL('./upload-child.ts', import.meta.url),
      silenceMsMax: 20_000,
      heapMibMax: 512,
      residentMibMax: 900,
      keepMs: 30_000,
      ...options,
    };
  }

  /** What the file holds; null: the child died of it, or took too long. */
  async read(work: UploadWork, sender: Sender): Promise<UploadRead | null> {
    await this.begin(sender);
    try {
      return await this.readInChild(work, sender);
    } finally {
      this.end(sender);
    }
  }

  /** Ends every child. */
  async close(): Promise<void> {
    await Promise.all(this.idle.splice(0).map((child) => this.drop(child)));
  }

  private async readInChild(work: UploadWork, sender: Sender): Promise<UploadRead | null> {
    const child = (sender === 'signed-in' ? this.idle.pop() : undefined) ?? this.openChild();
    if (child.idleTimer !== null) clearTimeout(child.idleTimer);
    const silent = new AbortController();
    const timer = setTimeout(() => silent.abort(), this.options.silenceMsMax);
    let isFit = false;
    try {
      const read = await child.calls.call(work, { signal: silent.signal, onProgress: () => timer.refresh() });
      isFit = sender === 'signed-in';
      return read;
    } catch (error) {
      // RangeError: a text or list larger than Node can hold. Anything else is our own fault.
      if (error instanceof ThreadError && ['ended', 'RangeError'].includes(error.kind)) return null;
      throw error;
    } finally {
      clearTimeout(timer);
      if (isFit) this.keep(child);
      else void this.drop(child);
    }
  }

  private openChild(): Child {
    const child: Child = {
      calls: new ThreadCalls({ start: () => this.startIn(child) }),
      stopWatching: () => undefined,
      idleTimer: null,
    };
    return child;
  }

  private startIn(child: Child): ChildWorker {
    const { script, heapMibMax, residentMibMax } = this.options;
    const worker = new ChildWorker({
      script,
      execArgv: [
        `--max-old-space-size=${heapMibMax}`,
        `--allow-fs-read=${fileURLToPath(new URL('.', script))}`,
        ...RIGHTS,
      ],
    });
    child.stopWatching();
    if (worker.pid !== undefined)
      child.stopWatching = watchResident(worker.pid, residentMibMax * MIB, () => void worker.terminate());
    return worker;
  }

  private keep(child: Child): void {
    child.idleTimer = setTimeout(() => {
      const at = this.idle.indexOf(child);
      if (at >= 0) this.idle.splice(at, 1);
      void this.drop(child);
    }, this.options.keepMs).unref();
    this.idle.push(child);
  }

  private async drop({ calls, stopWatching, idleTimer }: Child): Promise<void> {
    if (idleTimer !== null) clearTimeout(idleTimer);
    stopWatching();
    await calls.terminate();
  }

  private async begin(sender: Sender): Promise<void> {
    if (this.mayBegin(sender)) this.running[sender] += 1;
    else await new Promise<void>((begin) => this.waiting.push({ sender, begin }));
  }

  private end(sender: Sender): void {
    this.running[sender] -= 1;
    const at = this.waiting.findIndex((one) => this.mayBegin(one.sender));
    const [next] = at < 0 ? [] : this.waiting.splice(at, 1);
    if (next === undefined) return;
    this.running[next.sender] += 1;
    next.begin();
  }

  private mayBegin(sender: Sender): boolean {
    const { stranger, 'signed-in': signedIn } = this.running;
    return stranger + signedIn < CHILDREN_MAX && (sender === 'signed-in' || stranger < STRANGERS_MAX);
  }
}

/** Where our own code and its libraries are; for a folder that is a link, also its target. */
const READABLE = ['../../', '../../../package.json', '../../../node_modules'].flatMap((path) => {
  const place = fileURLToPath(new URL(path, import.meta.url));
  return [...new Set([place, realpathSync(place)])];
});

/** Node's permissions: the child may not write, start processes or reach the network. */
const RIGHTS = [
  '--permission',
  '--allow-addons', // the picture library
  ...READABLE.map((path) => `--allow-fs-read=${path}`),
  '--disable-warning=ExperimentalWarning',
  '--disable-warning=SecurityWarning',
];

/** One reader for the process, because the number of its children is a bound of the machine. */
const reader = new UploadReader();

/** As `UploadReader.read`, with the children shared by the whole process. */
export function readUpload(work: UploadWork, sender: Sender): Promise<UploadRead | null> {
  return reader.read(work, sender);
}

/** Ends the children of this process; for its end, and for tests. */
export function closeUploadReader(): Promise<void> {
  return reader.close();
}
