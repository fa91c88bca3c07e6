// Requests that are answered but are not scans: a browser prefetching, a chat program drawing a link's preview, a
// search engine. Counting them would make a stamp that nobody has looked at read "scanned before".

import type { ScanRequest } from './answer.ts';
import { AGENT_SYMBOLS_MAX } from './visitor.ts';

/** For `Sec-Purpose: prefetch;anonymous-client-ip` and similar values. */
const PURPOSE_SYMBOLS_MAX = 128;

/**
 * Parts of the names that previewers and crawlers give themselves. "Cubot" is a maker of phones, and the in-app
 * browsers of Zalo, Facebook and WhatsApp contain the names of their robots further in. So only names at the start, or
 * the robots' own names, count.
 */
const ROBOTS = new RegExp(
  [
    '(?<!cu)bot(?![a-z])',
    'crawl',
    'spider',
    'slurp',
    'facebookexternalhit',
    'facebookcatalog',
    'meta-externalagent',
    '^whatsapp/',
    '^viber/',
    'skypeuripreview',
    'bingpreview',
    'linkpreview',
    'link preview',
    'embedly',
    'iframely',
    'vkshare',
    'pinterest/',
    'outbrain',
    'quora link',
    'w3c_validator',
    'google-inspectiontool',
    'google-read-aloud',
    'mediapartners-google',
    'chrome-lighthouse',
    'zalo-?preview',
  ].join('|'),
  'i',
);

/** Whether a GET is a prefetch or comes from a robot, by its headers alone. */
export function isLookAhead(headers: ScanRequest['headers']): boolean {
  if (says(headers['sec-purpose'], 'prefetch') || says(headers['sec-purpose'], 'prerender')) return true;
  if (
    says(headers['purpose'], 'prefetch') ||
    says(headers['x-purpose'], 'preview') ||
    says(headers['x-moz'], 'prefetch')
  )
    return true;
  return isRobot(headers['user-agent']);
}

function isRobot(userAgent: string | string[] | undefined): boolean {
  return typeof userAgent === 'string' && ROBOTS.test(userAgent.slice(0, AGENT_SYMBOLS_MAX));
}

function says(header: string | string[] | undefined, word: string): boolean {
  return header !== undefined && String(header).slice(0, PURPOSE_SYMBOLS_MAX).toLowerCase().includes(word);
}
