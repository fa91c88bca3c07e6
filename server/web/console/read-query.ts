// Reads a list's filters from its address. A filter that cannot be read is ignored, so that an old link still shows a
// list.

import type { z } from 'zod';

/** @param rows of a page */
export function readQuery<S extends z.ZodObject>(
  shape: S,
  query: Readonly<Record<string, string>>,
  rows: number,
): z.output<S> {
  const known = Object.entries(query).filter(([name, value]) => value !== '' && name in shape.shape);
  const read = (values: Record<string, unknown>): z.ZodSafeParseResult<z.output<S>> =>
    shape.safeParse({ ...values, limit: rows }) as z.ZodSafeParseResult<z.output<S>>;
  const whole = read(Object.fromEntries(known));
  if (whole.success) return whole.data;
  const faulty = new Set(whole.error.issues.map(({ path }) => String(path[0])));
  const rest = read(Object.fromEntries(known.filter(([name]) => !faulty.has(name))));
  if (!rest.success) throw rest.error;
  return rest.data;
}
