// Reads options as an action's input, with the schema of the API's bodies. Faults name the option.

import type { z } from 'zod';
import { WrongUse } from './command.ts';

const OPTIONS: Readonly<Record<string, string>> = {
  officeId: '--office',
  producerId: '--producer',
  role: '--role',
  login: '--login',
  name: '--name',
  by: '--by',
  why: '--why',
};

/** @param options undefined means not given @throws WrongUse, naming every option that is missing or wrong */
export function readInput<S extends z.ZodType>(schema: S, options: Record<string, string | undefined>): z.output<S> {
  const read = schema.safeParse(Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)));
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) => {
    const field = String(path[0] ?? '');
    const option = OPTIONS[field] ?? field;
    return options[field] === undefined ? `${option} is missing` : `${option}: ${message}`;
  });
  throw new WrongUse([...new Set(faults)].join('\n'));
}
