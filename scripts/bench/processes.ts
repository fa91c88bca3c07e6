// Starts, asks and stops the processes of a measurement: the server under load, and the client that loads it.
// Each counts its own CPU.

import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { HostileActors } from './hostile-registry.ts';
import type { LoadPlan, LoadReport } from './load-client.ts';
import type { Answer, Question, Role } from './server-role.ts';

export interface MeasuredServer {
  port: number;
  /** Made by the service for the measurement; empty for the other servers. */
  codesFile: string;
  sheetPath: string;
  apiKey: string;
  /** People of every role; null for the other servers. */
  hostile: HostileActors | null;
  /** CPU seconds of all threads since the start, and the resident bytes now. */
  use: () => Promise<{ cpuSeconds: number; rssBytes: number }>;
  /** The highest resident bytes seen since the last call. */
  peakRssBytes: () => Promise<number>;
  /** How long the server's thread stood still at most since the last call, in milliseconds. */
  stallMs: () => Promise<number>;
  stop: () => Promise<void>;
}

/**
 * Starts a server in a separate process.
 * @param stamps how many codes the service writes to `codesFile`
 * @param more   whether its batch has PINs; how many times growth-registry.ts's BASE it holds
 */
export async function startServer(
  role: Role,
  folder: string,
  stamps: number,
  { pin = false, growth = 0 }: { pin?: boolean; growth?: number } = {},
): Promise<MeasuredServer> {
  const child = fork(
    fileURLToPath(new URL('./server-role.ts', import.meta.url)),
    [role, folder, String(stamps), ...(pin ? ['pin'] : growth > 0 ? [`growth:${growth}`] : [])],
    {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
  const ready = await answerOf(child, 'ready');
  const ask = async <K extends Answer['kind']>(question: Question): Promise<Extract<Answer, { kind: K }>> => {
    const answer = answerOf(child, question.kind as K);
    child.send(question);
    return answer;
  };
  return {
    port: ready.port,
    codesFile: ready.codesFile,
    sheetPath: ready.sheetPath,
    apiKey: ready.apiKey,
    hostile: ready.hostile,
    use: () => ask<'use'>({ kind: 'use' }),
    peakRssBytes: async () => (await ask<'peak'>({ kind: 'peak' })).rssBytes,
    stallMs: async () => (await ask<'stall'>({ kind: 'stall' })).ms,
    stop: async () => {
      const ended = once(child, 'exit');
      child.send({ kind: 'stop' } satisfies Question);
      await ended;
    },
  };
}

/** Starts all servers. If one fails, stops the others and throws its error. */
export async function startServers(roles: readonly Role[], folder: string, stamps: number): Promise<MeasuredServer[]> {
  const starts = await Promise.allSettled(roles.map((role) => startServer(role, folder, stamps)));
  const failed = starts.find((start) => start.status === 'rejected');
  const servers = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  if (failed === undefined) return servers;
  await Promise.all(servers.map((server) => server.stop()));
  throw failed.reason;
}

/** Runs one load against a port, from a separate process. @throws Error if an answer was not 200 */
export async function load(plan: LoadPlan): Promise<LoadReport> {
  const child = fork(fileURLToPath(new URL('./load-client.ts', import.meta.url)), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  child.send(plan);
  const [answer] = (await Promise.race([once(child, 'message'), ended])) as [
    { report?: LoadReport; fault?: string } | number,
  ];
  if (typeof answer === 'number') throw new Error(`the load client ended with ${answer}`);
  child.disconnect();
  await ended;
  if (answer.report === undefined) throw new Error(`the load client failed: ${answer.fault ?? ''}`);
  if (Object.keys(answer.report.refused).length > 0)
    throw new Error(`answers other than 200: ${JSON.stringify(answer.report.refused)}`);
  return answer.report;
}

/** The next message of this kind. @throws Error if the process ends first */
function answerOf<K extends Answer['kind']>(child: ChildProcess, kind: K): Promise<Extract<Answer, { kind: K }>> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => reject(new Error(`a measured server ended with ${String(code)}`));
    const onMessage = (message: Answer): void => {
      if (message.kind !== kind) return;
      child.off('exit', onExit);
      child.off('message', onMessage);
      resolve(message as Extract<Answer, { kind: K }>);
    };
    child.on('exit', onExit);
    child.on('message', onMessage);
  });
}
