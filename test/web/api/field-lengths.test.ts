// Every text that the API takes says how short and how long it may be, and is held to that.

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

interface TextField {
  operation: string;
  where: 'path' | 'query' | 'header' | 'body';
  /** Property names; 0 stands for an item of a list. */
  path: (string | number)[];
  schema: Schema;
}

const document = openApiDocument(allRoutes, 'https://temtrace.example', '0.0.0') as unknown as {
  paths: Record<string, Record<string, Operation>>;
};

const fields = Object.entries(document.paths).flatMap(([path, operations]) =>
  Object.entries(operations).flatMap(([method, { parameters = [], requestBody }]) => {
    const at = (where: TextField['where'], name: (string | number)[]) => ({
      operation: `${method} ${path}`,
      where,
      path: name,
    });
    return [
      ...parameters.flatMap((parameter) => textsIn(parameter.schema, at(parameter.in, [parameter.name]))),
      ...Object.values(requestBody?.content ?? {}).flatMap(({ schema }) => textsIn(schema, at('body', []))),
    ];
  }),
);

function textsIn(given: Schema, at: Omit<TextField, 'schema'>): TextField[] {
  const schema = resolved(given);
  const types = [schema.type ?? []].flat();
  const isText = types.includes('string') && schema.enum === undefined && schema.const === undefined;
  const below = (part: Schema, ...names: (string | number)[]): TextField[] =>
    textsIn(part, { ...at, path: [...at.path, ...names] });
  return [
    ...(isText && schema.format !== 'binary' ? [{ ...at, schema }] : []),
    ...[schema.anyOf, schema.oneOf, schema.allOf].flatMap((parts) => (parts ?? []).flatMap((part) => below(part))),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, part]) => below(part, name)),
    ...(schema.items === undefined ? [] : below(schema.items, 0)),
    ...(schema.prefixItems ?? []).flatMap((part, i) => below(part, i)),
    ...(typeof schema.additionalProperties === 'object' ? below(schema.additionalProperties, 'x') : []),
    ...(schema.propertyNames === undefined ? [] : below(schema.propertyNames, 'x')),
  ];
}

function resolved(schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const found = schema.$ref
    .split('/')
    .slice(1)
    .reduce((part, name) => (part as Record<string, unknown>)[name], document as unknown);
  return resolved(found as Schema);
}

const nameOf = ({ operation, where, path }: TextField): string => `${operation} ${where}: ${path.join('.')}`;

test('each text field documents its shortest and longest', () => {
  expect(fields.length).toBeGreaterThan(300);
  const open = fields.filter(({ schema }) => schema.minLength === undefined || schema.maxLength === undefined);
  expect(open.map(nameOf)).toEqual([]);
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
    const accepted = texts.filter(({ path, schema }) => {
      // Digits suit most patterns, so that it is the length that counts.
      const long = '1'.repeat((schema.maxLength ?? 0) + 1);
      return takes(shape as z.ZodType, path, long);
    });
    expect(accepted.map(nameOf)).toEqual([]);
  });
});

/** Whether nothing is said against this value at this place; what else is missing does not matter. */
function takes(shape: z.ZodType, path: readonly (string | number)[], value: string): boolean {
  const body = path.reduceRight<unknown>(
    (inner, name) => (typeof name === 'number' ? [inner] : { [name]: inner }),
    value,
  );
  const parsed = shape.safeParse(body);
  if (parsed.success) return true;
  const isAbove = (issue: readonly PropertyKey[]): boolean =>
    issue.length > 0 && issue.every((name, i) => name === path[i]);
  return !parsed.error.issues.some((issue) => isAbove(issue.path));
}
