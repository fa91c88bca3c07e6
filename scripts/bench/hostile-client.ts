// Sends one request repeatedly on many connections, in its own process, and counts the answers by status.

import { Agent, request as ask } from 'node:http';
import type { HostileRequest } from './hostile-routes.ts';

export interface HammerPlan {
  port: number;
  connections: number;
  stopAfterMs: number;
  request: Omit<HostileRequest, 'name' | 'role'>;
}

/** Answers by status; `cut`: the connection ended before the answer. */
export type HammerReport = Record<string, number>;

process.on('message', (plan: HammerPlan) => {
  void run(plan).then((report) => process.send?.(report));
});

async function run({ port, connections, stopAfterMs, request }: HammerPlan): Promise<HammerReport> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const report: HammerReport = {};
  const endsMs = performance.now() + stopAfterMs;
  const hammer = async (): Promise<void> => {
    while (performance.now() < endsMs) {
      const status = await send(agent, port, request, endsMs);
      if (status !== null) report[status] = (report[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, hammer));
  agent.destroy();
  return report;
}

/** The status of the answer, or null if it was not complete in time. */
function send(
  agent: Agent,
  port: number,
  { method, path, headers, body }: HammerPlan['request'],
  endsMs: number,
): Promise<string | null> {
  return new Promise((resolve) => {
    let isOver = false;
    const length = body === null ? {} : { 'Content-Length': body.length };
    const asked = ask(
      { agent, host: '127.0.0.1', port, method, path, headers: { ...headers, ...length } },
      (answer) => {
        answer.resume();
        answer.on('close', () => resolve(answer.complete ? String(answer.statusCode) : isOver ? null : 'cut'));
      },
    );
    asked.on('error', () => resolve(isOver ? null : 'cut'));
    const giveUp = (): void => {
      isOver = true;
      asked.destroy();
    };
    const timer = setTimeout(giveUp, Math.max(0, endsMs - performance.now()));
    asked.on('close', () => clearTimeout(timer));
    asked.end(body ?? undefined);
  });
}
