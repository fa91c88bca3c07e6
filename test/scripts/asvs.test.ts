// The table of OWASP ASVS 5.0.0 lists each requirement of levels 1 and 2 once, and names only files that exist.

import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

/** How many requirements of levels 1 and 2 each section starts with; its others are of level 3. */
const SECTIONS = [
  '1.1:2 1.2:9 1.3:11 1.4:3 1.5:2',
  '2.1:3 2.2:3 2.3:4 2.4:1',
  '3.2:2 3.3:4 3.4:6 3.5:5 3.7:2',
  '4.1:3 4.2:1 4.3:2 4.4:4',
  '5.1:1 5.2:3 5.3:2 5.4:3',
  '6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4',
  '7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2',
  '8.1:2 8.2:3 8.3:1 8.4:1',
  '9.1:3 9.2:4',
  '11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1',
  '12.1:3 12.2:2 12.3:4',
  '13.1:1 13.2:5 13.3:2 13.4:5',
  '14.1:2 14.2:4 14.3:3',
  '15.1:3 15.2:3 15.3:7',
  '16.1:1 16.2:5 16.3:4 16.4:3 16.5:3',
].flatMap((chapter) =>
  chapter.split(' ').map((pair) => {
    const [section = '', count = ''] = pair.split(':');
    return [section, Number(count)] as const;
  }),
);
/** These chapters are about OAuth and WebRTC, which we do not have. */
const WHOLE_CHAPTERS: Readonly<Record<string, number>> = { V10: 29, V17: 7 };
const OF_LEVEL_2 = 253;
const STATES = ['yes', 'partly', 'no', 'proxy', 'none'];

const text = readFileSync('docs/asvs.md', 'utf8');
const rows = [...text.matchAll(/^\| (V?\d[\d.]*) \| (.+?) \| (.*?) \| (.*?)\|$/gm)].map(
  ([, number = '', what = '', state = '', where = '']) => ({ number, what, state, where: where.trim() }),
);

test('each requirement of levels 1 and 2 has its line, in order', () => {
  const numbers = SECTIONS.flatMap(([section, count]) =>
    Array.from({ length: count }, (_, at) => `${section}.${at + 1}`),
  );
  const whole = Object.values(WHOLE_CHAPTERS).reduce((sum, count) => sum + count, 0);
  expect(numbers.length + whole).toBe(OF_LEVEL_2);
  expect(rows.map(({ number }) => number).filter((number) => !(number in WHOLE_CHAPTERS))).toEqual(numbers);
  expect(rows.map(({ number }) => number)).toEqual(expect.arrayContaining(Object.keys(WHOLE_CHAPTERS)));
});

test('each line says whether it is met, and what is met says where', () => {
  expect(rows.filter(({ state }) => !STATES.includes(state))).toEqual([]);
  const silent = rows.filter(({ state, where, number }) => state !== 'none' && where === '' && number !== '6.4.2');
  expect(silent).toEqual([]);
});

test('every file that it names exists', () => {
  const named = [...text.matchAll(/`([\w.-]+(?:\/[\w.-]*)+|[\w-]*Caddyfile|Dockerfile|compose[\w.]*|\.dockerignore)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => !path.startsWith('temtrace/'));
  expect(named.length).toBeGreaterThan(150);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
});

test('what is not met is said again at the end', () => {
  const end = text.slice(text.indexOf('## What is not met'));
  const lacking = rows.filter(({ state }) => state === 'no').map(({ number }) => number);
  expect(lacking.filter((number) => !end.includes(number))).toEqual([]);
});
