// Looks at every public page of a fresh demo in both languages, at three widths, in usual and in forced colours, with
// letters of 100 and 200 %, and writes what was found into docs/axe.md. Ends with 1 if anything was found.
//
// npm run axe
// npm run axe -- --only valid

import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { readConfig } from '../server/config.ts';
import { LANGUAGES } from '../server/domain/language.ts';
import { startService } from '../server/service.ts';
import { TEMPLATE_FOLDER } from './admin/open-store.ts';
import { dressStamp } from './axe/dressed-stamp.ts';
import { findingsOf, LARGE_TEXT, lookName, LOOKS, type PageLook } from './axe/looks.ts';
import { publicPages } from './axe/public-pages.ts';
import { makeDemo } from './demo/make-demo.ts';
import { openBrowser } from './pictures/camera.ts';

const REPORT = fileURLToPath(new URL('../docs/axe.md', import.meta.url));
const ORIGIN = 'https://temtrace.example';

const { only } = parseArgs({ options: { only: { type: 'string' } } }).values;
const work = mkdtempSync(join(tmpdir(), 'temtrace-axe-'));
try {
  process.exitCode = (await lookAtAll()) === 0 ? 0 : 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** How much was found. */
async function lookAtAll(): Promise<number> {
  const config = readConfig({ DATA_DIR: join(work, 'data'), PORT: '0', PUBLIC_ORIGIN: ORIGIN }, () => '');
  const log = pino({ level: 'warn' }, pino.destination(2));
  const random = (bytes: number): Uint8Array => randomBytes(bytes);
  const demo = await makeDemo(config, log, new Date(), random);
  const service = await startService(config, {
    log,
    now: () => new Date(),
    random,
    version: 'axe',
    templateFolder: TEMPLATE_FOLDER,
  });
  await dressStamp(demo.samples.valid, { ...service.context, request: null });
  const browsers = { 100: await openBrowser(), 200: await openBrowser([LARGE_TEXT]) };
  const rows: { name: string; language: string; found: number[] }[] = [];
  let all = 0;
  try {
    for (const { name, open } of await publicPages(demo, service.address)) {
      if (only !== undefined && only !== name) continue;
      for (const language of LANGUAGES) {
        const found = new Map<PageLook, number>();
        for (const textPercent of [100, 200] as const) {
          const page = await browsers[textPercent].newPage({ locale: language });
          await open(page, service.address, language);
          for (const look of LOOKS.filter((one) => one.textPercent === textPercent)) {
            const findings = await findingsOf(page, look);
            for (const finding of findings)
              process.stdout.write(`${name}, ${language}, ${lookName(look)}: ${finding}\n`);
            found.set(look, findings.length);
            all += findings.length;
          }
          await page.close();
        }
        rows.push({ name, language, found: LOOKS.map((look) => found.get(look) ?? 0) });
      }
    }
  } finally {
    await Promise.all([browsers[100].close(), browsers[200].close()]);
    await service.close();
  }
  process.stdout.write(`${rows.length} pages in ${LOOKS.length} looks: ${all} found\n`);
  if (only === undefined) writeFileSync(REPORT, reportOf(rows, all));
  return all;
}

function reportOf(rows: readonly { name: string; language: string; found: readonly number[] }[], all: number): string {
  const { version } = JSON.parse(
    readFileSync(new URL('../node_modules/axe-core/package.json', import.meta.url), 'utf8'),
  ) as { version: string };
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  const heads = ['page', 'language', ...LOOKS.map(lookName)];
  return `# Public pages under axe-core

Written by \`npm run axe\` (axe-core ${version}, rules of WCAG 2.2 A and AA and best practice), which looks at every
public page of a fresh demo. Each figure counts what was found in one look: rules of axe-core, scrolling sideways, and
touch targets under 44 px outside of sentences.
Looks: width in px, usual (light) or forced colours, letters of 100 or 200 %.

${rows.length} pages in ${LOOKS.length} looks, ${rows.length * LOOKS.length} runs: **${all} found**.

${line(heads)}
${line(heads.map(() => '---'))}
${rows.map(({ name, language, found }) => line([name, language, ...found])).join('\n')}
`;
}
