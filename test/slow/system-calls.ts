// Parses the output of `strace -f -y`: which calls ended in which order, over all threads.

export interface SystemCall {
  name: string;
  /** Arguments and result, as strace prints them; `-y` names the file behind each descriptor. */
  text: string;
  /** Lines of the trace on which it started and ended: one thread's call may span those of others. */
  began: number;
  ended: number;
}

const UNFINISHED = ' <unfinished ...>';

export function callsOf(trace: string): SystemCall[] {
  const calls: SystemCall[] = [];
  const open = new Map<string, { name: string; text: string; began: number }>();
  for (const [at, line] of trace.split('\n').entries()) {
    const [, thread = '', rest = ''] = /^(\d+) +(.*)$/s.exec(line) ?? [];
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/s.exec(rest);
    if (resumed !== null) {
      const begun = open.get(thread);
      open.delete(thread);
      if (begun !== undefined) calls.push({ ...begun, text: begun.text + (resumed[1] ?? ''), ended: at });
      continue;
    }
    const [, name] = /^(\w+)\(/.exec(rest) ?? [];
    if (name === undefined) continue;
    if (rest.endsWith(UNFINISHED)) open.set(thread, { name, text: rest.slice(0, -UNFINISHED.length), began: at });
    else calls.push({ name, text: rest, began: at, ended: at });
  }
  return calls;
}

/**
 * Whether the log that contains these bytes was forced to disk before the answer began: after the last write of these
 * bytes to the log, a sync of the log succeeded, and only then the answer was written.
 */
export function isDurableBefore(
  calls: readonly SystemCall[],
  of: { log: string; holds: string; answer: string },
): boolean {
  const answer = calls.find(
    ({ name, text }) =>
      /^(write|writev|sendto|sendmsg)$/.test(name) && text.includes(of.answer) && !text.includes(of.log),
  );
  if (answer === undefined) return false;
  const ofLog = calls.filter(({ text, ended }) => text.includes(`<${of.log}>`) && ended < answer.began);
  const written = ofLog.filter(({ name, text }) => name === 'pwrite64' && text.includes(of.holds)).at(-1);
  if (written === undefined) return false;
  return ofLog.some(
    ({ name, text, began }) => /^f(data)?sync$/.test(name) && began > written.ended && text.trimEnd().endsWith('= 0'),
  );
}
