// Answered scans survive: the log is on the disk before the answer's first byte (checked in the system calls, because
// killing a process alone loses nothing that the kernel holds), and a process killed at any moment leaves an intact
// store.

import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { verifyChain } from '../../server/domain/audit/audit-chain.ts';
import { openReading, prepare, rowsOf, valueOf } from '../../server/store/sqlite/connection.ts';
import { openSqliteStore } from '../../server/store/sqlite/open.ts';
import { MADE_AT, TIME_ZONE } from '../fixtures/records/cast.ts';
import { callsOf, isDurableBefore } from './system-calls.ts';

jest.setTimeout(240_000);

const STRACE = '/usr/bin/strace';
const NODE = [process.execPath, '--disable-warning=ExperimentalWarning'] as const;
const SCANS = 12;
const ROUNDS = 20;

const folder = mkdtempSync(join(tmpdir(), 'temtrace-durability-'));
afterAll(() => rmSync(folder, { recursive: true }));

const program = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

describe('the log is on the disk before the answer', () => {
  beforeAll(() => {
    if (!existsSync(STRACE)) throw new Error(`${STRACE} is missing: this suite cannot be run without it`);
  });

  /** Runs scan-and-say under strace. Returns its output and its system calls. */
  async function traced(
    name: string,
    synchronous: 'FULL' | 'OFF',
    options: string[],
  ): Promise<{ said: string[]; trace: string; path: string }> {
    const path = join(folder, `${name}.db`);
    const traceFile = join(folder, `${name}.trace`);
    const command = [...NODE, program('./scan-and-say.ts'), path, synchronous, String(SCANS)];
    const { stdout } = await promisify(execFile)(
      STRACE,
      ['-f', '-qq', '-y', '-s', '8192', '-o', traceFile, ...options, ...command],
      { maxBuffer: 1e8 },
    );
    return { said: stdout.trim().split('\n'), trace: readFileSync(traceFile, 'latin1'), path };
  }
  const CALLS = ['-e', 'trace=fsync,fdatasync,pwrite64,write,writev,sendto,sendmsg'];

  test.each([
    ['FULL', true],
    ['OFF', false],
  ] as const)('with synchronous %s: %p for every scan', async (synchronous, durable) => {
    const { said, trace, path } = await traced(`order-${synchronous}`, synchronous, CALLS);
    expect(said).toEqual(Array.from({ length: SCANS }, (_, i) => `answered ${i + 1}`));
    const calls = callsOf(trace);
    const verdicts = said.map((answer, i) =>
      isDurableBefore(calls, { log: `${path}-wal`, holds: `scan-number-${i + 1}`, answer }),
    );
    expect(verdicts).toEqual(said.map(() => durable));
  });

  test('a disk that fails once while committing refuses that scan as of unknown fate, and no other', async () => {
    // The store already exists, so that the sixth sync is a scan's, however many steps its creation took.
    await (
      await openSqliteStore({
        path: join(folder, 'fails.db'),
        rowKey: new Uint8Array(32).fill(7),
        now: () => new Date(MADE_AT),
        timeZone: TIME_ZONE,
      })
    ).close();
    const failOnce = [
      '-P',
      join(folder, 'fails.db-wal'),
      '-e',
      'trace=fsync,fdatasync',
      '-e',
      'inject=fsync,fdatasync:error=EIO:when=6',
    ];
    const { said, path } = await traced('fails', 'FULL', failOnce);
    const refused = said.filter((answer) => !answer.startsWith('answered'));
    expect(refused).toEqual([expect.stringMatching(/^unknown-commit \d+$/)]);
    const db = openReading(path);
    const serials = rowsOf(prepare(db, 'select serial from scan')).map(([serial]) => `answered ${String(serial)}`);
    db.close();
    expect(serials).toEqual(expect.arrayContaining(said.filter((answer) => answer.startsWith('answered'))));
  });
});

describe('a process killed at any moment', () => {
  const path = join(folder, 'killed.db');
  const scans = new Map<string, number>();
  const batches = new Set<string>();

  /** Lets the program write for this long after its first output, kills it, and returns its output. */
  function killAfter(round: number, ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const child = spawn(NODE[0], [NODE[1], program('./write-until-killed.ts'), path, String(round)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let said = '';
      child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), ms));
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString('latin1');
      });
      child.on('error', reject);
      child.on('close', (_, signal) => {
        if (signal !== 'SIGKILL') reject(new Error('the program ended by itself'));
        for (const line of said.split('\n').slice(0, -1)) note(line.split(' '));
        resolve();
      });
    });
  }

  function note([kind, id, serial]: string[]): void {
    if (kind === 'scan' && id !== undefined) scans.set(id, Number(serial));
    if (kind === 'batch' && id !== undefined) batches.add(id);
  }

  /** Everything that must not happen: acknowledged but missing, half-made, or a damaged file. */
  async function findings(): Promise<string[]> {
    const store = await openSqliteStore({
      path,
      rowKey: new Uint8Array(32).fill(7),
      now: () => new Date(MADE_AT),
      timeZone: TIME_ZONE,
    });
    const db = openReading(path);
    const found: string[] = [];
    const serialOf = new Map(
      rowsOf(prepare(db, 'select id, serial from scan')).map(([id, serial]) => [String(id), Number(serial)]),
    );
    for (const [id, serial] of scans) if (serialOf.get(id) !== serial) found.push(`scan ${id} is missing`);
    const tallied = rowsOf(prepare(db, 'select serial, scans from tally order by serial'));
    const counted = rowsOf(prepare(db, 'select serial, count(*) from scan group by serial order by serial'));
    if (JSON.stringify(tallied) !== JSON.stringify(counted)) found.push('tallies differ from their scans');
    if (valueOf(db, 'select scans from batch_tally') !== serialOf.size)
      found.push('the batch tally differs from its scans');

    const made = rowsOf(prepare(db, 'select id from batches')).map(([id]) => String(id));
    for (const id of batches) if (!made.includes(id)) found.push(`batch ${id} is missing`);
    const { seq } = await store.audit.head();
    if (seq !== made.length || valueOf(db, 'select count(*) from request_key') !== made.length)
      found.push('a batch is half-made');
    for (const id of made.slice(-20)) {
      const whole =
        (await store.batches.get(id)) !== null &&
        (await store.audit.firstOf(`batch:${id}`)) !== null &&
        (await store.findRequest(id)) !== null;
      if (!whole) found.push(`batch ${id} is half-made`);
    }
    const chain = verifyChain(await store.audit.read(1, seq));
    if (!chain.ok) found.push(`the chain breaks at ${chain.seq}`);
    if (valueOf(db, 'pragma integrity_check') !== 'ok') found.push('the file is damaged');
    db.close();
    await store.close();
    return found;
  }

  test(`${ROUNDS} times under load loses nothing that was acknowledged, and leaves nothing half-made`, async () => {
    let moment = 20_261_124;
    for (let round = 1; round <= ROUNDS; round += 1) {
      moment = (moment * 1_103_515_245 + 12_345) % 2_147_483_648;
      await killAfter(round, moment % 300);
      expect(await findings()).toEqual([]);
    }
    expect(scans.size).toBeGreaterThan(ROUNDS * 10);
    expect(batches.size).toBeGreaterThan(ROUNDS);
  });
});
