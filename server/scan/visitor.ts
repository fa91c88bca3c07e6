// Distinguishes visitors for a day without keeping who they are: a keyed hash of network and browser family, whose key
// (the day's salt) is thrown away within 72 hours. No raw address and no user agent leaves this file (DESIGN §6).

import { isIPv4, isIPv6 } from 'node:net';
import { NETWORK_SYMBOLS } from '../store/visits.ts';
import { makeKeyedHash } from './keyed-hash.ts';

/** How much of a user agent is read; those of in-app browsers have up to about 400 symbols. */
export const AGENT_SYMBOLS_MAX = 512;
/** 132 bits of the hash: a network's name where a PIN is tried. */
const PIN_SYMBOLS = 22;
/** Of a network's hash, for what is not kept. */
const SECRET_SYMBOLS = 8;
/** 24 bits: a /64 of its /48, and a browser family. */
const VISITOR_MASK = 0xffffff;
const AGENTS_ROOM = 256;
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Groups of 16 bits: a /48, as it is given to one customer. */
const PIN_GROUPS = 3;

/**
 * The visitor's name for this day: 11 symbols base64url of its network, 4 of the visitor within it; null if there is no
 * address. For IPv6 the network is the /48, which one customer is given: its 65,536 /64 are visitors within it.
 *
 * @param hash keyed with the day's salt
 */
export function visitorOf(
  hash: (text: string) => string,
  address: string,
  userAgent: string | undefined,
): string | null {
  const network = networkOf(address);
  if (network === null) return null;
  const isWide = network.includes(':');
  const hashed = hash(isWide ? wideNetwork(network) : network);
  const own = isWide ? Number.parseInt(network.slice(network.lastIndexOf(':') + 1), 16) : 0;
  const number = own * AGENTS_ROOM + agentNumber(userAgent ?? '');
  return hashed.slice(0, NETWORK_SYMBOLS) + withinNetwork(hashed, number);
}

/**
 * Four symbols for one of 2^24 visitors of a network. A second hash would cost every scan a microsecond. Instead the
 * number is multiplied and added to by what is left of the network's own hash, which nobody keeps: different numbers
 * stay different, and the symbols that are kept tell neither the browser family nor how two of them differ.
 */
function withinNetwork(hashed: string, number: number): string {
  const odd = secretBits(hashed, NETWORK_SYMBOLS) | 1;
  const mixed = (Math.imul(number, odd) + secretBits(hashed, NETWORK_SYMBOLS + SECRET_SYMBOLS)) & VISITOR_MASK;
  const turned = mixed ^ (mixed >>> 11);
  return symbolOf(turned >>> 18) + symbolOf(turned >>> 12) + symbolOf(turned >>> 6) + symbolOf(turned);
}

/** Some 30 bits of a hash. */
function secretBits(hashed: string, at: number): number {
  let bits = 0;
  for (let i = at; i < at + SECRET_SYMBOLS; i += 1) bits = (Math.imul(bits, 67) + hashed.charCodeAt(i)) | 0;
  return bits;
}

function symbolOf(bits: number): string {
  return BASE64URL.charAt(bits & 63);
}

/**
 * Names the network of an address by a hash, so that no raw address is kept, not even in memory. @param key at most 64
 * bytes
 */
export function makeNetworkHash(key: Uint8Array): (address: string) => string {
  const hash = makeKeyedHash(key);
  return (address) => hash(networkOf(address) ?? 'none');
}

/**
 * The name for this day of the network that tries a PIN; null if there is no address. For IPv6 it is the /48: its owner
 * has 65,536 /64 networks, each of which would otherwise have its own tries (domain/stamp/pin.ts).
 *
 * @param hash keyed with the day's salt
 */
export function pinNetworkOf(hash: (text: string) => string, address: string): string | null {
  const network = networkOf(address);
  if (network === null) return null;
  const named = network.includes(':') ? wideNetwork(network) : network;
  return hash(`pin|${named}`).slice(0, PIN_SYMBOLS);
}

/** The /48 of a /64. */
function wideNetwork(network: string): string {
  return network.split(':').slice(0, PIN_GROUPS).join(':');
}

/**
 * A whole IPv4 address, or the /64 of an IPv6 address (a household has one, and a phone changes the rest at will);
 * null: neither.
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
 * Operating system and browser, roughly: too coarse to identify anyone, fine enough to distinguish two phones behind
 * one address.
 */
export function agentFamily(header: string): string {
  const userAgent = header.slice(0, AGENT_SYMBOLS_MAX);
  return `${firstOf(SYSTEMS, userAgent)}/${firstOf(BROWSERS, userAgent)}`;
}

/** The order matters, because each browser also names those it descends from. */
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

/** The same as a number below AGENTS_ROOM. */
function agentNumber(header: string): number {
  const userAgent = header.slice(0, AGENT_SYMBOLS_MAX);
  const isIn = (name: string): boolean => userAgent.includes(name);
  return (SYSTEMS.findIndex(isIn) + 1) * (BROWSERS.length + 1) + BROWSERS.findIndex(isIn) + 1;
}

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

/** Groups of 16 bits; a dotted end counts as two groups. */
function groupsOf(text: string): string[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => (group.includes('.') ? ['0', '0'] : [group]));
}
