// Every setting, in one table: what it is, its default, and when it is wrong. The type of the configuration and the
// README's table (scripts/settings-table.ts) are derived from it. All faults are reported at once, by name.

import { isIP } from 'node:net';
import { resolve } from 'node:path';
import proxyAddr from 'proxy-addr';
import { DEFAULT_SITE, isSiteName, SITE_NAME_MAX } from './domain/site.ts';
import { storeKindOf } from './store/open-store.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The longest host that fits in a version 3-M symbol (DESIGN §7). */
export const HOST_MAX = 32;

/** All wrong settings in one error; the process exits with 78. */
export class ConfigError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`These settings are wrong:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

interface Setting<T> {
  name: string;
  /** As the README shows it. */
  fallbackText: string;
  about: string;
  secret: boolean;
  /** @throws Error that says what is wrong, without the name */
  read: (text: string | undefined, env: Env) => T;
}

/** Environment variables that are not empty. */
type Env = Readonly<Record<string, string | undefined>>;

/** A setting whose fallback text is read if it is absent. */
function setting<T>(name: string, fallback: string, about: string, read: (text: string) => T): Setting<T> {
  return { name, fallbackText: fallback, about, secret: false, read: (text = fallback) => read(text) };
}

/** A setting without a fallback text, or one that depends on other settings. */
function optional<T>(
  name: string,
  fallbackText: string,
  about: string,
  read: Setting<T>['read'],
  secret = false,
): Setting<T> {
  return { name, fallbackText, about, secret, read };
}

export const SETTINGS = {
  host: setting('HOST', '127.0.0.1', 'Address to listen on.', (text) => text),
  port: setting('PORT', '3000', 'Port to listen on; 0 takes a free one.', (text) => whole(text, 0, 65_535)),
  publicOrigin: optional(
    'PUBLIC_ORIGIN',
    '(required)',
    'Address in the QR codes of new batches: `https://host`. A batch keeps the origin it was issued with.',
    (text) => readOrigin(text),
  ),
  databaseUrl: optional(
    'DATABASE_URL',
    'sqlite:DATA_DIR/temtrace.db',
    'Where the store is: `sqlite:PATH`, or `mongodb://…` if several servers share it (docs/operations.md).',
    (text, env) => {
      const url = text ?? `sqlite:${resolve(env['DATA_DIR'] ?? './data', 'temtrace.db')}`;
      if (storeKindOf(url) === null) throw new Error('must be sqlite:PATH or mongodb://HOST/DATABASE');
      return url;
    },
    true,
  ),
  dataDir: setting('DATA_DIR', './data', 'Folder of the database, the key and print files; mode 0700.', (text) =>
    resolve(text),
  ),
  masterKeyFile: optional(
    'MASTER_KEY_FILE',
    'DATA_DIR/master.key',
    'Without this key every printed stamp becomes unknown: back it up, away from the database. ' +
      'Made on the first start of an empty embedded store; required with MongoDB.',
    (text, env) => resolve(text ?? resolve(env['DATA_DIR'] ?? './data', 'master.key')),
  ),
  trustProxy: optional(
    'TRUST_PROXY',
    '(none)',
    'Proxies that are trusted to state the client’s address: `loopback`, a number of hops, or addresses.',
    (text) => {
      if (text === undefined) return null;
      if (/^\d{1,2}$/.test(text)) return Number(text);
      try {
        proxyAddr.compile(text.split(/ *, */));
      } catch {
        throw new Error(
          'must be a number of hops, or `loopback`, `linklocal`, `uniquelocal` or addresses, with commas between',
        );
      }
      return text;
    },
  ),
  logLevel: setting('LOG_LEVEL', 'info', `One of ${LOG_LEVELS.join(', ')}.`, (text) => {
    const level = LOG_LEVELS.find((known) => known === text);
    if (level === undefined) throw new Error(`must be one of ${LOG_LEVELS.join(', ')}`);
    return level;
  }),
  metricsToken: optional(
    'METRICS_TOKEN',
    '(none: metrics are off)',
    'Token that opens `/metrics`; 16 characters or more.',
    (text) => {
      if (text === undefined) return null;
      if (text.length < 16) throw new Error('must have 16 characters or more');
      return text;
    },
    true,
  ),
  timeZone: setting('TIME_ZONE', 'Asia/Ho_Chi_Minh', 'Time zone in which days begin.', (text) => {
    try {
      Intl.DateTimeFormat('en', { timeZone: text });
      return text;
    } catch {
      throw new Error('is no time zone of the IANA list');
    }
  }),
  scanRetentionDays: setting(
    'SCAN_RETENTION_DAYS',
    '730',
    'Days for which single scans are kept; counts stay.',
    (text) => whole(text, 7, 36_500),
  ),
  printFileDays: setting(
    'PRINT_FILE_DAYS',
    '30',
    'Days for which finished print files are kept; each can be made again later.',
    (text) => whole(text, 1, 3_650),
  ),
  diskReserveMib: setting(
    'DISK_RESERVE_MIB',
    '256',
    'Megabytes of disk that stay free for the database: no upload, import or print file is written beyond.',
    (text) => whole(text, 16, 1_048_576),
  ),
  placeHeader: optional('PLACE_HEADER', '(none)', 'Header in which a proxy states the visitor’s province.', (text) => {
    if (text === undefined) return null;
    if (!/^[a-z0-9-]{1,64}$/i.test(text)) throw new Error('is no header name');
    return text.toLowerCase();
  }),
  securityContact: optional(
    'SECURITY_CONTACT',
    '(none: there is no such file)',
    'Whom `/.well-known/security.txt` names for faults of security: `mailto:…`, `tel:…` or `https://…`.',
    (text) => {
      if (text === undefined) return null;
      if (!/^(?:mailto:[^\s@]+@[^\s@]+|tel:\+?[0-9-]{3,20}|https:\/\/\S{3,200})$/.test(text))
        throw new Error('must be mailto:NAME@HOST, tel:NUMBER or https://…');
      return text;
    },
  ),
  siteName: setting(
    'SITE_NAME',
    DEFAULT_SITE.name,
    'Name of this deployment on pages, in the console and in the properties of print files.',
    (text) => {
      if (!isSiteName(text))
        throw new Error(`must have 1 to ${SITE_NAME_MAX} letters, figures, blanks and usual marks`);
      return text.normalize('NFC');
    },
  ),
  siteMark: optional(
    'SITE_MARK',
    '(none: the mark of Temtrace)',
    'Path of a square PNG, JPEG or WebP picture that stands beside the name; at most 2 MB. It is checked at start.',
    (text) => (text === undefined ? null : resolve(text)),
  ),
  requireTwoFactor: setting(
    'REQUIRE_TWO_FACTOR',
    'no',
    'Whether offices and admins must sign in with a second step (an app on a phone): `yes` or `no`.',
    (text) => {
      if (text !== 'yes' && text !== 'no') throw new Error('must be yes or no');
      return text === 'yes';
    },
  ),
};

