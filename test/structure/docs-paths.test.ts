// Every file, folder and npm command that a documentation page names exists.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../..');
const SKIPPED: ReadonlySet<string> = new Set(['node_modules', '.git', 'data', 'coverage']);

/** Words in code style that look like paths of the tree but are not, each with its reason. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'dist/': 'said not to exist',
  'node_modules/.bin': 'made by npm',
  'temtrace.cdx.json': 'made by a command',
  'secrets/mongo.operator': 'an operator’s own file',
  'data/demo/demo.json': 'made by the demo',
  './data': 'made at the first start',
  'Asia/Ho_Chi_Minh': 'a time zone',
  'application/problem+json': 'a media type',
  '@node-rs/argon2': 'a package',
  'print/domain': 'a folder that was not chosen',
  'print/web': 'a folder that was not chosen',
};

/** Placeholders in upper case stand for any name: ROOM, NOUN, DATA_DIR. */
const PLACEHOLDER = /(?:^|[/.-])[A-Z][A-Z_-]{2,}(?=[/.-]|$)/;
const PATH = /^(?:[\w.@-]+\/)+[\w.@-]*$|^[\w@-][\w.@-]*\.(?:ts|js|mjs|cjs|md|json|sql|yaml|yml|css|svg|csv|sh|toml)$/;

const files = filesBelow(ROOT);
const pages = files.filter((file) => file.endsWith('.md'));
const paths = new Set(files.flatMap((file) => [file, ...foldersOf(file)]));
const names = new Set([...paths].map((path) => path.split('/').at(-1) ?? ''));
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [relative(ROOT, path)];
  });
}

function foldersOf(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}

/** Words in code style, each with its page. */
function wordsOf(page: string): string[] {
  const text = readFileSync(join(ROOT, page), 'utf8').replaceAll(/^```[\s\S]*?^```/gm, '');
  return [...text.matchAll(/`([^`\n]+)`/g)].flatMap(([, code = '']) => code.split(/[\s,;()]+/)).map(bare);
}

function bare(word: string): string {
  return word.replace(/^["']/, '').replace(/["'.:]$/, '');
}

/** A whole path, a path relative to the page’s folder, or a file name that the tree has somewhere. */
function isThere(page: string, word: string): boolean {
  const path = word.replace(/\/$/, '');
  if (paths.has(path) || paths.has(join(dirname(page), path))) return true;
  return !path.includes('/') && names.has(path);
}

test('the pages are read', () => {
  expect(pages.length).toBeGreaterThan(25);
});

test('every path that a page names is in the tree', () => {
  const missing = pages.flatMap((page) =>
    wordsOf(page)
      .filter((word) => PATH.test(word) && !PLACEHOLDER.test(word) && ELSEWHERE[word] === undefined)
      .filter((word) => !isThere(page, word))
      .map((word) => `${page}: ${word}`),
  );
  expect(missing).toEqual([]);
});

test('every link to a file leads to one', () => {
  const broken = pages.flatMap((page) => {
    const text = readFileSync(join(ROOT, page), 'utf8');
    return [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
      .map(([, link = '']) => link)
      .filter((link) => !paths.has(join(dirname(page), link).replace(/\/$/, '')))
      .map((link) => `${page}: ${link}`);
  });
  expect(broken).toEqual([]);
});

test('every npm command that a page names is one of package.json', () => {
  const unknown = pages.flatMap((page) => {
    const text = readFileSync(join(ROOT, page), 'utf8');
    return [...text.matchAll(/\bnpm run (?:-s )?([a-z][\w:-]*)/g)]
      .map(([, name = '']) => name)
      .filter((name) => scripts[name] === undefined)
      .map((name) => `${page}: ${name}`);
  });
  expect(unknown).toEqual([]);
});
