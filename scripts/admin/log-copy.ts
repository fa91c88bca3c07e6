// Reads a downloaded copy of the audit chain: JSON lines, or the pages of GET /api/v1/audit one after the other, in any
// order.

import { z } from 'zod';
import type { AuditEntry } from '../../server/domain/audit/audit.ts';
import { Wrong } from './command.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** Fields that a page adds (id, version) are allowed, because the hash does not cover them. */
const entry: z.ZodType<AuditEntry> = z.object({
  seq: z.int().min(1),
  at: z.string(),
  actor: z.string(),
  officeId: z.string().nullable(),
  entity: z.string(),
  action: z.string(),
  values: z.record(z.string(), z.unknown()).nullable(),
  salt: z
    .string()
    .regex(/^[0-9a-f]*$/)
    .nullable(),
  valuesHash: hash,
  hash,
  recordVersion: z.int().min(1).exactOptional(),
  concerns: z.string().exactOptional(),
});
const page = z.object({ items: z.array(z.unknown()) });

/** The lines by their number. @throws Wrong, naming what cannot be read */
export function readLogCopy(text: string): AuditEntry[] {
  return documentsOf(text)
    .flatMap(({ value, where }) => {
      const asPage = page.safeParse(value);
      return asPage.success ? asPage.data.items.map((item) => ({ value: item, where })) : [{ value, where }];
    })
    .map(({ value, where }) => {
      const read = entry.safeParse(value);
      if (read.success) return read.data;
      const [issue] = read.error.issues;
      throw new Wrong([
        `The copy, ${where}: no line of an audit log (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}).`,
      ]);
    })
    .toSorted((a, b) => a.seq - b.seq);
}

/** One JSON document, or one per line. */
function documentsOf(text: string): { value: unknown; where: string }[] {
  const whole = parse(text);
  if (whole.ok)
    return (Array.isArray(whole.value) ? whole.value : [whole.value]).map((value: unknown) => ({
      value,
      where: 'the document',
    }));
  return text.split('\n').flatMap((line, at) => {
    if (line.trim() === '') return [];
    const parsed = parse(line);
    if (!parsed.ok) throw new Wrong([`The copy, line ${at + 1} of the file: no JSON.`]);
    return [{ value: parsed.value, where: `line ${at + 1} of the file` }];
  });
}

function parse(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}
