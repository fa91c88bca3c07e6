// Everything that the service makes of one fixed data set (data-set.ts) stays the same to the byte: print files,
// tables, answers, pages. hashes.json has one SHA-256 per name; a restructuring of the code changes none of them.
//
// To change something on purpose:
//   GOLDEN_WRITE=1 npm run jest -- --selectProjects unit -w 1 --testPathPatterns test/golden
// writes hashes.json again. Review its diff: each changed line is a file or a page that people get.
// GOLDEN_KEEP=/some/folder also stores the bytes there, so that two runs can be compared with diff.
//
// The bytes also depend on the pinned versions of Node (zlib, ICU), pdfkit and sharp: an update of one may change
// hashes, which are then reviewed the same way.

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { closeSheetWorkers } from '../../server/sheet/threads/draw-sheet.ts';
import { openTestApi, type TestApi } from '../fixtures/api.ts';
import { collect, type Collected } from './artefacts.ts';
import type { Artefacts } from './collector.ts';
import { makeDataSet } from './data-set.ts';

type Hashes = Record<string, string>;

const HASHES = new URL('hashes.json', import.meta.url);
const SECTIONS = ['files', 'console'] as const;
/** With fewer names than these something went wrong in the collection, whatever hashes.json says. */
const NAMES_MIN = { files: 340, console: 80 };

let api: TestApi;
let collected: Collected;

beforeAll(async () => {
  api = await openTestApi();
  collected = await collect(api, await makeDataSet(api));
  keep();
  if (process.env['GOLDEN_WRITE'] === '1') {
    const hashes = Object.fromEntries(SECTIONS.map((section) => [section, hashesOf(collected[section])]));
    writeFileSync(HASHES, `${JSON.stringify(hashes, null, 2)}\n`);
  }
}, 60_000);
afterAll(async () => {
  await api.close();
  await closeSheetWorkers();
});

describe('one data set gives the same as before, to the byte', () => {
  test('files, answers and public pages: none differs, none is missing, none is new', () => {
    expect(differences('files')).toEqual({ changed: [], missing: [], added: [] });
  });

  test('pages behind the login: none differs, none is missing, none is new', () => {
    expect(differences('console')).toEqual({ changed: [], missing: [], added: [] });
  });

  test('there is enough of it to tell, and nothing failed on the way', () => {
    for (const section of SECTIONS) expect(collected[section].size).toBeGreaterThanOrEqual(NAMES_MIN[section]);
    expect(api.logged).toEqual([]);
  });

  test('names stand sorted in hashes.json, so that a diff of it is read', () => {
    for (const section of SECTIONS) {
      const names = Object.keys(kept()[section]);
      expect(names).toEqual(names.toSorted());
    }
  });
});

function differences(section: (typeof SECTIONS)[number]): { changed: string[]; missing: string[]; added: string[] } {
  const [before, now] = [kept()[section], hashesOf(collected[section])];
  return {
    changed: Object.keys(now).filter((name) => before[name] !== undefined && before[name] !== now[name]),
    missing: Object.keys(before).filter((name) => now[name] === undefined),
    added: Object.keys(now).filter((name) => before[name] === undefined),
  };
}

function kept(): Record<(typeof SECTIONS)[number], Hashes> {
  return JSON.parse(readFileSync(HASHES, 'utf8')) as Record<(typeof SECTIONS)[number], Hashes>;
}

function hashesOf(artefacts: Artefacts): Hashes {
  const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
  const lines = [...artefacts].map(([name, bytes]) => [name, hashOf(bytes)] as const);
  return Object.fromEntries(lines.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function keep(): void {
  const folder = process.env['GOLDEN_KEEP'];
  if (folder === undefined || folder === '') return;
  for (const section of SECTIONS) {
    mkdirSync(join(folder, section), { recursive: true });
    for (const [name, bytes] of collected[section]) {
      writeFileSync(join(folder, section, name.replaceAll('/', '~').slice(0, 200)), bytes);
    }
  }
}
