// The Compose files and what they start, compared with each other and with the service's settings. No container runs
// here.

import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';
import { safeLoad } from 'js-yaml';
import { readConfig, SETTINGS } from '../../server/config.ts';
import { addressFault } from '../../server/store/mongo/connection.ts';

interface Service {
  build?: string;
  image?: string;
  environment?: Record<string, string>;
  secrets?: string[];
  networks?: string[];
  network_mode?: string;
  volumes?: string[];
  depends_on?: string[] | Record<string, unknown>;
  entrypoint?: string[];
}

interface Compose {
  services: Record<string, Service>;
  secrets?: Record<string, { file: string }>;
  networks: Record<string, unknown>;
  volumes: Record<string, unknown>;
}

const HOST = 'tem.example.vn';
const FILES = [
  ['compose.yaml', 'Caddyfile'],
  ['compose.mongo.yaml', 'Caddyfile.mongo'],
] as const;

function composeOf(file: string): Compose {
  return safeLoad(readFileSync(file, 'utf8')) as Compose;
}

function servicesOf({ services }: Compose): [string, Service][] {
  return Object.entries(services);
}

function ours(compose: Compose): [string, Service][] {
  return servicesOf(compose).filter(([, { build }]) => build !== undefined);
}

/** How Compose interpolates a text: `${NAME:?…}` becomes the host, `$$` a dollar sign. */
function interpolated(text: string): string {
  return text.replace(/\$\{TEMTRACE_HOST:\?[^}]*\}/g, HOST).replaceAll('$$', '$');
}

/** The settings that the image sets. */
function imageEnvironment(): Record<string, string> {
  const [, pairs = ''] = /^ENV (.+)$/m.exec(readFileSync('Dockerfile', 'utf8')) ?? [];
  return Object.fromEntries(pairs.split(' ').map((pair) => pair.split('=') as [string, string]));
}

describe.each(FILES)('%s with %s', (file, caddyfile) => {
  const compose = composeOf(file);

  test('gives the service only settings that it knows', () => {
    const known = Object.values(SETTINGS).flatMap(({ name, secret }) => (secret ? [name, `${name}_FILE`] : [name]));
    const given = ours(compose).flatMap(([, { environment = {} }]) => Object.keys(environment));
    expect(given).not.toEqual([]);
    expect(given.filter((name) => !known.includes(name))).toEqual([]);
  });

  test('gives it all that it needs to start', () => {
    for (const [, { environment = {} }] of ours(compose)) {
      const settings = Object.fromEntries(
        Object.entries(environment).map(([name, value]) => [name, interpolated(value)]),
      );
      const config = readConfig(
        { ...imageEnvironment(), ...settings },
        () => `mongodb://user:password@mongo/temtrace\n`,
      );
      expect(config).toMatchObject({
        host: '0.0.0.0',
        port: 3_000,
        publicOrigin: `https://${HOST}`,
        dataDir: '/data',
        trustProxy: 1,
      });
    }
  });

  test('names only services, networks, volumes and secrets that it has', () => {
    const missing = servicesOf(compose).flatMap(([name, service]) => {
      const { networks = [], volumes = [], secrets = [], depends_on: after = [], network_mode: of } = service;
      const named = volumes.map((volume) => volume.split(':')[0] ?? '').filter((volume) => /^\w/.test(volume));
      const before = Array.isArray(after) ? after : Object.keys(after);
      return [
        ...[...before, ...(of === undefined ? [] : [of.replace(/^service:/, '')])].filter(
          (other) => !(other in compose.services),
        ),
        ...networks.filter((network) => !(network in compose.networks)),
        ...named.filter((volume) => !(volume in compose.volumes)),
        ...secrets.filter((secret) => !(secret in (compose.secrets ?? {}))),
        ...(service.image === undefined && service.build === undefined ? ['an image'] : []),
      ].map((what) => `${name}: ${what}`);
    });
    expect(missing).toEqual([]);
  });

  test('gives each service the secrets that it reads', () => {
    for (const [name, { secrets = [], environment = {}, entrypoint = [] }] of servicesOf(compose)) {
      const text = [...Object.values(environment), ...entrypoint].join('\n');
      const read = [...text.matchAll(/\/run\/secrets\/([\w.]+)|'(mongo\.\w+)'/g)].map(
        ([, path, quoted]) => path ?? quoted ?? '',
      );
      expect({ [name]: [...new Set(read)].sort() }).toEqual({ [name]: [...secrets].sort() });
    }
  });

  test('is made by the commands that stand in its head, secret for secret', () => {
    const head = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('#'))
      .join('\n');
    const made = [...head.matchAll(/> (secrets\/[\w.]+)/g)].map(([, path]) => `./${path}`);
    expect(made.sort()).toEqual(
      Object.values(compose.secrets ?? {})
        .map(({ file: path }) => path)
        .sort(),
    );
  });

  test('sends to each of the servers, by its port', () => {
    const text = readFileSync(caddyfile, 'utf8');
    const upstreams = [...new Set(text.match(/[\w-]+:3000/g))];
    expect(upstreams.sort()).toEqual(
      ours(compose)
        .map(([name]) => `${name}:3000`)
        .sort(),
    );
    expect(compose.services['caddy']?.volumes).toContain(`./${caddyfile}:/etc/caddy/Caddyfile:ro`);
  });
});

describe('compose.mongo.yaml', () => {
  const text = readFileSync('compose.mongo.yaml', 'utf8');

  test('tells how to write an address that the service takes', () => {
    const [, address = ''] =
      /echo "(mongodb:[^"]+)"/.exec(text.replace('$(cat secrets/mongo.password)', 'password')) ?? [];
    expect(address).toContain('mongo-1,mongo-2,mongo-3/temtrace?');
    expect(addressFault(address)).toBeNull();
  });

  test('sets the database up by a script that can be read', () => {
    const script = interpolated(composeOf('compose.mongo.yaml').services['mongo-setup']?.entrypoint?.at(-1) ?? '');
    expect(() => new Script(script)).not.toThrow();
    expect(script).toContain('`mongo-${n}:27017`');
  });
});
