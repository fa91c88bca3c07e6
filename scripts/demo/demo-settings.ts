// The demo's settings: those of the service, but with a separate folder and an origin that need not be an HTTPS name,
// so that a telephone on the same network can scan. Only for the demo: stamps printed with such an address stop working
// when the address changes.

import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError, HOST_MAX, readConfig, type Config } from '../../server/config.ts';

export interface DemoSettings {
  config: Config;
  /** Write the files and exit. */
  once: boolean;
}

export const DEMO_HELP = `npm run demo -- [--once] [--origin URL]

  --once         write the files and end, without serving
  --origin URL   what the stamps say, so that a telephone on the same network can scan: http://192.168.1.20:3000

HOST, PORT (3000), DATA_DIR (./data/demo) and DATABASE_URL (sqlite:, mongodb://) are respected.`;

/** The demo's own folder, unless DATA_DIR names another. */
const DEMO_DATA_DIR = './data/demo';

/** @throws ConfigError, naming every fault; TypeError of parseArgs for unknown options */
export async function readDemoSettings(args: string[], env: NodeJS.ProcessEnv): Promise<DemoSettings> {
  const { values } = parseArgs({ args, options: { once: { type: 'boolean' }, origin: { type: 'string' } } });
  const port = env['PORT']?.trim() === '0' ? String(await freePort()) : env['PORT']?.trim() || '3000';
  const local = `http://localhost:${port}`;
  const given = { DATA_DIR: DEMO_DATA_DIR, ...withoutEmpty(env), PORT: port, PUBLIC_ORIGIN: local };
  const config = readConfig({ MASTER_KEY_FILE: join(given.DATA_DIR, 'master.key'), ...given }, (path) =>
    readFileSync(path, 'utf8'),
  );
  const origin = values.origin === undefined ? local : readDemoOrigin(values.origin);
  // A telephone cannot reach a loopback address, so with --origin the demo listens on every address unless HOST is set.
  const host = values.origin !== undefined && (env['HOST'] ?? '').trim() === '' ? '0.0.0.0' : config.host;
  return { config: { ...config, host, publicOrigin: origin }, once: values.once === true };
}

/** This machine's addresses in its local network, for phones. */
export function networkAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flat()
    .filter((one) => one !== undefined && one.family === 'IPv4' && !one.internal)
    .map((one) => one?.address ?? '');
}

function readDemoOrigin(text: string): string {
  const fault = (what: string): ConfigError => new ConfigError([`--origin: ${what}`]);
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw fault('is no address; it reads like http://192.168.1.20:3000');
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '')
    throw fault('must be scheme and host alone, like http://192.168.1.20:3000');
  if (url.host.length > HOST_MAX)
    throw fault(`has a host of ${url.host.length} characters; a stamp's symbol holds ${HOST_MAX}`);
  return url.origin;
}

function withoutEmpty(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined || value.trim() === '' ? [] : [[name, value]])),
  );
}

/** Stamps contain the port, so it must be known before anything listens. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
