// The performance table: `npm run bench`, `-- --only NAME`, `-- --template ID` (or all), `-- --quick`, `-- --json`.
// Needs no network. docs/performance.md describes the method.
//
// Each figure is shown with its naive way and its floor, measured in the same run. A missed target is shown but is not
// an error, because the machine may be slow; with `--strict` it is. Exit 1 if something could not be measured.

import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { TEMPLATE_FOLDER } from './admin/open-store.ts';
import { measureCodes } from './bench/codes.ts';
import { isMet, tableOf, type Figure } from './bench/figure.ts';
import { measureGrowth } from './bench/growth.ts';
import { measureGroupCommit } from './bench/group-commit.ts';
import { measureHostile, WORST_ROUTES } from './bench/hostile.ts';
import { measureIssue } from './bench/issue.ts';
import { measureLookUps } from './bench/look-ups.ts';
import { measureSheets } from './bench/sheets.ts';
import { measureStreaming } from './bench/streaming.ts';
import { measureSymbols } from './bench/symbols.ts';

interface Part {
  name: string;
  about: string;
  /** Takes so long that it runs only when it is named. */
  isAsked?: true;
  /** @param folder an empty folder on the disk that the data would use */
  measure: (folder: string, quick: boolean, templates: readonly string[]) => Promise<Figure[]>;
}

const ROUNDS = 5;
const ROUNDS_QUICK = 2;
const rounds = (quick: boolean): number => (quick ? ROUNDS_QUICK : ROUNDS);

const PARTS: readonly Part[] = [
  {
    name: 'codes',
    about: 'codes in bulk against one by one and against the bare cipher',
    measure: (_folder, quick) => measureCodes({ rounds: rounds(quick) }),
  },
  {
    name: 'symbols',
    about: 'QR symbols against the qrcode library',
    measure: (_folder, quick) => measureSymbols({ rounds: rounds(quick) }),
  },
  {
    name: 'sheets',
    about: 'print files against pdfkit with qrcode, and against the compressor',
    measure: (_folder, quick, templates) => measureSheets({ rounds: rounds(quick), templates }),
  },
  {
    name: 'issue',
    about: 'time and bytes of a batch by its quantity',
    measure: (folder, quick) => measureIssue(folder, { rounds: rounds(quick), batches: quick ? 10 : 40 }),
  },
  {
    name: 'look-ups',
    about: 'durable look-ups against hello world; one connection against the disk',
    measure: (folder, quick) => measureLookUps(folder, { rounds: rounds(quick), requests: quick ? 5_000 : 20_000 }),
  },
  {
    name: 'group-commit',
    about: 'scans that share a commit against one commit per scan',
    measure: (folder, quick) => measureGroupCommit(folder, { rounds: rounds(quick), scans: quick ? 5_000 : 20_000 }),
  },
  {
    name: 'streaming',
    about: 'memory and look-ups while a million stamps stream',
    measure: (folder, quick, templates) =>
      measureStreaming(folder, { stamps: quick ? 200_000 : 1_000_000, loadRequests: quick ? 500 : 2_000, templates }),
  },
  {
    name: 'growth',
    about: 'pages, lists and exports of an office that grows 10 and 100 times (ten minutes; --quick: 10 times)',
    isAsked: true,
    measure: (folder, quick) => measureGrowth(folder, quick ? [10] : [10, 100]),
  },
  {
    name: 'hostile',
    about: 'scans beside 16 connections that hammer one route, for each route and role (an hour; --quick: the worst)',
    isAsked: true,
    measure: (folder, quick) =>
      measureHostile(folder, quick ? { seconds: 4, only: ({ name }) => WORST_ROUTES.includes(name) } : { seconds: 3 }),
  },
];

/** Templates of sheets and labels, without the test page. Without `--template`, only the default is measured. */
const TEMPLATES = readdirSync(TEMPLATE_FOLDER)
  .filter((file) => file.endsWith('.json') && !['template.schema.json', 'test-grid.json'].includes(file))
  .map((file) => basename(file, '.json'));
const DEFAULT_TEMPLATE = 'a4-65';

await main();

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean' },
      quick: { type: 'boolean' },
      strict: { type: 'boolean' },
      help: { type: 'boolean' },
      only: { type: 'string', multiple: true },
      template: { type: 'string', multiple: true, default: [DEFAULT_TEMPLATE] },
    },
  });
  if (values.help === true) {
    const list = PARTS.map(({ name, about }) => `  ${name.padEnd(14)}${about}`).join('\n');
    process.stdout.write(
      `npm run bench -- [--quick] [--json] [--strict] [--only NAME]... [--template ID]...\n\n${list}\n`,
    );
    return;
  }
  const unknown = (values.only ?? []).filter((name) => !PARTS.some((part) => part.name === name));
  if (unknown.length > 0)
    throw new Error(`There is no part ${unknown.join(', ')}: ${PARTS.map(({ name }) => name).join(', ')}`);
  const parts = PARTS.filter(({ name, isAsked }) =>
    values.only === undefined ? isAsked !== true : values.only.includes(name),
  );
  const templates = values.template.includes('all') ? TEMPLATES : values.template;
  const strange = templates.filter((id) => !TEMPLATES.includes(id));
  if (strange.length > 0) throw new Error(`There is no template ${strange.join(', ')}: all, ${TEMPLATES.join(', ')}`);
  const quick = values.quick === true;
  const figures: Figure[] = [];
  for (const part of parts) {
    process.stderr.write(`${part.name} …\n`);
    try {
      figures.push(...(await inFolder((folder) => part.measure(folder, quick, templates))));
    } catch (error) {
      // Keep the figures of the other parts, which took minutes.
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.stderr.write(`${part.name} could not be measured: ${why}\n`);
      process.exitCode = 1;
    }
  }
  if (values.strict === true && !figures.every(({ targets }) => targets.every(isMet))) process.exitCode = 1;
  const machine = {
    cpu: cpus()[0]?.model ?? '',
    cores: cpus().length,
    node: process.version,
    sqlite: process.versions['sqlite'] ?? '',
  };
  const taken = { at: new Date().toISOString(), machine, quick, rounds: rounds(quick) };
  if (values.json === true) process.stdout.write(`${JSON.stringify({ ...taken, figures })}\n`);
  else {
    const on = `${machine.cores} x ${machine.cpu}, Node ${machine.node}, SQLite ${machine.sqlite}`;
    const how = `medians of ${taken.rounds} interleaved rounds${quick ? ' (quick)' : ''}`;
    process.stdout.write(`${on}; ${how}\n\n${tableOf(figures)}\n`);
  }
}

/**
 * Gives `work` a folder on the project's disk, then deletes it. A temporary folder may be in memory, where commits cost
 * nothing.
 */
async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const data = resolve('data');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const folder = mkdtempSync(join(data, 'bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
