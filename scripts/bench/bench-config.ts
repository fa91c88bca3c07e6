// The settings of a measured service: production's defaults, with a given folder and a free port.

import { readConfig, type Config } from '../../server/config.ts';

export const ORIGIN = 'https://temtrace.example';

export function benchConfig(folder: string): Config {
  return readConfig({ DATA_DIR: folder, PORT: '0', PUBLIC_ORIGIN: ORIGIN }, () => '');
}
