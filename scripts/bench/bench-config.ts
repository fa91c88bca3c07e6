// The settings of a measured service: those of production, in a folder of its own and on a free port.

import { join } from 'node:path';
import type { Config } from '../../server/config.ts';

export function benchConfig(folder: string): Config {
  return {
    host: '127.0.0.1',
    port: 0,
    publicOrigin: 'https://temtrace.example',
    databaseUrl: `sqlite:${join(folder, 'temtrace.db')}`,
    dataDir: folder,
    masterKeyFile: join(folder, 'master.key'),
    trustProxy: null,
    logLevel: 'info',
    metricsToken: null,
    timeZone: 'Asia/Ho_Chi_Minh',
    scanRetentionDays: 730,
    placeHeader: null,
  };
}
