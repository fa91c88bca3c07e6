// Lets buyers see a paper of a certificate or a lot, as pictures of its pages, or takes it off again. Only the office
// does it, because a buyer takes what is shown for proof; the producer hands papers in.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import type { Lot } from '../../domain/lots/lot.ts';
import { fail, fieldProblem, ok, type Result } from '../../domain/problem.ts';
import type { Certificate } from '../../domain/registry/certificate.ts';
import type { Paper } from '../../domain/registry/paper.ts';
import { PROOFS_MAX, type Proof } from '../../domain/registry/proof.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { text, webAddress } from '../kit/fields.ts';
import { keepFile } from '../kit/keep-file.ts';
import { reach } from '../kit/reach.ts';
import { nextVersion, saveChange } from '../kit/save.ts';
import { readUpload } from '../uploads/upload-reader.ts';

export const showPaperInput = z.strictObject({
  reference: text(80).nullable().default(null),
  issuedBy: text(160).nullable().default(null),
  link: webAddress
    .refine((address) => address.startsWith('https://'), { message: 'is no https address' })
    .nullable()
    .default(null),
});

type Shown = { collection: 'certificates'; doc: Certificate } | { collection: 'lots'; doc: Lot };

/**
 * The certificate or lot with the paper's pictures. A paper that is shown is shown anew, with these words.
 * Problems: not-allowed, not-found, not-shown-to-buyers, quota-reached, no-disk-space, invalid at `paper`.
 */
export async function showPaper(
  actor: Actor,
  input: { id: Id; show: z.output<typeof showPaperInput> },
  ctx: ActionContext,
): Promise<Outcome<Certificate | Lot>> {
  const found = await shownRecord(actor, input.id, ctx);
  if (!found.ok) return found;
  const { paper, of } = found.value;
  const others = (of.doc.proofs ?? []).filter(({ paperId }) => paperId !== paper.id);
  if (others.length >= PROOFS_MAX)
    return fieldProblem('invalid', 'paper', 'too-many', `Buyers are shown at most ${PROOFS_MAX} papers of one record.`);
  const file = await ctx.store.files.get(paper.fileId);
  if (file === null) return fail('not-found', 'There is no such file.');
  const read = await readUpload({ kind: 'pages', bytes: file.bytes }, 'signed-in');
  if (read === null || !('kind' in read) || read.kind !== 'pages')
    return fieldProblem('invalid', 'paper', 'broken', 'No page of this file can be drawn: it is broken, or locked.');
  const pages: Id[] = [];
  for (const bytes of read.pages) {
    const quota = { name: 'pictures', of: paper.producerId } as const;
    const kept = await keepFile(ctx, { mediaType: 'image/webp', bytes, ...(pages.length === 0 ? { quota } : {}) });
    if (!kept.ok) return kept;
    pages.push(kept.value);
  }
  const by = await ctx.store.users.get(paper.by);
  const proof: Proof = {
    paperId: paper.id,
    kind: paper.kind,
    pages,
    pagesLeft: read.left,
    ...input.show,
    handedInBy: paper.handedInBy ?? (by?.role === 'producer' ? 'producer' : 'office'),
    handedInAt: paper.createdAt,
    shownAt: ctx.now().toISOString(),
  };
  return save(ctx, actor, of, [...others, proof], 'show-paper');
}

/** The certificate or lot without the paper's pictures. Problems: not-allowed, not-found. */
export async function hidePaper(
  actor: Actor,
  input: { id: Id },
  ctx: ActionContext,
): Promise<Outcome<Certificate | Lot>> {
  const found = await shownRecord(actor, input.id, ctx);
  if (!found.ok) return found;
  const { paper, of } = found.value;
  const proofs = (of.doc.proofs ?? []).filter(({ paperId }) => paperId !== paper.id);
  return save(ctx, actor, of, proofs, 'hide-paper');
}

/** The paper, and the certificate or lot whose page shows it. */
async function shownRecord(actor: Actor, id: Id, ctx: ActionContext): Promise<Result<{ paper: Paper; of: Shown }>> {
  const found = await reach(ctx.store.papers, actor, 'decide-request', id);
  if (!found.ok) return found;
  const paper = found.value.doc;
  const [subject, subjectId = ''] = paper.subject.split(':');
  if (subject === 'certificate') {
    const certificate = await reach(ctx.store.certificates, actor, 'decide-request', subjectId);
    return certificate.ok ? ok({ paper, of: { collection: 'certificates', doc: certificate.value.doc } }) : certificate;
  }
  if (subject === 'lot') {
    const lot = await reach(ctx.store.lots, actor, 'decide-request', subjectId);
    return lot.ok ? ok({ paper, of: { collection: 'lots', doc: lot.value.doc } }) : lot;
  }
  return fieldProblem('invalid', 'paper', 'not-for-buyers', 'Papers of a product are for the office alone.');
}

function save(
  ctx: ActionContext,
  actor: Actor,
  of: Shown,
  proofs: readonly Proof[],
  action: 'show-paper' | 'hide-paper',
): Promise<Outcome<Certificate | Lot>> {
  if (of.collection === 'certificates') {
    const doc = nextVersion(ctx, of.doc, { proofs });
    return saveChange(ctx, actor, { collection: 'certificates', before: of.doc, doc, action, answer: doc });
  }
  const doc = nextVersion(ctx, of.doc, { proofs });
  return saveChange(ctx, actor, { collection: 'lots', before: of.doc, doc, action, answer: doc });
}
