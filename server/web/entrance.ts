// What every request passes first, both ahead of Express and inside it: at most one Host header, and the client's
// address as reported by the proxies that TRUST_PROXY names (RFC 9112 §3.2; DESIGN §6).

import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIP, isIPv4, isIPv6 } from 'node:net';
import type { RequestHandler } from 'express';
import proxyAddr from 'proxy-addr';
import type { Language } from '../domain/language.ts';
import { BoundedMap } from '../kit/bounded-map.ts';
import { problemLanguageOf } from '../scan/negotiate.ts';
import { problemBody } from './errors.ts';

/** Whether to trust the proxy at this address, this many hops away. */
export type TrustProxy = (address: string, hops: number) => boolean;

export interface Client {
  /** The client behind trusted proxies; '' if unknown. */
  address: string;
  /** Whether the connection comes from a proxy that TRUST_PROXY names, whose headers may be trusted. */
  fromTrustedProxy: boolean;
}

export interface Entrance {
  trusts: TrustProxy;
  /**
   * Answers a request that two readers could understand differently, and logs it. Lets any other request in, with plain
   * addresses in its X-Forwarded-For.
   */
  turnsAway(request: IncomingMessage, response: ServerResponse): boolean;
  /** The client of a request that was let in. */
  clientOf(request: IncomingMessage): Client;
}

export interface EntranceDeps {
  /** As TRUST_PROXY: a number of hops, or names and addresses separated by commas; null: nobody is trusted. */
  trustProxy: string | number | null;
  log: { warn(fields: object): void };
}

/**
 * How much of the end of X-Forwarded-For is read: proxies append, so what we trust comes last. Ten proxies take 500.
 */
const FORWARDED_SYMBOLS_MAX = 1_024;
/** Peers remembered: a deployment has a handful of proxies. */
const PEERS_MAX = 256;

export function makeEntrance({ trustProxy, log }: EntranceDeps): Entrance {
  const trusts = compileTrust(trustProxy);
  const trustedPeers = new BoundedMap<string, boolean>(PEERS_MAX);
  let saidUnknown = false;

  function askedOnce(peer: string): boolean {
    const isTrusted = trusts(peer, 0);
    trustedPeers.set(peer, isTrusted);
    return isTrusted;
  }

  function clientOf(request: IncomingMessage): Client {
    const { remoteAddress } = request.socket;
    // A client that has already gone leaves no address, but proxy-addr needs one.
    if (remoteAddress === undefined) return { address: '', fromTrustedProxy: false };
    const fromTrustedProxy = trustedPeers.get(remoteAddress) ?? askedOnce(remoteAddress);
    if (!fromTrustedProxy || request.headers['x-forwarded-for'] === undefined)
      return { address: remoteAddress, fromTrustedProxy };
    const address = proxyAddr(request, trusts);
    if (isIP(address) !== 0) return { address, fromTrustedProxy };
    if (!saidUnknown) {
      saidUnknown = true;
      log.warn({ event: 'proxy.no-address', hint: NO_ADDRESS_HINT });
    }
    return { address: '', fromTrustedProxy };
  }

  return {
    trusts,
    turnsAway(request, response) {
      if (hostHeaders(request.rawHeaders) > 1) {
        refuseTwoHosts(response, problemLanguageOf(request.headers['accept-language']));
        return true;
      }
      const forwarded = request.headers['x-forwarded-for'];
      if (typeof forwarded === 'string' && forwarded !== '')
        request.headers['x-forwarded-for'] = plainAddresses(forwarded);
      return false;
    },
    clientOf,
  };
}

/** The entrance inside Express; a request that passed it ahead of Express is not changed again. */
export function expressEntrance(entrance: Entrance): RequestHandler {
  return (request, response, next) => {
    if (!entrance.turnsAway(request, response)) next();
  };
}

const NO_ADDRESS_HINT =
  'A trusted proxy sends X-Forwarded-For without an address. All who come through it count as one. ' +
  'Let it state the client’s address; see "Behind a proxy" in docs/operations.md. This is said once.';

/** Compiled like Express's own setting, so that both mounts trust the same peers. */
function compileTrust(trustProxy: string | number | null): TrustProxy {
  if (trustProxy === null) return () => false;
  if (typeof trustProxy === 'number') return (_address, hops) => hops < trustProxy;
  return proxyAddr.compile(trustProxy.split(',').map((name) => name.trim()));
}

/** Some balancers write `203.0.113.5:51000` and `[2001:db8::5]:51000`; other texts stay unchanged. */
export function plainAddresses(forwarded: string): string {
  const tail = forwarded.slice(-FORWARDED_SYMBOLS_MAX);
  const whole = tail.length === forwarded.length ? tail : tail.slice(tail.indexOf(',') + 1);
  if (!whole.includes(':')) return whole;
  return whole
    .split(',')
    .map((entry) => plainAddress(entry.trim()))
    .join(', ');
}

function plainAddress(entry: string): string {
  const isBracketed = entry.startsWith('[');
  const end = isBracketed ? entry.indexOf(']') : entry.indexOf(':');
  if (end < 0) return entry;
  const address = entry.slice(isBracketed ? 1 : 0, end);
  return (isBracketed ? isIPv6(address) : isIPv4(address)) ? address : entry;
}

/** Names and values alternate. */
function hostHeaders(rawHeaders: readonly string[]): number {
  let hosts = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts;
}

function refuseTwoHosts(response: ServerResponse, language: Language): void {
  const body = JSON.stringify(
    problemBody({ code: 'invalid', detail: 'The request names its host twice; send one Host header.' }, language),
  );
  response.writeHead(400, {
    'Content-Type': 'application/problem+json',
    'Content-Language': language,
    'Cache-Control': 'no-store',
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
  });
  response.end(body);
}
