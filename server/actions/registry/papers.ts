// Documents kept with a product, a certificate or a lot: the certificate itself, evidence of an extension, permission
// to use a GTIN, test results. A producer adds papers to its own records, like photographs; a paper changes no fact.
// Papers are never deleted, because the audit log names them.
//
// A PDF is kept unchanged and only served as a file. Pictures are encoded again, without the metadata of a phone. What
// buyers see of a paper are pictures of its pages (show-paper.ts).

import type { Actor } from '../../domain/people/account.ts';
import type { Certificate } from '../../domain/registry/certificate.ts';
import type { Id } from '../../domain/entity.ts';
import type { Lot } from '../../domain/lots/lot.ts';
import { PAPER_BYTES_MAX, PAPERS_MAX, type Paper, type PaperKind } from '../../domain/registry/paper.ts';
import { fail, fieldProblem, ok, type Result } from '../../domain/problem.ts';
import type { Product } from '../../domain/registry/product.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { keepFile } from '../kit/keep-file.ts';
import { PAPER_SIDE_MAX_PX, shrinkPhoto } from '../kit/photo.ts';
import { reach } from '../kit/reach.ts';
import type { Right } from '../kit/rights.ts';
import { actorId, newEntity, saveNew } from '../kit/save.ts';

/** A paper is not public: no public address holds a dot, so /photos/ never serves it (web/public/photo.ts). */
const FILE_PREFIX = 'paper.';

export type PaperSubject = 'product' | 'certificate' | 'lot';

/** Problems: not-allowed, not-found, invalid at `paper`. */
export async function addPaper(
  actor: Actor,
  input: { subject: PaperSubject; id: Id; kind: PaperKind; name: string; bytes: Uint8Array },
  ctx: ActionContext,
): Promise<Outcome<Paper>> {
  const found = await reachSubject(actor, 'tell-story', input, ctx);
  if (!found.ok) return found;
  const { officeId, producerId } = found.value.doc;
  const subject = `${input.subject}:${input.id}`;
  if (input.bytes.length > PAPER_BYTES_MAX)
    return fieldProblem('invalid', 'paper', 'too-large', `A paper has at most ${PAPER_BYTES_MAX / 1024 / 1024} MB.`);
  let papers = 0;
  for await (const _paper of everyOf(ctx.store.papers, { subject })) papers += 1;
  if (papers >= PAPERS_MAX)
    return fieldProblem('invalid', 'paper', 'too-many', `A record has at most ${PAPERS_MAX} papers.`);
  const content = await readPaper(actor, input.bytes);
  if (!content.ok) return content;
  const { mediaType, bytes } = content.value;
  const quota = { name: 'pictures', of: producerId } as const;
  const file = await keepFile(ctx, { mediaType, bytes, prefix: FILE_PREFIX, quota });
  if (!file.ok) return file;
  const name =
    input.name
      .normalize('NFC')
      .replaceAll(/[\p{Cc}/\\]/gu, ' ')
      .trim()
      .slice(0, 120) || 'paper';
  const doc: Paper = {
    ...newEntity(ctx),
    officeId,
    producerId,
    subject,
    kind: input.kind,
    name,
    mediaType,
    sizeBytes: bytes.length,
    fileId: file.value,
    by: actorId(actor),
    handedInBy: actor.kind === 'person' && actor.role === 'producer' ? 'producer' : 'office',
  };
  return saveNew(ctx, actor, { collection: 'papers', doc, action: 'add-paper', answer: doc });
}

/** Newest first. */
export async function listPapers(
  actor: Actor,
  input: { subject: PaperSubject; id: Id },
  ctx: ActionContext,
): Promise<Result<Paper[]>> {
  const found = await reachSubject(actor, 'read-registry', input, ctx);
  if (!found.ok) return found;
  const papers: Paper[] = [];
  for await (const paper of everyOf(ctx.store.papers, { subject: `${input.subject}:${input.id}` })) papers.push(paper);
  return ok(papers);
}

export async function readPaperFile(
  actor: Actor,
  id: Id,
  ctx: ActionContext,
): Promise<Result<{ paper: Paper; bytes: Uint8Array }>> {
  const found = await reach(ctx.store.papers, actor, 'read-registry', id);
  if (!found.ok) return found;
  const file = await ctx.store.files.get(found.value.doc.fileId);
  return file === null
    ? fail('not-found', 'There is no such file.')
    : ok({ paper: found.value.doc, bytes: file.bytes });
}

function reachSubject(
  actor: Actor,
  right: Right,
  { subject, id }: { subject: PaperSubject; id: Id },
  ctx: ActionContext,
): Promise<Result<{ doc: Product | Certificate | Lot }>> {
  if (subject === 'lot') return reach(ctx.store.lots, actor, right, id);
  return subject === 'product'
    ? reach(ctx.store.products, actor, right, id)
    : reach(ctx.store.certificates, actor, right, id);
}

async function readPaper(actor: Actor, bytes: Uint8Array): Promise<Result<{ mediaType: string; bytes: Uint8Array }>> {
  if (Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-')
    return ok({ mediaType: 'application/pdf', bytes });
  const picture = await shrinkPhoto(actor, bytes, PAPER_SIDE_MAX_PX);
  if (picture.ok) return ok({ mediaType: 'image/webp', bytes: picture.value });
  return fieldProblem('invalid', 'paper', 'format', 'This is no PDF, JPEG, PNG or WebP file, or it is broken.');
}
