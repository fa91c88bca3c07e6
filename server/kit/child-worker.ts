// A child process that speaks as a worker thread does (thread-call.ts), for work that may end its process: memory that
// runs out, or a fault in native code. A thread takes the whole service with it; a child dies alone.

import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { fileURLToPath } from 'node:url';

interface ChildOptions {
  /** Its script, which calls `answerCalls`. */
  script: URL;
  /** Node's own options: bounds and rights. */
  execArgv: readonly string[];
}

/** Emits `message`, `error` and `exit` as a Worker does. It gets no environment, so no secret that is in ours. */
export class ChildWorker extends EventEmitter {
  private readonly child: ChildProcess;

  constructor({ script, execArgv }: ChildOptions) {
    super();
    this.child = fork(fileURLToPath(script), {
      env: {},
      execArgv: [...execArgv],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.child.on('message', (message) => this.emit('message', message));
    // What it said before its end may still be on its way when it has ended.
    let awaited = 2;
    const sayExit = (): void => {
      awaited -= 1;
      if (awaited === 0) this.emit('exit', this.child.exitCode ?? this.child.signalCode);
    };
    this.child.once('exit', sayExit).once('disconnect', sayExit);
    this.child.on('error', (error) => {
      this.emit('error', error);
      if (this.child.pid === undefined) this.emit('exit', null);
    });
    this.unref();
  }

  /** Of the process; undefined: it could not be started. */
  get pid(): number | undefined {
    return this.child.pid;
  }

  postMessage(message: unknown): void {
    this.child.send(message as object, (error) => {
      if (error !== null) this.emit('error', error);
    });
  }

  ref(): void {
    this.child.ref();
    this.child.channel?.ref();
  }

  unref(): void {
    this.child.unref();
    this.child.channel?.unref();
  }

  /** Ends it at once, whatever it does. */
  async terminate(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.ref();
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }
}

/** The child's end: what a worker has as `parentPort`. Null where there is no parent. It ends with its parent. */
export function portOfChild(): ChildPort | null {
  if (process.send === undefined) return null;
  process.on('disconnect', () => process.exit());
  return {
    postMessage: (message) => void process.send?.(message),
    on: (event, listener) => void process.on(event, listener),
    close: () => process.disconnect?.(),
  };
}

interface ChildPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): void;
  close(): void;
}