/** The values of SETTINGS, by key. */
export type Config = { [K in keyof typeof SETTINGS]: ReturnType<(typeof SETTINGS)[K]['read']> };

/**
 * Reads all settings. An empty value counts as absent; a secret may come from NAME_FILE.
 * @throws ConfigError that names every fault
 */
export function readConfig(environment: Env, readSecret: (path: string) => string): Config {
  const env: Env = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, each] of Object.entries(SETTINGS)) {
    try {
      values[key] = each.read(textOf(each, env, readSecret), env);
    } catch (error) {
      faults.push(`${each.name}: ${error instanceof Error ? error.message : 'cannot be read'}`);
    }
  }
  if (
    typeof values['databaseUrl'] === 'string' &&
    storeKindOf(values['databaseUrl']) === 'mongodb' &&
    env['MASTER_KEY_FILE'] === undefined
  ) {
    faults.push(
      'MASTER_KEY_FILE: is missing; ' +
        'with MongoDB every server needs the same key, so none is made in a folder of its own',
    );
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return values as unknown as Config;
}

function textOf(each: Setting<unknown>, env: Env, readSecret: (path: string) => string): string | undefined {
  const path = env[`${each.name}_FILE`];
  if (!each.secret || path === undefined) return env[each.name]?.trim();
  return readSecret(path).trim();
}

function whole(text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new Error(`must be a whole number from ${least} to ${most}`);
  return value;
}

/** Paper lasts for years: its address must be a name, with https, and short enough for the symbol. */
function readOrigin(text: string | undefined): string {
  if (text === undefined) throw new Error('is missing; set it to what the stamps shall say, like https://temtrace.vn');
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new Error('is no address; it reads like https://temtrace.vn');
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '')
    throw new Error('must be scheme and host alone, like https://temtrace.vn');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new Error('must begin with https://');
  const isLoopback = url.hostname === 'localhost' || url.hostname === '127.0.0.1' || url.hostname === '[::1]';
  if (isLoopback) return url.origin;
  if (url.protocol !== 'https:') throw new Error('must begin with https:// (http is for localhost alone)');
  if (isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0)
    throw new Error('must be a name, not an address in numbers: it stands on paper for years');
  if (!/^[a-z0-9.-]+(:\d+)?$/.test(url.host))
    throw new Error('has a host with a character that the symbols of a stamp cannot hold; use a-z, 0-9, "-" and "."');
  if (url.host.length > HOST_MAX)
    throw new Error(`has a host of ${url.host.length} characters; a stamp's symbol holds ${HOST_MAX}`);
  return url.origin;
}
