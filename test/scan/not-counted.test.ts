// Robots are not counted as scans; people are, whichever app their browser runs in. Tested with published lists of
// agent strings: crawler-user-agents for robots, top-user-agents and the strings below for people.

import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import { isLookAhead } from '../../server/scan/not-counted.ts';
import { AGENT_SYMBOLS_MAX } from '../../server/scan/visitor.ts';

const require = createRequire(import.meta.url);
const crawlers = require('crawler-user-agents') as { instances: string[] }[];
const phones = require('top-user-agents/mobile') as string[];
const desktops = require('top-user-agents/desktop') as string[];

const WEBVIEW =
  'Mozilla/5.0 (Linux; Android 13; SM-A146P; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0.6099.43 Mobile Safari/537.36';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21A329';
/** What in-app browsers append to the phone's own string. */
const IN_APP = [
  'Zalo android/12110575 ZaloTheme/light ZaloLanguage/vi',
  '[FBAN/FBIOS;FBAV/440.0.0.31.105;FBDV/iPhone14,5;FBLC/vi_VN;FBOP/5]',
  '[FB_IAB/FB4A;FBAV/440.0.0.33.116;]',
  '[FBAN/MessengerForiOS;FBAV/430.0.0.35.112;FBLC/vi_VN]',
  'Instagram 309.0.0.40.113 Android (33/13; 450dpi; 1080x2340; samsung; SM-A146P; vi_VN)',
  'musical_ly_2023205030 JsSdk/1.0 NetType/WIFI Channel/googleplay AppName/musical_ly ByteLocale/vi-VN BytedanceWebview',
  'TikTok 32.5.3 rv:325304 (iPhone; iOS 17.0; vi_VN) Cronet',
  '[Pinterest/iOS]',
  '[Pinterest/Android]',
  'WhatsApp/2.23.25.84',
  'Viber/21.2.0.4',
  'Line/13.19.1/IAB',
  'MicroMessenger/8.0.44(0x18002c2f) NetType/WIFI Language/vi',
  'GSA/295.0.590048842',
  'Twitter for iPhone/10.16',
  'LinkedInApp/9.29.3246',
  'Snapchat/12.60.0.47',
  'coc_coc_browser/115.0.148',
  'TelegramBrowser/10.3',
  'MoMo/4.1.9',
  'VNPTApp/3.1 VneID/2.1.1',
];
const MAKERS = [
  'CUBOT X50',
  'Cubot Note 20',
  'Vsmart Joy 4',
  'Redmi Note 12',
  'CPH2127',
  'V2111',
  'RMX3085',
  'SM-A042F',
];
const people = [
  ...new Set([
    ...phones,
    ...desktops,
    ...IN_APP.flatMap((app) => [`${WEBVIEW} ${app}`, `${IPHONE} ${app}`]),
    ...MAKERS.flatMap((maker) => [WEBVIEW.replace('SM-A146P', maker), WEBVIEW.replace('SM-A146P; wv', maker)]),
    ...MAKERS.flatMap((maker) => IN_APP.map((app) => `${WEBVIEW.replace('SM-A146P', maker)} ${app}`)),
  ]),
];
const robots = [...new Set(crawlers.flatMap(({ instances }) => instances))];
const counts = (agent: string): boolean => !isLookAhead({ 'user-agent': agent });

/**
 * Share of the published robots that must be recognised. The rest are monitoring, sales or test tools, which never
 * visit a stamp's address.
 */
const SHARE_KNOWN = 0.94;

/** Programs are counted: the contract excludes only previews and robots. */
const PROGRAMS = /^(?:curl|wget|python|node-fetch|axios|got|go-http|okhttp|apache-httpclient|httpie|java)(?:[/ -]|$)/i;

describe('who asks', () => {
  test('at least 300 published strings of each kind are tried', () => {
    expect(robots.length).toBeGreaterThan(300);
    expect(people.length).toBeGreaterThan(300);
  });

  test('robots of the published list do not count', () => {
    const counted = robots.filter((agent) => counts(agent) && !PROGRAMS.test(agent));
    expect(counted.length / robots.length).toBeLessThan(1 - SHARE_KNOWN);
  });

  test.each([
    'Viber',
    'WhatsApp',
    'WhatsApp/2.23.20 A',
    'meta-externalfetcher/1.1',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko; compatible; MicrosoftPreview/2.0; +https://aka.ms/MicrosoftPreview) Chrome/120.0.0.0 Safari/537.36',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/56.0.2924.87 Safari/537.36 Google-PageRenderer Google (+https://developers.google.com/+/web/snippet/)',
    'Google-Safety',
    'Mozilla/5.0 (compatible; FlipboardProxy/1.2; +http://flipboard.com/browserproxy)',
    'Mozilla/4.0 (compatible; ms-office; MSOffice 16)',
    'Slack-ImgProxy (+https://api.slack.com/robots)',
    'ZaloPreview/1.0',
  ])('%s does not count', (agent) => expect(counts(agent)).toBe(false));

  test.each(['curl/8.5.0', 'node', 'python-requests/2.32', 'node-superagent/3.8.2', 'visitor-7', 'CUBOT_X18_Plus'])(
    '%s, a program or a name never heard of, counts',
    (agent) => expect(counts(agent)).toBe(true),
  );

  test.each([
    ['a picture', 'no-cors', 'image'],
    ['a frame', 'navigate', 'iframe'],
    ['a script’s request', 'cors', 'empty'],
    ['a style sheet', 'no-cors', 'style'],
  ])('%s of another site does not count: its visitors never saw the stamp', (_, mode, dest) => {
    for (const site of ['cross-site', 'same-site']) {
      const headers = { 'user-agent': WEBVIEW, 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': dest };
      expect(isLookAhead(headers)).toBe(true);
      expect(isLookAhead({ ...headers, 'sec-fetch-site': 'same-origin' })).toBe(false);
    }
  });

  test.each(['none', 'cross-site', 'same-site', 'same-origin'])('a link that is followed counts, site %s', (site) => {
    const opened = { 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    expect(isLookAhead({ 'user-agent': WEBVIEW, ...opened })).toBe(false);
  });

  test('people count, in any browser and any app', () => {
    expect(people.filter((agent) => !counts(agent))).toEqual([]);
  });

  test('an agent is judged by its first 512 symbols, and the same again', () => {
    const long = `${WEBVIEW} ${'x'.repeat(AGENT_SYMBOLS_MAX)} Googlebot/2.1`;
    expect([counts(long), counts(long), counts('Googlebot/2.1'), counts('Googlebot/2.1')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
