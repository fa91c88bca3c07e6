// Telling one visitor from another for a day, without keeping who it was: a keyed hash of network and agent family,
// whose key (the day's salt) is thrown away within 72 hours. No raw address and no user agent leaves this file
// (DESIGN §6).

import { isIPv4, isIPv6 } from 'node:net';
import { makeKeyedHash } from './keyed-hash.ts';

/** How much of a user agent is read: the longest of in-app browsers have some 400. */
export const AGENT_SYMBOLS_MAX = 512;
/** 132 bits of the hash. */
const VISITOR_SYMBOLS = 22;
/** Of 16 bits: a /48, as it is given to one customer. */
const PIN_GROUPS = 3;

/**
 * The visitor's name for this day, 22 symbols base64url; null where there is no address to tell by. @param hash keyed
 * with the day's salt
 */
export function visitorOf(
  hash: (text: string) => string,
  address: string,
  userAgent: string | undefined,
): string | null {
  const network = networkOf(address);
  if (network === null) return null;
  return hash(`${network}|${agentFamily(userAgent ?? '')}`).slice(0, VISITOR_SYMBOLS);
}

/**
 * Names the network of an address by a hash, so that no raw address is kept, not even in memory. @param key at most
 * 64 bytes
 */
export function makeNetworkHash(key: Uint8Array): (address: string) => string {
  const hash = makeKeyedHash(key);
  return (address) => hash(networkOf(address) ?? 'none');
}

/**
 * The name for this day of the network that tries a PIN; null where there is no address. Of IPv6 it is the /48: whoever
 * rents one has 65,536 /64, and each would have tries of its own (domain/stamp/pin.ts).
 *
 * @param hash keyed with the day's salt
 */
export function pinNetworkOf(hash: (text: string) => string, address: string): string | null {
  const network = networkOf(address);
  if (network === null) return null;
  const named = network.includes(':') ? network.split(':').slice(0, PIN_GROUPS).join(':') : network;
  return hash(`pin|${named}`).slice(0, VISITOR_SYMBOLS);
}

/**
 * An IPv4 address whole, the /64 of an IPv6 address (a household has one, a phone changes the rest at will); null:
 * neither.
 */
export function networkOf(address: string): string | null {
  if (isIPv4(address)) return address;
  const zone = address.indexOf('%');
  const bare = zone < 0 ? address : address.slice(0, zone);
  if (!isIPv6(bare)) return null;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare);
  if (mapped !== null) return mapped[1] ?? null;
  const groups = expandedGroups(bare);
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

/**
 * Operating system and browser, roughly: coarse enough to name nobody, fine enough to part two phones behind one
 * address.
 */
export function agentFamily(header: string): string {
  const userAgent = header.slice(0, AGENT_SYMBOLS_MAX);
  return `${firstOf(SYSTEMS, userAgent)}/${firstOf(BROWSERS, userAgent)}`;
}

/** Order matters: each browser also names those it descends from. */
const SYSTEMS = ['iPhone', 'iPad', 'Android', 'Windows', 'Macintosh', 'CrOS', 'Linux'] as const;
const BROWSERS = [
  'Zalo',
  'FBAN',
  'FBAV',
  'Instagram',
  'TikTok',
  'Line/',
  'coc_coc',
  'SamsungBrowser',
  'MiuiBrowser',
  'UCBrowser',
  'OPR/',
  'Edg',
  'FxiOS',
  'Firefox',
  'CriOS',
  'GSA/',
  'Chrome',
  'Safari',
] as const;

function firstOf(names: readonly string[], userAgent: string): string {
  for (const name of names) if (userAgent.includes(name)) return name;
  return 'other';
}

function expandedGroups(address: string): string[] {
  const [before = '', after] = address.split('::');
  const head = groupsOf(before);
  if (after === undefined) return head;
  const tail = groupsOf(after);
  return [...head, ...Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0'), ...tail];
}

/** Groups of 16 bits; a dotted end counts as two. */
function groupsOf(text: string): string[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => (group.includes('.') ? ['0', '0'] : [group]));
}
