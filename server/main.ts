// Starts the service from the environment, and stops it: the first signal drains, the second ends at once.
//
// Exit codes: 0 drained; 74 a store that cannot be trusted; 78 a wrong setting, folder or key.

import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inviteFirstAdmin } from './actions/people/invite.ts';
import { ConfigError, readConfig } from './config.ts';
import { addEnvFile } from './env-file.ts';
import { createLog } from './log.ts';
import { MasterKeyError } from './master-key.ts';
import { startService } from './service.ts';
import { drawPreview } from './sheet/preview/draw-preview.ts';
import { StoreError } from './store/store.ts';

const EXIT_STORE = 74;
const EXIT_CONFIG = 78;

try {
  await main();
} catch (error) {
  if (!isForeseen(error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error instanceof StoreError ? EXIT_STORE : EXIT_CONFIG;
}

async function main(): Promise<void> {
  if (existsSync('.env')) addEnvFile(readFileSync('.env'), process.env);
  const config = readConfig(process.env, (path) => readFileSync(path, 'utf8'));
  // Compiled code is kept between starts. The variable is for the threads that draw sheets, which read only that.
  process.env['NODE_COMPILE_CACHE'] ??= join(config.dataDir, 'compiled');
  const log = createLog(config.logLevel);
  const service = await startService(config, {
    log,
    now: () => new Date(),
    random: (bytes) => randomBytes(bytes),
    version: readVersion(),
    templateFolder: fileURLToPath(new URL('../label-templates', import.meta.url)),
  });
  log.info({ event: 'service.started', address: service.address, publicOrigin: config.publicOrigin });
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ event: 'service.stopping', signal });
    service.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ event: 'service.stop-failed', err: error });
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  const token = await inviteFirstAdmin({ ...service.context, request: null });
  // Only on the terminal, because the log may be stored elsewhere.
  if (token !== null) process.stdout.write(firstStartText(`${config.publicOrigin}/invitation/${token}`));

  // Last, and one template at a time, so that a request in between waits for at most one template.
  try {
    for (const { template } of service.context.templates.values()) await drawPreview({ kind: 'warm', template });
  } catch (error) {
    log.warn({ event: 'previews.not-warmed', err: error });
  }
}

function firstStartText(link: string): string {
  const text =
    'Nobody has an account yet. Make the first admin and office with this link; it works once, for 72 hours:';
  return `\n${text}\n\n  ${link}\n\n`;
}

function readVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

function isForeseen(error: unknown): error is ConfigError | MasterKeyError | StoreError {
  return error instanceof ConfigError || error instanceof MasterKeyError || error instanceof StoreError;
}
