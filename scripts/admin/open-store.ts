// Opens the store for a command, beside a running service: the same settings, the same file, and the log on standard
// error, because standard output is the command's result.

import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import type { ActionContext } from '../../server/actions/kit/context.ts';
import { readConfig, type Config } from '../../server/config.ts';
import { addEnvFile } from '../../server/env-file.ts';
import type { Store } from '../../server/store/store.ts';

export const TEMPLATE_FOLDER = fileURLToPath(new URL('../../label-templates', import.meta.url));

/** The service needs an origin to issue stamps; no command issues any. This value never reaches the store. */
const NO_ORIGIN = 'http://localhost';

export interface OpenStore {
  store: Store;
  context: ActionContext;
  [Symbol.asyncDispose]: () => Promise<void>;
}

/** @throws ConfigError naming every fault */
export function readServiceSettings(): Config {
  if (existsSync('.env')) addEnvFile(readFileSync('.env'), process.env);
  return readConfig(process.env, (path) => readFileSync(path, 'utf8'));
}

/** As the service reads them, but PUBLIC_ORIGIN may be missing. @throws ConfigError */
export function readOperatorSettings(): Config {
  if (existsSync('.env')) addEnvFile(readFileSync('.env'), process.env);
  return readConfig({ ...process.env, PUBLIC_ORIGIN: NO_ORIGIN }, (path) => readFileSync(path, 'utf8'));
}

/**
 * @param onGap called if the store ends before what the files beside it record; without it, such a store is refused
 * @throws ConfigError, MasterKeyError, StoreError, each naming what is wrong
 */
export async function openStore(onGap?: (gap: string) => void): Promise<OpenStore> {
  const config = readOperatorSettings();
  // Loaded only now, so that --help does not wait for the whole service.
  const { openWorkshop } = await import('../../server/service.ts');
  const workshop = await openWorkshop(config, {
    log: pino({ level: 'warn', base: null }, pino.destination(2)),
    now: () => new Date(),
    random: (bytes) => randomBytes(bytes),
    version: '',
    templateFolder: TEMPLATE_FOLDER,
    ...(onGap === undefined ? {} : { onGap }),
  });
  return {
    store: workshop.store,
    context: { ...workshop.context, request: null },
    [Symbol.asyncDispose]: () => workshop.close(),
  };
}
