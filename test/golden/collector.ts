// Sends requests to the service under test and keeps the answers under plain names.
//
// Left out: the headers listed in FLEETING, which depend on the moment, the connection or the checkout.

import type { Name, TestApi } from '../fixtures/api.ts';
import type { DataSet } from './data-set.ts';

export type Artefacts = Map<string, Buffer>;

export interface Asked {
  path: string;
  headers?: Record<string, string>;
  method?: string;
  body?: string;
}

interface Answered {
  status: number;
  head: string;
  bytes: Buffer;
}

export interface Collector {
  api: TestApi;
  data: DataSet;
  ask: (asked: Asked) => Promise<Answered>;
  /** Keeps the bytes of a file. */
  file: (name: string, as: Name, path: string) => Promise<void>;
  /** Keeps any answer: status, headers, body. */
  answer: (name: string, asked: Asked) => Promise<void>;
  put: (name: string, bytes: Buffer) => void;
}

/** RateLimit headers count seconds of the real clock; a static file's validators come from its time on the disk. */
const FLEETING = /^(date|connection|keep-alive|last-modified|ratelimit.*|retry-after)$/;
const WEAK_TAG = 'W/';
/** Fixed, so that a new version of Node is not another visitor. */
const AGENT = { 'User-Agent': 'golden' };

export function collector(api: TestApi, data: DataSet): { to: Collector; kept: Artefacts; heads: string[] } {
  const kept: Artefacts = new Map();
  const heads: string[] = [];
  const to: Collector = {
    api,
    data,
    ask: async ({ path, headers = {}, method = 'GET', body }) => {
      const init = { method, headers: { ...AGENT, ...headers }, redirect: 'manual' } as const;
      const response = await fetch(api.address + path, body === undefined ? init : { ...init, body });
      const lasting = [...response.headers].filter(([name, value]) => !isFleeting(name, value));
      const head = lasting
        .map(([name, value]) => `${name}: ${value}`)
        .toSorted()
        .join('\n');
      return { status: response.status, head, bytes: Buffer.from(await response.arrayBuffer()) };
    },
    file: async (name, as, path) => {
      const { status, head, bytes } = await to.ask({ path: `/api/v1${path}`, headers: keyFor(api, as) });
      if (status !== 200) throw new Error(`${name}: ${status} ${bytes.toString()}`);
      heads.push(`${name}\n${head}\n`);
      to.put(name, bytes);
    },
    answer: async (name, asked) => {
      const { status, head, bytes } = await to.ask(asked);
      to.put(name, Buffer.concat([Buffer.from(`${status}\n${head}\n\n`), bytes]));
    },
    put: (name, bytes) => {
      if (kept.has(name)) throw new Error(`two artefacts are named ${name}`);
      kept.set(name, bytes);
    },
  };
  return { to, kept, heads };
}

function isFleeting(name: string, value: string): boolean {
  return FLEETING.test(name) || value.startsWith(WEAK_TAG);
}

export function keyFor(api: TestApi, name: Name): Record<string, string> {
  return name === 'nobody' ? {} : { Authorization: `Bearer ${api.keyOf(name)}` };
}
