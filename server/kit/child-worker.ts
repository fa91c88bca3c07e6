// A child process that speaks as a worker thread does (thread-call.ts), for work that may end its process by running
// out of memory or by a fault in native code. A thread would take the whole service with it; a child dies alone.

import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { fileURLToPath } from 'node:url';

interface ChildOptions {
  /** Its script, which calls `answerCalls`. */
  script: URL;
  /** Node's own options: bounds and permissions. */
  execArgv: readonly string[];
}

/** Emits `message`, `error` and `exit` like a Worker. It gets no environment, and so none of our secrets. */
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
    // Its last messages may still be on their way when it has ended.
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

  /** The process id; undefined: it could not be started. */
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

  /** Ends it at once, whatever it is doing. */
  async terminate(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.ref();
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }
}

/** The child's side: what a worker has as `parentPort`. Null without a parent. The child ends with its parent. */
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
