// An outsider's test of our API: schemathesis makes calls from the OpenAPI document of a running demo, as office and as
// admin, two minutes in all. It fails on a 5xx, on a status, content type or shape that the document does not declare,
// and on anything that the service logs as an error. Needs Python 3.11 with venv; the tool itself is installed from
// PyPI, by version and hash (requirements.txt), into a folder of the user's cache.
//
//     node test/schemathesis/run.ts [--seconds 120] [--seed N]

import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const REQUIREMENTS = fileURLToPath(new URL('requirements.txt', import.meta.url));
const NODE_FLAGS = ['--disable-warning=ExperimentalWarning'];
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
];
/**
 * With an id from the lists it would revoke the key that the run itself uses, so it gets a short run with a separate
 * key.
 */
const REVOKE = '/keys/{id}/revoke';
const REVOKE_SECONDS = 5;
const START_MS_MAX = 120_000;
/** Lists whose ids fill the `{id}` of the routes below them. */
const NOUNS = [
  'offices',
  'producers',
  'products',
  'evaluations',
  'certificates',
  'lots',
  'batches',
  'print-jobs',
  'recalls',
  'inspections',
  'complaints',
  'requests',
  'templates',
  'users',
  'keys',
];
const IDS_MAX = 20;
/** How often a route gets an existing id instead of an invented one. */
const REAL_ID_SHARE = 0.8;

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '120' }, seed: { type: 'string' } },
});
const seconds = Number(values.seconds);
const seed = values.seed ?? String(Math.floor(Math.random() * 1_000_000));
const folder = mkdtempSync(join(tmpdir(), 'temtrace-schemathesis-'));
const started: ChildProcess[] = [];
try {
  process.exitCode = await run();
} finally {
  for (const child of started.filter(({ exitCode }) => exitCode === null)) {
    child.kill('SIGTERM');
    await once(child, 'close');
  }
  rmSync(folder, { recursive: true });
}

async function run(): Promise<number> {
  const tool = installTool();
  const settings = { DATA_DIR: join(folder, 'demo'), PORT: '0', LOG_LEVEL: 'error' };
  let logged = '';
  const service = spawn(process.execPath, [...NODE_FLAGS, 'scripts/demo.ts'], {
    cwd: ROOT,
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  started.push(service);
  service.stderr.setEncoding('utf8').on('data', (text: string) => (logged += text));
  const origin = await startedAt(settings.DATA_DIR, service);
  const newKey = (role: string): string => keyOf(role, { ...settings, PUBLIC_ORIGIN: origin });

  const admin = newKey('admin');
  const config = join(folder, 'schemathesis.toml');
  writeFileSync(config, await configOf(origin, admin));
  const each = Math.floor((seconds - REVOKE_SECONDS) / 2);
  const api = `${origin}/api/v1/openapi.json`;
  const runs = [
    ['office', newKey('office'), ['--exclude-path', REVOKE, '--max-time', String(each)]],
    ['admin', admin, ['--exclude-path', REVOKE, '--max-time', String(each)]],
    ['office', newKey('office'), ['--include-path', REVOKE, '--max-time', String(REVOKE_SECONDS)]],
  ] as const;
  let failed = 0;
  for (const [role, key, args] of runs) {
    process.stdout.write(`\n== schemathesis as ${role}, seed ${seed}\n`);
    const request = ['run', api, '--header', `Authorization: Bearer ${key}`, '--checks', CHECKS.join()];
    const how = ['--continue-on-failure', '--warnings', 'off', '--seed', seed, ...args];
    // The tool writes notes into its working folder.
    const { status } = spawnSync(tool, ['--config-file', config, ...request, ...how], {
      cwd: folder,
      stdio: 'inherit',
    });
    if (status !== 0) failed += 1;
  }
  if (logged !== '') process.stdout.write(`\nThe service logged errors:\n${logged}\n`);
  return failed === 0 && logged === '' ? 0 : 1;
}

/**
 * The tool's program. It is installed once for each version of the requirements; an unfinished folder is installed
 * again.
 */
function installTool(): string {
  const list = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 12);
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'temtrace', `schemathesis-${list}`);
  const whole = join(cache, 'whole');
  if (!existsSync(whole)) {
    rmSync(cache, { recursive: true, force: true });
    mkdirSync(cache, { recursive: true });
    execFileSync('python3', ['-m', 'venv', cache], { stdio: 'inherit' });
    const pip = [
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--require-hashes',
      '--requirement',
      REQUIREMENTS,
    ];
    execFileSync(join(cache, 'bin', 'pip'), pip, { stdio: 'inherit' });
    writeFileSync(whole, '');
  }
  return join(cache, 'bin', 'schemathesis');
}

/** The demo's origin, once the demo answers. */
async function startedAt(dataDir: string, child: ChildProcess): Promise<string> {
  const record = join(dataDir, 'demo.json');
  for (const began = Date.now(); Date.now() - began < START_MS_MAX; await wait(200)) {
    if (child.exitCode !== null) throw new Error('the demo ended before it answered');
    if (!existsSync(record)) continue;
    const { origin } = JSON.parse(readFileSync(record, 'utf8')) as { origin: string };
    const isReady = await fetch(`${origin}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return origin;
  }
  throw new Error('the demo did not answer in time');
}

function keyOf(role: string, settings: Record<string, string>): string {
  const args = [...NODE_FLAGS, 'scripts/admin.ts', 'key', 'create', '--role', role, '--name', 'schemathesis'];
  const env = { ...process.env, ...settings };
  return execFileSync(process.execPath, args, { cwd: ROOT, env, encoding: 'utf8' }).trim();
}

/** Gives existing ids to the routes that take one, so that calls get past "there is no such record". */
async function configOf(origin: string, key: string): Promise<string> {
  const dictionaries: string[] = [];
  const operations: string[] = [];
  const api = (await (await fetch(`${origin}/api/v1/openapi.json`)).json()) as { paths: Record<string, object> };
  for (const noun of NOUNS) {
    const headers = { Authorization: `Bearer ${key}` };
    const answer = await fetch(`${origin}/api/v1/${noun}?limit=${IDS_MAX}`, { headers });
    const { items } = (await answer.json()) as { items: { id: string }[] };
    if (items.length === 0) continue;
    dictionaries.push(`[dictionaries.${noun}]\nvalues = ${JSON.stringify(items.map(({ id }) => id))}`);
    for (const path of Object.keys(api.paths).filter((one) => one.startsWith(`/${noun}/{id}`) && one !== REVOKE)) {
      const binding = `{ dictionary = "${noun}", probability = ${REAL_ID_SHARE} }`;
      operations.push(`[[operations]]\ninclude-path = "${path}"\nparameters = { "path.id" = ${binding} }`);
    }
  }
  return `${[...dictionaries, ...operations].join('\n\n')}\n`;
}
