// The few lines that say what to open.

import { dirname, relative } from 'node:path';
import type { Config } from '../../server/config.ts';
import type { DemoFolder } from './demo-folder.ts';
import { networkAddresses } from './demo-settings.ts';
import type { DemoRecord } from './make-demo.ts';

export interface DemoSummary {
  record: DemoRecord;
  config: Config;
  recordPath: string;
  folder: Pick<DemoFolder, 'state' | 'origin'>;
  /** Seconds until it served; null: it does not serve. */
  seconds: number | null;
}

export function summaryOf({ record, config, recordPath, folder, seconds }: DemoSummary): string {
  const origin = config.publicOrigin;
  const [firstBatch] = record.batches;
  const sheets = firstBatch === undefined ? '' : shown(dirname(firstBatch.sheet));
  const ready =
    seconds === null ? `Written to ${shown(config.dataDir)}` : `Ready in ${seconds.toFixed(1)} s: ${origin}`;
  const logins = record.users.map(({ login }) => login).join(', ');
  const lines = [
    `${ready}${folder.state === 'made' ? ' (the data of the first run was kept)' : ''}`,
    ...(folder.origin === origin
      ? []
      : [`The stamps were printed for ${folder.origin} and say so for ever; here they are served at ${origin}.`]),
    '',
    ...Object.entries(record.samples).map(([verdict, code]) => `  ${verdict.padEnd(14)} ${origin}/t/${code}`),
    '',
    `  Type a code    ${origin}/`,
    `  API            ${origin}/api/v1/openapi.json, with the key in ${shown(recordPath)}`,
    `  Sign in        ${origin}/login as ${logins}; their passwords are in the same file`,
    `  Sheets, codes  ${record.batches.length} batches in ${sheets}`,
    `  Telephone      ${telephone(config)}`,
  ];
  return `${lines.join('\n')}\n`;
}

function telephone(config: Config): string {
  const { hostname, port } = new URL(config.publicOrigin);
  if (!['localhost', '127.0.0.1', '[::1]'].includes(hostname))
    return `in the same network, scan a sheet or open ${config.publicOrigin}/`;
  const address = networkAddresses()[0] ?? '192.168.1.20';
  const folder = shown(config.dataDir);
  return `delete ${folder}, then: npm run demo -- --origin http://${address}:${port === '' ? '80' : port}`;
}

/** Shortens a path to what one would type. */
function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short === '' || short.startsWith('..') ? path : short;
}
