// Numbers, days and telephone numbers as people type them, in every form of the console and every field of the API: all
// read a text in the same way. Forms are found on the pages, so a new one is covered by itself.

import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { closeSheetWorkers } from '../../../server/sheet/threads/draw-sheet.ts';
import { allRoutes } from '../../../server/web/api/routes.ts';
import { consoleRoutes } from '../../../server/web/console/routes.ts';
import { openTestApi, type TestApi } from '../../fixtures/api.ts';
import { visitorAs, type SeenPage, type Visitor } from '../../fixtures/console.ts';
import { pageOf, textOf, type Part } from '../../fixtures/page.ts';
import { makeDataSet } from '../../golden/data-set.ts';

interface Typed {
  person: Visitor;
  path: string;
  action: string;
  name: string;
  kind: 'whole' | 'measure' | 'day' | 'phone';
}

/** Digits that are not a number: nothing is counted with them. */
const CODES = new Set(['taxCode', 'gln', 'gtin', 'code', 'token']);
let api: TestApi;
let fields: Typed[] = [];

beforeAll(async () => {
  api = await openTestApi();
  const { ids } = await makeDataSet(api);
  const people = [await visitorAs(api, 'officeA'), await visitorAs(api, 'producerA1'), await visitorAs(api, 'admin')];
  const found = new Map<string, Typed>();
  for (const route of consoleRoutes.filter(({ method, right }) => method === 'get' && right !== 'public')) {
    for (const path of addressesOf(route.path, ids))
      for (const person of people)
        for (const typed of fieldsIn(await person.open(path), person, path))
          found.set(`${typed.action.replaceAll(/\/[^/]*\d[^/]*/g, '/:id')} ${typed.name}`, typed);
  }
  fields = [...found.values()];
}, 120_000);
afterAll(async () => {
  await api.close();
  await closeSheetWorkers();
});

/** A route's path with ids of the data set whose names start like its first word: products -> product three. */
function addressesOf(path: string, ids: Readonly<Record<string, string>>): string[] {
  if (!path.includes(':')) return [path];
  const noun = (path.split('/')[2] ?? '').replace(/ies$/, 'y').replace(/(?<=ch)es$|s$/, '');
  return Object.entries(ids)
    .filter(([name]) => name.split(' ')[0] === noun)
    .map(([, id]) => path.replace(/:id/, id).replace(/:year/, '2026'))
    .filter((one) => !one.includes(':'));
}

function fieldsIn(page: SeenPage, person: Visitor, path: string): Typed[] {
  if (page.status !== 200 || !page.text.startsWith('<!doctype html>')) return [];
  return [...pageOf(page.text).querySelectorAll('form[method=post]')].flatMap((form) =>
    [...form.querySelectorAll('input')].flatMap((input) => {
      const [name, mode, type] = ['name', 'inputmode', 'type'].map((one) => input.getAttribute(one) ?? '');
      const kind =
        input.getAttribute('data-day') !== null
          ? 'day'
          : type === 'tel'
            ? 'phone'
            : mode === 'numeric'
              ? 'whole'
              : mode === 'decimal'
                ? 'measure'
                : null;
      if (kind === null || name === undefined || CODES.has(name)) return [];
      return [{ person, path, action: form.getAttribute('action') ?? '', name, kind } as const];
    }),
  );
}

/** The fault beside the field after this was typed into it; null: none. */
async function faultOf({ person, path, action, name }: Typed, text: string): Promise<string | null> {
  const answer = await person.fill(path, { action, fields: { [name]: text } });
  if (answer.status >= 500) throw new Error(`${action} ${name} ${text}: ${answer.status}`);
  const input = [...pageOf(answer.text).querySelectorAll(`input[name="${name}"]`)].find(
    (one: Part) => one.getAttribute('aria-invalid') === 'true',
  );
  if (input === undefined) return null;
  const [fault] = (input.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id.endsWith('-fault'));
  return textOf(pageOf(answer.text).querySelector(`[id="${fault ?? ''}"]`));
}

