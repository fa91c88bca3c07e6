// The bill of materials follows its standard and lists everything that a deployment runs.

import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from '@jest/globals';
import { Ajv, type AnySchema } from 'ajv';
import addFormats from 'ajv-formats';
import { runProgram } from '../fixtures/programs.ts';

interface Bill {
  metadata: { component: { name: string; type: string } };
  components: { name: string; version: string; hashes?: unknown[]; purl: string }[];
}

interface Locked {
  version: string;
  dev?: boolean;
}

let bill: Bill;
beforeAll(async () => {
  const { status, stdout, stderr } = await runProgram('scripts/sbom.ts', [], {});
  if (status !== 0) throw new Error(stderr);
  bill = JSON.parse(stdout) as Bill;
});

/** The schema as the CycloneDX project publishes it. */
function schemaOf(name: string): AnySchema {
  const path = `node_modules/@cyclonedx/cyclonedx-library/res/schema/${name}.SNAPSHOT.schema.json`;
  return JSON.parse(readFileSync(path, 'utf8')) as AnySchema;
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };
const locked = (isTool: boolean): string[] =>
  Object.entries(lock.packages)
    .filter(([path, { dev = false }]) => path !== '' && dev === isTool)
    .map(([path, { version }]) => `${path.split('node_modules/').at(-1)}@${version}`);

test('it holds to the schema of CycloneDX 1.5', () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  // These are international forms of two formats that ajv checks; our values are ASCII.
  for (const [format, like] of [
    ['iri-reference', 'uri-reference'],
    ['idn-email', 'email'],
  ] as const) {
    const check = ajv.compile({ type: 'string', format: like });
    ajv.addFormat(format, (text: string) => check(text));
  }
  ajv.addSchema(schemaOf('spdx'), 'http://cyclonedx.org/schema/spdx.SNAPSHOT.schema.json');
  ajv.addSchema(schemaOf('jsf-0.82'), 'http://cyclonedx.org/schema/jsf-0.82.SNAPSHOT.schema.json');
  const validate = ajv.compile(schemaOf('bom-1.5'));
  expect([validate(bill), validate.errors]).toEqual([true, null]);
  expect(validate({ ...bill, specVersion: 5 })).toBe(false);
});

test('it lists every package of the lock file that a deployment installs, and no other', () => {
  const listed = bill.components.map(({ name, version }) => `${name}@${version}`);
  expect([...new Set(locked(false))].filter((one) => !listed.includes(one))).toEqual([]);
  expect(listed.filter((one) => !locked(false).includes(one))).toEqual([]);
  // What the service and a development tool both need is included; what only a tool needs is not.
  expect(listed.some((one) => one.startsWith('qs@'))).toBe(true);
  expect(locked(true).some((one) => one.startsWith('jest@'))).toBe(true);
});

test('it names the product, and each package by its address and hash', () => {
  expect(bill.metadata.component).toMatchObject({ name: 'temtrace', type: 'application' });
  const bare = bill.components.filter(({ purl, hashes = [] }) => !purl.startsWith('pkg:npm/') || hashes.length === 0);
  expect(bare).toEqual([]);
});
