// Shapes shared by many answers. What the API shows of a record is in shapes/<noun>.ts.

import { z } from 'zod';
import { ERRORS_MAX } from '../../domain/problem.ts';

export const problemShape = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z
      .string()
      .meta({ description: 'English, or Vietnamese where Accept-Language prefers it; Content-Language says which.' }),
    code: z.string(),
    errors: z.array(
      z.strictObject({ path: z.array(z.union([z.string(), z.int()])), code: z.string(), message: z.string() }),
    ),
    moreErrors: z
      .int()
      .min(1)
      .optional()
      .meta({ description: `Faults beyond the ${ERRORS_MAX} that are listed.` }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem; `code` is for programs, `errors` names each faulty field.' });

export const waitingShape = z
  .strictObject({ request: z.strictObject({ id: z.string(), state: z.literal('waiting') }) })
  .meta({ id: 'Waiting', description: 'The change waits for the office; see /requests.' });

export const entityShape = {
  id: z.string(),
  version: z.int().min(1),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
};

export const addressShape = z
  .strictObject({ commune: z.string(), province: z.string(), detail: z.string().nullable() })
  .meta({ id: 'Address' });

export const dayShape = z.iso.date();
export const instantShape = z.iso.datetime();
export const rangeShape = z.strictObject({ from: z.int().min(1), to: z.int().min(1) }).meta({ id: 'SerialRange' });
export const bilingualShape = z
  .strictObject({ vi: z.string(), en: z.string().nullable() })
  .meta({ id: 'BilingualText' });

/** A page of a list; the caller sends `next` as `after`. */
export function pageShape<T extends z.ZodType>(item: T): z.ZodType {
  return z.strictObject({ items: z.array(item), next: z.string().nullable() });
}

/** The `:id` of an address. */
export const idParams = z.strictObject({ id: z.string().min(1).max(64) });

/**
 * The members of a record that a shape shows, in the shape's order.
 *
 * @param computed members that the record does not hold, or holds in another form
 */
export function viewOf<S extends z.ZodRawShape, C extends Partial<z.input<z.ZodObject<S>>>>(
  shape: z.ZodObject<S>,
  record: Omit<z.input<z.ZodObject<S>>, keyof C>,
  computed: C,
): z.input<z.ZodObject<S>> {
  const known: Readonly<Record<string, unknown>> = { ...record, ...computed };
  return Object.fromEntries(Object.keys(shape.shape).map((key) => [key, known[key]])) as z.input<z.ZodObject<S>>;
}
