// State that changes is in an object that owns it, not in a module. What remains at the top of modules is listed here
// with its reason: caches of pure functions, the threads of a process, and the state of a thread's own script.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../../server');

const PURE_CACHE = 'a cache: the same argument always has the same answer';
const LAST_PAIR = 'a cache of the last pair: the same minute always has the same instant';
const THREADS = 'threads are bounded by the processors and memory of the machine, so the process has one set of them';
const OWN_SCRIPT = 'the state of a thread: this module is its script and nothing imports it';
const AT_START = 'filled while the module loads, and only read afterwards';

const NAMED: Readonly<Record<string, string>> = {
  'actions/import/workbook-worker.ts waiting': OWN_SCRIPT,
  'actions/import/write-workbook.ts writer': THREADS,
  'actions/pack/fingerprints.ts thread': THREADS,
  'actions/people/password.ts slots': THREADS,
  'actions/uploads/open-mark.ts marks': PURE_CACHE,
  'actions/uploads/upload-reader.ts reader': THREADS,
  'domain/calendar.ts zones': PURE_CACHE,
  'scan/negotiate.ts forms': PURE_CACHE,
  'scan/negotiate.ts zips': PURE_CACHE,
  'scan/zipped-shape.ts zippedParts': PURE_CACHE,
  'scan/negotiate.ts languages': PURE_CACHE,
  'scan/not-counted.ts known': PURE_CACHE,
  'scan/place.ts remembered': PURE_CACHE,
  'scan/local-moment.ts clocks': PURE_CACHE,
  'sheet/preview/draw-preview.ts thread': THREADS,
  'sheet/read-back/symbol-reader.ts isReady': 'whether the library of this process has its WebAssembly',
  'sheet/setting/fonts.ts letterAdvances': PURE_CACHE,
  'sheet/setting/fonts.ts opened': PURE_CACHE,
  'sheet/threads/draw-sheet.ts drawThreads': THREADS,
  'sheet/threads/draw-worker.ts running': OWN_SCRIPT,
  'sheet/threads/make-part.ts queue': THREADS,
  'sheet/threads/make-part.ts thread': THREADS,
  'store/sqlite/scan-rows.ts lastInstant': LAST_PAIR,
  'store/sqlite/scan-rows.ts lastMinute': LAST_PAIR,
  'store/sqlite/writer-thread.ts commit': OWN_SCRIPT,
  'web/console/assets.ts assets': AT_START,
  'web/public/mount.ts headerLists': PURE_CACHE,
};

/** Classes whose objects do not change once they are made. */
const UNCHANGING = /^(?:URL|RegExp|Intl|TextEncoder|TextDecoder|Schema|Set|Html)$/;
const TABLES = /^(?:Uint|Int|Float|BigUint)\d+Array$/;

const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** Names at the top of a module whose value can change. */
function statesOf(source: string): string[] {
  const variables = [...source.matchAll(/^(?:export )?(?:let|var) (\w+)/gm)].map(([, name = '']) => name);
  const objects = [...source.matchAll(/^(?:export )?const (\w+)(: [^=]+)? = new (\w+)/gm)];
  const lists = [...source.matchAll(/^(?:export )?const (\w+)(?:: [^=]+)? = (?:\[\]|\{\});/gm)];
  const changing = objects.filter(([, , type = '', made = '']) => {
    if (/^: Readonly(?:Set|Map)</.test(type)) return false;
    return made === 'Set' || !(UNCHANGING.test(made) || TABLES.test(made));
  });
  return [...variables, ...[...changing, ...lists].map(([, name = '']) => name)];
}

test('all of the server is read', () => {
  expect(files.length).toBeGreaterThan(400);
});

test('no module holds state that is not named with its reason', () => {
  const found = files.flatMap((file) =>
    statesOf(readFileSync(join(ROOT, file), 'utf8')).map((name) => `${file} ${name}`),
  );
  expect(found.sort()).toEqual(Object.keys(NAMED).sort());
});

test.each([
  ['let last = 0;', ['last']],
  ['export const open: Job[] = [];', ['open']],
  ['const seen = new Set<string>();', ['seen']],
  ['const KINDS: ReadonlySet<string> = new Set([]);', []],
  ['const known = new Map<string, string>();', ['known']],
  ['  let inside = 0;', []],
])('%s', (source, names) => expect(statesOf(source)).toEqual(names));