describe('every form of the console', () => {
  test('has been found: each field that the pages read as a whole number, and days and telephones', () => {
    const read = readdirSync('server/web/console', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) =>
        [...readFileSync(`server/web/console/${file}`, 'utf8').matchAll(/sentCount\([\w.]+, '(\w+)'\)/g)].map(
          ([, name = '']) => name,
        ),
      );
    const walked = new Set(fields.map(({ name }) => name));
    // Chosen from a list, or sent back by the page itself in a confirmation step.
    const chosen = ['stars', 'minimumStars', 'productSet', 'year', 'page'];
    expect([...new Set(read)].filter((name) => !walked.has(name) && !chosen.includes(name))).toEqual([]);
    expect(fields.filter(({ kind }) => kind === 'day').length).toBeGreaterThan(8);
    expect(fields.filter(({ kind }) => kind === 'phone').length).toBeGreaterThan(1);
  });

  test('a dot parts thousands or is a fault, and is never left out', async () => {
    const whole = fields.filter(({ kind }) => kind === 'whole');
    expect(whole.length).toBeGreaterThan(10);
    for (const field of whole) {
      const at = `${field.action} ${field.name}`;
      for (const text of ['1.5', '1e3', '-5', '１２', '12 34'])
        expect([at, text, await faultOf(field, text)]).not.toEqual([at, text, null]);
      // The same number written otherwise gets the same answer.
      for (const [text, plain] of [
        [' 12 ', '12'],
        ['1.000', '1000'],
        ['1 000', '1000'],
        ['1,200', '1200'],
      ] as const)
        expect([at, text, await faultOf(field, text)]).toEqual([at, text, await faultOf(field, plain)]);
    }
  }, 120_000);

  test('a day is a day of the calendar, and what is none is a fault', async () => {
    for (const field of fields.filter(({ kind }) => kind === 'day')) {
      const at = `${field.action} ${field.name}`;
      for (const text of ['2026-02-30', '30/02/2026', '02/30/2026', '２０２６-01-01'])
        expect([at, text, await faultOf(field, text)]).not.toEqual([at, text, null]);
      // As people write it, whatever the browser's language: the fifth of March.
      for (const text of ['05/03/2026', '5/3/2026', '5-3-2026', '5.3.26', ' 2026-3-5 '])
        expect([at, text, await faultOf(field, text)]).toEqual([at, text, await faultOf(field, '2026-03-05')]);
    }
  }, 120_000);

  test('a telephone is one with brackets and dots, and words are none', async () => {
    for (const field of fields.filter(({ kind }) => kind === 'phone')) {
      const at = `${field.action} ${field.name}`;
      for (const text of ['12345', 'gọi anh Tám', '0912 345 678 Lan'])
        expect([at, text, await faultOf(field, text)]).not.toEqual([at, text, null]);
      for (const text of ['(024) 3825 1234', '0218.3.852.123', ' 0912 345 678 '])
        expect([at, text, await faultOf(field, text)]).toEqual([at, text, null]);
    }
  }, 60_000);
});

describe('every field of the API', () => {
  const ODD = ['1.5', '1.000', '1,200', '1e3', ' 12 ', '１２', '0x10', '-5', '+5', ''];

  test('a whole number of a query or an address is digits alone', () => {
    const walked = allRoutes.flatMap(({ method, path, query, params }) =>
      [query, params].flatMap((shape) =>
        Object.entries((shape as { shape?: Record<string, Schema> } | undefined)?.shape ?? {})
          .filter(
            ([, field]) => reads(field, '2020') && !reads(field, 'word') && typeof field.parse('2020') === 'number',
          )
          .map(([name, field]) => [`${method} ${path} ${name}`, ODD.filter((text) => reads(field, text))]),
      ),
    );
    expect(walked.length).toBeGreaterThan(3);
    expect(walked.filter(([, taken]) => taken?.length !== 0)).toEqual([]);
  });

  test('a whole number of a body is a number of JSON without a fraction, never a text', () => {
    const walked = allRoutes.flatMap(({ method, path, body }) =>
      Object.entries((body as { shape?: Record<string, Schema> } | undefined)?.shape ?? {})
        .filter(
          ([, field]) =>
            [1, 12, 2026].some((value) => reads(field, value)) && !reads(field, 2026.5) && !reads(field, 1.5),
        )
        .map(([name, field]) => [
          `${method} ${path} ${name}`,
          [...ODD, 1.5, true, [1]].filter((value) => value !== '' && reads(field, value)),
        ]),
    );
    expect(walked.length).toBeGreaterThan(5);
    expect(walked.filter(([, taken]) => taken?.length !== 0)).toEqual([]);
  });
});

interface Schema {
  safeParse: (value: unknown) => { success: boolean };
  parse: (value: unknown) => unknown;
}

function reads(field: Schema, value: unknown): boolean {
  return field.safeParse(value).success;
}
