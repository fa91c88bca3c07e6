// Requests that are answered but are no scan: a browser fetching ahead, a chat program drawing a link's preview, a
// safety scanner, a search engine; or a page of another site that loads the stamp's address as a picture or in a frame.
// They would make a stamp that nobody has looked at read "scanned before", and the last would do it from the networks
// of all who visit that site: the very thing that suspicion rests on (decision 5).

import { createIsBotFromList, list } from 'isbot';
import { BoundedMap } from '../kit/bounded-map.ts';
import type { ScanRequest } from './answer.ts';
import { AGENT_SYMBOLS_MAX } from './visitor.ts';

/** For `Sec-Purpose: prefetch;anonymous-client-ip` and similar values. */
const PURPOSE_SYMBOLS_MAX = 128;

/**
 * The library's names of robots, without its guesses by form alone (a name without blanks, fifty letters together): an
 * honest phone or program that calls itself something new must count. The library is brought up to date with the other
 * dependencies, and test/scan/not-counted.test.ts holds it against two published lists, of robots and of people.
 */
const isInList = createIsBotFromList(list.filter((pattern) => !/^\^(?:\[|\\[wd]|mozilla)/.test(pattern)));
/** What it names by form only, or not at all: previews of messengers, Office opening a link, page testers, watchers. */
const ROBOTS = anyOf([
  'ms-?office',
  'zalo-?preview',
  '^viber',
  '^bluesky',
  '^tumblr',
  '^disqus',
  'meta-external',
  'fetcher',
  'gtmetrix',
  String.raw`miniature\.io`,
  'uptime',
  'zabbix',
  'favicon',
  'screenshot',
  'web ?screen',
  'webhook',
  'cloudfront',
  'github-camo',
  '^ahc/',
  'finder',
  'indexer',
  'kagi',
  '^(?:anthropic|cohere)-ai',
  '(?:search|wordup)x?$',
]);
/**
 * Programs of integrators, which name the tool that they are written with. The contract leaves out previews and robots,
 * not programs: a look-up by one of them counts.
 */
const PROGRAMS = anyOf(
  [
    'curl',
    'wget',
    'httpie',
    'python(?:-requests|-urllib|-httpx)?',
    'aiohttp',
    'httpx',
    'node(?:-fetch|-superagent)?',
    'undici',
    'axios',
    'got',
    'go-http-client',
    'java',
    'okhttp',
    'ktor-client',
    'dart',
    'ruby',
    'faraday',
    'php',
    'guzzlehttp',
    'postmanruntime',
    'insomnia',
    'apache-httpclient',
  ].map((name) => `^(?:${name})(?=$|[/ ])`),
);
/** A maker of phones whose name ends as robots' do. */
const CUBOT = /^cubot/i;
/** User agents seen recently; a country's phones have some hundred different ones at a time. */
const AGENTS_MAX = 1_024;

/** Whether an agent is a robot, kept because the library's expression takes 3 µs, a tenth of a look-up. */
const known = new BoundedMap<string, boolean>(AGENTS_MAX);

/** Whether a GET is no person's look at a stamp: a prefetch, a robot, another site's picture. By its headers alone. */
export function isLookAhead(headers: ScanRequest['headers']): boolean {
  if (isEmbedded(headers)) return true;
  if (says(headers['sec-purpose'], 'prefetch') || says(headers['sec-purpose'], 'prerender')) return true;
  if (
    says(headers['purpose'], 'prefetch') ||
    says(headers['x-purpose'], 'preview') ||
    says(headers['x-moz'], 'prefetch')
  )
    return true;
  return isRobot(headers['user-agent']);
}

/** Loaded by another site's page without being opened. Browsers state it by https; a link that is followed counts. */
function isEmbedded(headers: ScanRequest['headers']): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== 'cross-site' && site !== 'same-site') return false;
  return headers['sec-fetch-mode'] !== 'navigate' || headers['sec-fetch-dest'] !== 'document';
}

function isRobot(userAgent: string | string[] | undefined): boolean {
  if (typeof userAgent !== 'string') return false;
  const agent = userAgent.slice(0, AGENT_SYMBOLS_MAX);
  const found = known.get(agent) ?? isNamedRobot(agent);
  if (!known.has(agent)) known.set(agent, found);
  return found;
}

function isNamedRobot(agent: string): boolean {
  return ROBOTS.test(agent) || (isInList(agent) && !PROGRAMS.test(agent) && !CUBOT.test(agent));
}

function anyOf(patterns: readonly string[]): RegExp {
  return new RegExp(patterns.join('|'), 'i');
}

function says(header: string | string[] | undefined, word: string): boolean {
  return header !== undefined && String(header).slice(0, PURPOSE_SYMBOLS_MAX).toLowerCase().includes(word);
}
