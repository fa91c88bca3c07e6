// Stores the approved OCOP artwork that an office may print. An admin does it. We never draw the mark ourselves.

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import type { Office } from '../../domain/registry/office.ts';
import { fail, fieldProblem } from '../../domain/problem.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { keepFile } from '../kit/keep-file.ts';
import { encodeAnew } from '../kit/photo.ts';
import { readOffice } from './read.ts';
import { decide } from '../kit/rights.ts';
import { nextVersion, saveChange } from '../kit/save.ts';

/** Sharp enough for a mark of 40 mm at 600 dpi. */
const MARK_SIDE_MAX_PX = 1_000;

/**
 * Stored as PNG, without metadata.
 * Problems: not-allowed, not-found, version-conflict, invalid at `mark`.
 * @param input `version` is the version that the caller read
 */
export async function setOfficeMark(
  actor: Actor,
  input: { id: Id; version: number; bytes: Uint8Array },
  ctx: ActionContext,
): Promise<Outcome<Office>> {
  const may = decide(actor, 'keep-office', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const found = await readOffice(actor, input.id, ctx);
  if (!found.ok) return found;
  const before = found.value;
  if (before.version !== input.version)
    return fail('version-conflict', 'Somebody changed this office meanwhile. Read it again.');
  const bytes = await encodeAnew(actor, input.bytes, { form: 'png', sideMaxPx: MARK_SIDE_MAX_PX });
  if (bytes === null) return fieldProblem('invalid', 'mark', 'format', 'This is no whole PNG, JPEG or WebP picture.');
  const file = await keepFile(ctx, { mediaType: 'image/png', bytes });
  if (!file.ok) return file;
  const doc = nextVersion(ctx, before, { markFileId: file.value });
  return saveChange(ctx, actor, { collection: 'offices', before, doc, action: 'set-office-mark', answer: doc });
}
