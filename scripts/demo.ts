// Runs the main job on real input with one command: loads the sample registry, issues batches, draws their sheets,
// plays back six weeks of scans, and serves all of it. demo/story.ts says what happens.
//
// Exit codes: 0 stopped, or written with --once; 78 a wrong setting, or a folder whose store the demo did not make.

import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { ConfigError } from '../server/config.ts';
import { MasterKeyError, openMasterKey } from '../server/master-key.ts';
import { startService } from '../server/service.ts';
import { TEMPLATE_FOLDER } from './admin/open-store.ts';
import { NotOurs, openDemoFolder, writeClosed } from './demo/demo-folder.ts';
import { DEMO_HELP, readDemoSettings, type DemoSettings } from './demo/demo-settings.ts';
import { makeDemo, type DemoRecord } from './demo/make-demo.ts';
import { summaryOf } from './demo/summary.ts';

const EXIT_CONFIG = 78;
const EXIT_USE = 2;
const random = (bytes: number): Uint8Array => randomBytes(bytes);

const args = process.argv.slice(2);
if (args.includes('--help') || args.includes('-h')) {
  process.stdout.write(`${DEMO_HELP}\n`);
} else {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
    await run(await readDemoSettings(args, process.env));
  } catch (error) {
    const isWrongUse = error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
    const isForeseen = error instanceof ConfigError || error instanceof NotOurs || error instanceof MasterKeyError;
    if (!isWrongUse && !isForeseen) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = isWrongUse ? EXIT_USE : EXIT_CONFIG;
  }
}

async function run({ config, once }: DemoSettings): Promise<void> {
  const began = performance.now();
  // The lines below are for people, so the log shows only problems unless asked for more.
  const log = pino(
    { level: process.env['LOG_LEVEL'] === undefined ? 'warn' : config.logLevel, base: null },
    pino.destination(2),
  );
  const { databaseUrl, masterKeyFile, publicOrigin } = config;
  const folder = await openDemoFolder(config.dataDir, { databaseUrl, keyFile: masterKeyFile, origin: publicOrigin });
  // Only an embedded store creates its key at the first start.
  if (folder.state === 'empty') openMasterKey(masterKeyFile, true, random);
  const recordPath = join(config.dataDir, 'demo.json');
  const record = folder.state === 'made' ? readRecord(recordPath) : await makeDemo(config, log, new Date(), random);
  writeClosed(recordPath, `${JSON.stringify({ ...record, origin: publicOrigin }, null, 2)}\n`);
  folder.finish();
  const summary = (seconds: number | null): string => summaryOf({ record, config, recordPath, folder, seconds });
  if (once) {
    process.stdout.write(summary(null));
    return;
  }
  const service = await startService(config, {
    log,
    now: () => new Date(),
    random,
    version: 'demo',
    templateFolder: TEMPLATE_FOLDER,
  });
  process.stdout.write(summary((performance.now() - began) / 1_000));
  const stop = (): void => void service.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

/** Reads the record that the first run wrote: the passwords are nowhere else. @throws NotOurs */
function readRecord(path: string): DemoRecord {
  if (!existsSync(path))
    throw new NotOurs(`${path} is gone, and with it the demo's passwords. Delete its folder to begin anew.`);
  return JSON.parse(readFileSync(path, 'utf8')) as DemoRecord;
}
