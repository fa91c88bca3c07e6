// What a person waits for, in an office that grows: each page, list and export, and how long the server's thread stood
// still meanwhile. The routes are the console's and the API's own lists, so a new page is measured by itself.

import { setTimeout as wait } from 'node:timers/promises';
import { allRoutes } from '../../server/web/api/routes.ts';
import { consoleRoutes } from '../../server/web/console/routes.ts';
import { BASE } from './growth-registry.ts';
import { median, type Figure } from './figure.ts';
import { startServer, type MeasuredServer } from './processes.ts';

/** Answers of one route that count, after the first. */
const ANSWERS = 5;
/** Of a page, list or search; the office's home; and the first byte of an export. */
const BOUNDS_MS = { page: 100, home: 200, export: 1_000 } as const;
/** A file that somebody asked for. */
const EXPORT = /\/export\/|\.(?:xlsx|csv|pdf)$/;
/** The longest that the server's thread may stand still. */
const STALL_MS_MAX = 50;
/** A warm-up of at most so long, before the first answers count. */
const WARM_UP_MS = 10_000;

interface Asked {
  name: string;
  path: string;
  headers: Record<string, string>;
  boundMs: number;
}

export interface GrowthRow extends Pick<Asked, 'name' | 'boundMs'> {
  status: number;
  firstMs: number;
  /** Median to the first byte. */
  ms: number;
  stallMs: number;
}

/** @param factor of BASE */
export async function growthRows(
  folder: string,
  factor: number,
  { warmUpMs }: { warmUpMs: number } = { warmUpMs: WARM_UP_MS },
): Promise<GrowthRow[]> {
  const server = await startServer('temtrace', folder, 1_000, { growth: factor });
  try {
    const asked = askedOf(server);
    await wait(warmUpMs);
    const rows: GrowthRow[] = [];
    for (const one of asked) rows.push(await rowOf(server, one));
    return rows;
  } finally {
    await server.stop();
  }
}

export async function measureGrowth(folder: string, factors: readonly number[]): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const factor of factors) {
    const rows = await growthRows(`${folder}/${factor}`, factor);
    const size = `${BASE.batches * factor} batches, ${BASE.products * factor} products, ${BASE.tallies * factor} tallies`;
    for (const { name, status, firstMs, ms, stallMs, boundMs } of rows.toSorted((a, b) => b.ms - a.ms))
      figures.push({
        part: 'growth',
        what: `${name} (${status}), ${size}`,
        unit: 'ms to the first byte',
        ours: ms,
        beside: [],
        targets: [
          { what: 'ms', bound: boundMs, rule: 'at most', measured: ms },
          { what: 'ms of the longest stall', bound: STALL_MS_MAX, rule: 'at most', measured: stallMs },
        ],
        notes: [`first ${firstMs.toFixed(0)} ms`],
      });
  }
  return figures;
}

/** Every GET without a parameter of its own, those of one record with the bench's records, and the exports. */
function askedOf({ hostile, apiKey }: MeasuredServer): Asked[] {
  if (hostile === null) throw new Error('the measured server has no people');
  const { ids, cookies } = hostile;
  const filled = (path: string): string | null => {
    const named = path.replace(/\/(\w+)\/:(?:id|batchId|producerId)\b/g, (whole, noun: string) =>
      ids[noun] === undefined ? whole : `/${noun}/${ids[noun]}`,
    );
    return named.includes(':') || named.includes('*') ? null : named;
  };
  const asked: Asked[] = [];
  const boundOf = (path: string): number =>
    path === '/console' ? BOUNDS_MS.home : EXPORT.test(path) ? BOUNDS_MS.export : BOUNDS_MS.page;
  const gets = consoleRoutes.filter(({ method }) => method === 'get').map(({ path }) => path);
  const exports = ['producers', 'products'].flatMap((kind) => [`/console/export/${kind}/csv`]);
  for (const role of ['office', 'producer'] as const)
    for (const path of new Set([...gets.map(filled), ...(role === 'office' ? exports : [])]))
      if (path !== null)
        asked.push({ name: `${role} ${path}`, path, headers: { Cookie: cookies[role] }, boundMs: boundOf(path) });
  for (const { method, path } of allRoutes) {
    const full = method === 'get' ? filled(path.replaceAll(/\{(\w+)\}/g, ':$1')) : null;
    if (full === null || full.includes('sheet.') || full.includes('codes.csv')) continue;
    const headers = { Authorization: `Bearer ${apiKey}` };
    asked.push({ name: `api ${full}`, path: `/api/v1${full}`, headers, boundMs: BOUNDS_MS.page });
  }
  return asked;
}

async function rowOf(server: MeasuredServer, asked: Asked): Promise<GrowthRow> {
  await server.stallMs();
  const first = await answerOf(server, asked);
  const times: number[] = [];
  for (let n = 0; n < ANSWERS; n += 1) times.push((await answerOf(server, asked)).ms);
  const stallMs = await server.stallMs();
  const { name, boundMs } = asked;
  process.stderr.write(`  ${median(times).toFixed(0).padStart(6)} ms, stall ${stallMs.toFixed(0)} ms  ${name}\n`);
  return { name, boundMs, status: first.status, firstMs: first.ms, ms: median(times), stallMs };
}

async function answerOf({ port }: MeasuredServer, { path, headers }: Asked): Promise<{ status: number; ms: number }> {
  const began = performance.now();
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers, redirect: 'manual' });
  const ms = performance.now() - began;
  await answer.arrayBuffer();
  return { status: answer.status, ms };
}
