// Adds a photograph to a report of a stamp that is not ours, for whoever sent the report: of the stamp or of its pack,
// made smaller and without the phone's metadata.

import { REPORT_PHOTOS_MAX, type StampReport } from '../../domain/market/stamp-report.ts';
import type { Actor } from '../../domain/people/account.ts';
import { fieldProblem } from '../../domain/problem.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { keepFile } from '../kit/keep-file.ts';
import { shrinkPhoto } from '../kit/photo.ts';
import { absent } from '../kit/rights.ts';
import { nextVersion, saveChange } from '../kit/save.ts';
import { isAnswerKey } from './answer-key.ts';

/** A report is not public. No public address holds a dot, so /photos/ never serves these (web/public/photo.ts). */
const FILE_PREFIX = 'report.';
/** All reports of a deployment share one count of a day. */
const EVERYBODY = 'everybody';
/** Of several photographs sent at once, one saves first and the others try again. */
const SAVES_MAX = 5;

export type PhotoOf = 'stamp' | 'pack';

/**
 * Problems: not-found for a number or key that is wrong; invalid at `photo`; quota-reached; no-disk-space. The file is
 * read before anything is kept of it, in a process that may die alone (uploads/upload-reader.ts).
 */
export async function addStampReportPhoto(
  actor: Actor,
  input: { number: string; key: string; of: PhotoOf; bytes: Uint8Array },
  ctx: ActionContext,
): Promise<Outcome<{ number: string }>> {
  const field = input.of === 'stamp' ? 'stampFileIds' : 'packFileIds';
  const first = await reportOf(input, ctx);
  if (first === null) return { ok: false, problem: absent().problem };
  if (first[field].length >= REPORT_PHOTOS_MAX) return tooMany();
  const photo = await shrinkPhoto(actor, input.bytes);
  if (!photo.ok) return photo;
  const file = await keepFile(ctx, {
    mediaType: 'image/webp',
    bytes: photo.value,
    prefix: FILE_PREFIX,
    quota: { name: 'reportPictures', of: EVERYBODY },
  });
  if (!file.ok) return file;
  for (let save = 1; ; save += 1) {
    const before = await reportOf(input, ctx);
    if (before === null) return { ok: false, problem: absent().problem };
    if (before[field].length >= REPORT_PHOTOS_MAX) return tooMany();
    const doc = nextVersion(ctx, before, { [field]: [...before[field], file.value] });
    const saved = await saveChange(ctx, actor, {
      collection: 'stampReports',
      before,
      doc,
      action: 'add-stamp-report-photo',
      answer: { number: before.number },
      created: true,
    });
    if (saved.ok || saved.problem.code !== 'version-conflict' || save === SAVES_MAX) return saved;
  }
}

async function reportOf(
  { number, key }: { number: string; key: string },
  { store }: ActionContext,
): Promise<StampReport | null> {
  const report = await store.stampReports.findBy('number', [number]);
  return report !== null && isAnswerKey(key, report.keyHash) ? report : null;
}

function tooMany(): ReturnType<typeof fieldProblem> {
  return fieldProblem('invalid', 'photo', 'too-many', `A report holds ${REPORT_PHOTOS_MAX} photographs of each.`);
}
