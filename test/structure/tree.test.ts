// Rules of the tree itself: small folders, small files, lines that fit, and no export that nothing imports.

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER_FILES_MAX = 30;
const FILE_LINES_MAX = 350;
const LINE_COLUMNS_MAX = 120;
/** Columns that a long line may have besides its longest text: a test's title or a message is not broken. */
const BESIDE_TEXT_COLUMNS_MAX = 60;
/** The words of the pages are tables of long texts. */
const TABLES = ['server/web/words/'];

interface Source {
  path: string;
  lines: readonly string[];
}

const folders = ['inspect', 'server', 'scripts', 'test'].flatMap((top) => foldersIn(join(ROOT, top)));
const sources: readonly Source[] = folders.flatMap((folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|js|mjs|cjs)$/.test(entry.name))
    .map(({ name }) => ({
      path: relative(ROOT, join(folder, name)),
      lines: readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'),
    })),
);
const code = sources.filter(({ path }) => !TABLES.some((table) => path.startsWith(table)));

function foldersIn(folder: string): string[] {
  const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [folder, ...below.flatMap(({ name }) => foldersIn(join(folder, name)))];
}

test('the rules are read over the whole tree', () => {
  expect(sources.length).toBeGreaterThan(500);
});

test(`no folder has more than ${FOLDER_FILES_MAX} files`, () => {
  const large = folders
    .map((folder) => [relative(ROOT, folder), readdirSync(folder, { withFileTypes: true })] as const)
    .map(([folder, entries]) => [folder, entries.filter((entry) => entry.isFile()).length] as const)
    .filter(([, files]) => files > FOLDER_FILES_MAX);
  expect(large).toEqual([]);
});

test(`no file has more than ${FILE_LINES_MAX} lines`, () => {
  const long = code.filter(({ lines }) => lines.length > FILE_LINES_MAX);
  expect(long.map(({ path, lines }) => [path, lines.length])).toEqual([]);
});

test(`no line has more than ${LINE_COLUMNS_MAX} columns, but for one long text`, () => {
  const wide = code.flatMap(({ path, lines }) =>
    lines.flatMap((line, at) =>
      Array.from(line).length <= LINE_COLUMNS_MAX || isOneText(line) ? [] : [`${path}:${at + 1}`],
    ),
  );
  expect(wide).toEqual([]);
});

/** Whether a line is long because of one string, template or pattern in it. */
function isOneText(line: string): boolean {
  const texts = line.match(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|\/(?:[^/\\]|\\.)+\//g) ?? [];
  const longest = Math.max(0, ...texts.map((text) => text.length));
  return longest > 0 && line.length - longest <= BESIDE_TEXT_COLUMNS_MAX;
}

test('no exported value is without an importer', () => {
  const imported = new Set(sources.flatMap(({ lines }) => importedNames(lines.join('\n'))));
  const idle = sources.flatMap(({ path, lines }) =>
    exportedNames(lines.join('\n'))
      .filter((name) => !imported.has(name))
      .map((name) => `${path} ${name}`),
  );
  expect(idle).toEqual([]);
});

/** Types are left out: they describe what an exported function takes or returns. */
function exportedNames(text: string): string[] {
  const declared = /^export (?:async )?(?:function\*?|const|let|class) (\w+)/gm;
  return [...text.matchAll(declared)].map(([, name = '']) => name);
}

function importedNames(text: string): string[] {
  const named = text.matchAll(/(?:import|export)\b(?:[^;'"]*?)\{([^}]*)\}\s*from\s*'/g);
  const destructured = text.matchAll(/const \{([^}]*)\} = (?:\(?await )?import\(/g);
  const picked = text.matchAll(/import\([^)]*\)\)?\.(\w+)/g);
  const whole = [...text.matchAll(/(?:const (\w+) = await import\(|import \* as (\w+) from)/g)].flatMap(
    ([, later = '', first = '']) => [...text.matchAll(new RegExp(`\\b${later}${first}\\.(\\w+)`, 'g'))],
  );
  return [...named, ...destructured, ...picked, ...whole].flatMap(([, list = '']) =>
    list.split(',').map(
      (name) =>
        name
          .trim()
          .replace(/^type /, '')
          .split(/ as |:/)[0]
          ?.trim() ?? '',
    ),
  );
}
