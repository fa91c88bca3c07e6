// Every text that the API takes declares its shortest and longest length and is checked against them; every number and
// list declares its limits.

import { describe, expect, test } from '@jest/globals';
import type { z } from 'zod';
import { openApiDocument } from '../../../server/web/api/openapi.ts';
import { allRoutes } from '../../../server/web/api/routes.ts';

interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  maxItems?: number;
  maxProperties?: number;
  properties?: Record<string, Schema>;
  items?: Schema;
  prefixItems?: Schema[];
  additionalProperties?: Schema | boolean;
  propertyNames?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

interface Operation {
  parameters?: { name: string; in: 'path' | 'query' | 'header'; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

interface Field {
  operation: string;
  where: 'path' | 'query' | 'header' | 'body';
  /** Property names; 0 means an item of a list. */
  path: (string | number)[];
  schema: Schema;
  /** What says of which kind an object is, where there are several: else the field is not even looked at. */
  kinds?: readonly { path: readonly (string | number)[]; value: unknown }[];
}

const document = openApiDocument(allRoutes, 'https://temtrace.example', '0.0.0') as unknown as {
  paths: Record<string, Record<string, Operation>>;
};

const everything = Object.entries(document.paths).flatMap(([path, operations]) =>
  Object.entries(operations).flatMap(([method, { parameters = [], requestBody }]) => {
    const at = (where: Field['where'], name: (string | number)[]) => ({
      operation: `${method} ${path}`,
      where,
      path: name,
    });
    return [
      ...parameters.flatMap((parameter) => partsIn(parameter.schema, at(parameter.in, [parameter.name]))),
      ...Object.values(requestBody?.content ?? {}).flatMap(({ schema }) => partsIn(schema, at('body', []))),
    ];
  }),
);

/** A schema and everything below it. */
function partsIn(given: Schema, at: Omit<Field, 'schema'>): Field[] {
  const schema = resolved(given);
  const below = (part: Schema, ...names: (string | number)[]): Field[] =>
    partsIn(part, { ...at, path: [...at.path, ...names] });
  return [
    { ...at, schema },
    ...[schema.anyOf, schema.allOf].flatMap((parts) => (parts ?? []).flatMap((part) => below(part))),
    ...(schema.oneOf ?? []).flatMap((part) =>
      partsIn(part, { ...at, kinds: [...(at.kinds ?? []), ...kindsIn(resolved(part), at.path)] }),
    ),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, part]) => below(part, name)),
    ...(schema.items === undefined ? [] : below(schema.items, 0)),
    ...(schema.prefixItems ?? []).flatMap((part, i) => below(part, i)),
    ...(typeof schema.additionalProperties === 'object' ? below(schema.additionalProperties, 'x') : []),
    ...(schema.propertyNames === undefined ? [] : below(schema.propertyNames, 'x')),
  ];
}

function kindsIn({ properties = {} }: Schema, path: readonly (string | number)[]): NonNullable<Field['kinds']> {
  return Object.entries(properties).flatMap(([name, { const: value }]) =>
    value === undefined ? [] : [{ path: [...path, name], value }],
  );
}

function isOf({ schema }: Field, ...types: string[]): boolean {
  const isFixed = schema.enum !== undefined || schema.const !== undefined;
  return !isFixed && [schema.type ?? []].flat().some((type) => types.includes(type));
}

function resolved(schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const found = schema.$ref
    .split('/')
    .slice(1)
    .reduce((part, name) => (part as Record<string, unknown>)[name], document as unknown);
  return resolved(found as Schema);
}

/** The router limits files by bytes. */
const fields = everything.filter((field) => isOf(field, 'string') && field.schema.format !== 'binary');

const nameOf = ({ operation, where, path }: Field): string => `${operation} ${where}: ${path.join('.')}`;

test('each text field documents its shortest and longest', () => {
  expect(fields.length).toBeGreaterThan(300);
  const open = fields.filter(({ schema }) => schema.minLength === undefined || schema.maxLength === undefined);
  expect(open.map(nameOf)).toEqual([]);
});

/** What JSON Schema has if we set no limit on a whole number. */
const NO_BOUND = Number.MAX_SAFE_INTEGER;

test('each number documents its least and its greatest', () => {
  const numbers = everything.filter((field) => isOf(field, 'number', 'integer'));
  expect(numbers.length).toBeGreaterThan(80);
  const open = numbers.filter(
    ({ schema: { minimum = -NO_BOUND, exclusiveMinimum = minimum, maximum = NO_BOUND } }) =>
      exclusiveMinimum <= -NO_BOUND || maximum >= NO_BOUND,
  );
  expect(open.map(nameOf)).toEqual([]);
});

test('each list documents how many it holds, and each object which fields or how many', () => {
  const lists = everything.filter((field) => isOf(field, 'array'));
  expect(lists.length).toBeGreaterThan(5);
  expect(lists.filter(({ schema }) => schema.maxItems === undefined).map(nameOf)).toEqual([]);
  const maps = everything.filter(
    ({ schema }) =>
      isOf({ schema } as Field, 'object') &&
      schema.additionalProperties !== false &&
      schema.oneOf === undefined &&
      schema.maxProperties === undefined &&
      schema.propertyNames?.enum === undefined,
  );
  expect(maps.map(nameOf)).toEqual([]);
});

test('no field takes just anything', () => {
  const any = everything.filter(
    ({ schema }) =>
      schema.type === undefined &&
      schema.enum === undefined &&
      schema.const === undefined &&
      [schema.anyOf, schema.oneOf, schema.allOf].every((parts) => parts === undefined),
  );
  expect(any.map(nameOf)).toEqual([]);
});

describe('each text field is held to its longest', () => {
  const byRoute = Map.groupBy(
    fields.filter(({ where }) => where !== 'header'),
    ({ operation, where }) => `${operation}|${where}`,
  );
  test.each([...byRoute])('%s', (key, texts) => {
    const [operation = '', where = ''] = key.split('|');
    const route = allRoutes.find(
      ({ method, path }) => operation === `${method} ${path.replaceAll(/:([a-zA-Z]+)/g, '{$1}')}`,
    );
    const shape = { path: route?.params, query: route?.query, body: route?.body }[where];
    const accepted = texts.filter(({ path, schema, kinds }) => {
      // Digits fit most patterns, so that only the length decides.
      const long = '1'.repeat((schema.maxLength ?? 0) + 1);
      return takes(shape as z.ZodType, path, long, kinds);
    });
    expect(accepted.map(nameOf)).toEqual([]);
  });
});

/** Whether this value is accepted at this place; other missing fields do not matter. */
function takes(
  shape: z.ZodType,
  path: readonly (string | number)[],
  value: string,
  kinds: Field['kinds'] = [],
): boolean {
  const body = path.reduceRight<unknown>(
    (inner, name) => (typeof name === 'number' ? [inner] : { [name]: inner }),
    value,
  );
  for (const kind of kinds) {
    const holder = kind.path
      .slice(0, -1)
      .reduce<unknown>((at, name) => (at as Record<string | number, unknown>)[name], body);
    (holder as Record<string | number, unknown>)[kind.path.at(-1) ?? ''] ??= kind.value;
  }
  const parsed = shape.safeParse(body);
  if (parsed.success) return true;
  const isAbove = (issue: readonly PropertyKey[]): boolean =>
    issue.length > 0 && issue.every((name, i) => name === path[i]);
  return !parsed.error.issues.some((issue) => isAbove(issue.path));
}
