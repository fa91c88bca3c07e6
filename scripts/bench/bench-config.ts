// The settings of a measured service: production's defaults, with a given folder and a free port.

import { readConfig, type Config } from '../../server/config.ts';

export const ORIGIN = 'https://temtrace.example';

export function benchConfig(folder: string): Config {
  return readConfig({ DATA_DIR: folder, PORT: '0', PUBLIC_ORIGIN: ORIGIN }, () => '');
}

/** In the folder of a measurement: answers of ours, which the server `same-bytes` repeats. */
export const ANSWERS_FILE = 'answers.json';
/** By the Accept header that got them; the body in base64. */
export type KeptAnswers = Record<string, { headers: string[]; body: string }>;
