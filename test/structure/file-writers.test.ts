// What writes files. A file in the store goes through keepFile, a print file through checkPrintRoom; both check the
// reserve of free disk. All other code of the service that writes to a disk is listed here with its reason.

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../..');

const WRITERS: Readonly<Record<string, string>> = {
  'server/kit/folder.ts': 'makes folders and syncs them',
  'server/master-key.ts': 'the key, once, of 32 bytes',
  'server/store/head-beside.ts': 'the end of the chain, of constant length',
  'server/store/sqlite/answered-count.ts': 'a count, of constant length',
  'server/store/backup/seal-file.ts': 'a backup, where the operator says',
  'server/store/mongo/moving/snapshot.ts': 'scans of a backup under way, in a folder that goes with it',
  'server/store/sqlite/moving/refill.ts': 'a store that is restored, in an empty place',
  'server/store/sqlite/open.ts': 'the database, which the reserve is for',
  'server/sheet/threads/part-file.ts': 'print files: those who have one made ask for room first',
  'server/actions/uploads/resident-watch.ts': 'a setting of the system, in /proc',
};

const WRITES =
  /\b(?:writeFile|appendFile|createWriteStream|copyFile|mkdtemp|openSync|renameSync|writeSync|mkdirSync)\w*\(|fs\.open\(/;

function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map(({ parentPath, name }) => relative(ROOT, join(parentPath, name)));
}

const sources = filesIn('server').map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));

/** Reading opens files too. */
function writes(text: string): boolean {
  return WRITES.test(text.replaceAll(/openSync\([^)]*'r'\)/g, ''));
}

test('no part of the service writes to a disk that is not named here with its reason', () => {
  const writers = sources.filter(({ text }) => writes(text)).map(({ path }) => path);
  expect(writers.toSorted()).toEqual(Object.keys(WRITERS).toSorted());
});

test('one place puts files into the store, and it asks for room first', () => {
  const puts = sources.filter(({ path, text }) => /\bfiles\.put\(/.test(text) && !path.startsWith('server/store/'));
  expect(puts.map(({ path }) => path)).toEqual(['server/actions/kit/keep-file.ts']);
  expect(puts[0]?.text).toMatch(/checkRoom\([\s\S]*files\.put\(/);
});

test('whoever has a print file made asks for room first', () => {
  const makers = sources.filter(({ text }) => /jobFiles\.makePart\(|\bmakePart\(\s*\{/.test(text));
  expect(makers.map(({ path }) => path)).not.toEqual([]);
  const demo = 'scripts/demo/papers.ts';
  makers.push({ path: demo, text: readFileSync(join(ROOT, demo), 'utf8') });
  for (const { path, text } of makers) expect([path, text.includes('checkPrintRoom(')]).toEqual([path, true]);
});
