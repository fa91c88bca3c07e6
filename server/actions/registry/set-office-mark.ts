// Stores a picture of an office: the approved OCOP artwork that it may print (we never draw the mark ourselves), or its
// own emblem, which stands beside its name on its stamps' pages. An admin does it.

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

/** The artwork: sharp enough for a mark of 40 mm at 600 dpi. The emblem: 40 points on a phone's screen. */
const SIDE_MAX_PX = { mark: 1_000, emblem: 160 } as const;
export type OfficePicture = keyof typeof SIDE_MAX_PX;

/**
 * Stored as PNG, without metadata.
 * Problems: not-allowed, not-found, version-conflict, invalid at `mark` or `emblem`.
 * @param input `version` is the version that the caller read
 */
export async function setOfficeMark(
  actor: Actor,
  input: { id: Id; version: number; bytes: Uint8Array; picture?: OfficePicture },
  ctx: ActionContext,
): Promise<Outcome<Office>> {
  const may = decide(actor, 'keep-office', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const found = await readOffice(actor, input.id, ctx);
  if (!found.ok) return found;
  const before = found.value;
  if (before.version !== input.version)
    return fail('version-conflict', 'Somebody changed this office meanwhile. Read it again.');
  const { picture = 'mark' } = input;
  const bytes = await encodeAnew(actor, input.bytes, { form: 'png', sideMaxPx: SIDE_MAX_PX[picture] });
  if (bytes === null) return fieldProblem('invalid', picture, 'format', 'This is no whole PNG, JPEG or WebP picture.');
  const file = await keepFile(ctx, { mediaType: 'image/png', bytes });
  if (!file.ok) return file;
  const change = picture === 'mark' ? { markFileId: file.value } : { emblemFileId: file.value };
  const doc = nextVersion(ctx, before, change);
  const action = picture === 'mark' ? 'set-office-mark' : 'set-office-emblem';
  return saveChange(ctx, actor, { collection: 'offices', before, doc, action, answer: doc });
}
