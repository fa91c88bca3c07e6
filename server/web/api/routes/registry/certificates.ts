// /certificates: papers of products and producers, with their state today.

import { changeCertificate, changeCertificateInput } from '../../../../actions/registry/change-certificate.ts';
import type { ActionContext } from '../../../../actions/kit/context.ts';
import { makeCertificate, makeCertificateInput } from '../../../../actions/registry/make-certificate.ts';
import {
  listCertificates,
  listCertificatesQuery,
  listOtherRatings,
  readCertificate,
} from '../../../../actions/registry/read.ts';
import { runAction } from '../../../../actions/kit/run-action.ts';
import type { Actor } from '../../../../domain/people/account.ts';
import type { Id } from '../../../../domain/entity.ts';
import { dayIn } from '../../../../domain/calendar.ts';
import type { Certificate } from '../../../../domain/registry/certificate.ts';
import { answerOutcome, answerPage, answerRecord, route, type Route } from '../../route.ts';
import { idParams, pageShape, waitingShape } from '../../shapes.ts';
import { certificateShape, certificateView } from '../../shapes/registry/certificate.ts';

export const certificateRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/certificates',
    right: 'read-registry',
    tag: 'certificates',
    summary: 'Certificates of the office’s producers; a producer’s own',
    query: listCertificatesQuery,
    answers: { 200: pageShape(certificateShape) },
    handle: async ({ actor, query, ctx }) => answerPage(await listCertificates(actor, query, ctx), listView(ctx)),
  }),
  route({
    method: 'post',
    path: '/certificates',
    right: 'change-registry',
    tag: 'certificates',
    summary: 'Record a certificate; a producer’s waits for the office',
    body: makeCertificateInput,
    answers: { 201: certificateShape, 202: waitingShape },
    problems: ['taken'],
    handle: async ({ actor, body, ctx }) => {
      const outcome = await runAction(makeCertificate, actor, body, ctx);
      const made = outcome.ok && outcome.value.kind === 'done' ? outcome.value.value.id : '';
      return answerOutcome(outcome, await viewOfOne(actor, made, ctx));
    },
  }),
  route({
    method: 'get',
    path: '/certificates/:id',
    right: 'read-registry',
    tag: 'certificates',
    summary: 'One certificate',
    params: idParams,
    answers: { 200: certificateShape },
    handle: async ({ actor, params, ctx }) =>
      answerRecord(await readCertificate(actor, params.id, ctx), await viewOfOne(actor, params.id, ctx)),
  }),
  route({
    method: 'patch',
    path: '/certificates/:id',
    right: 'change-registry',
    tag: 'certificates',
    summary: 'Correct, extend or revoke a certificate; a producer’s change waits for the office',
    params: idParams,
    body: changeCertificateInput,
    answers: { 200: certificateShape, 202: waitingShape },
    problems: ['taken'],
    handle: async ({ actor, params, body, ifMatch, ctx }) =>
      answerOutcome(
        await changeCertificate(actor, { id: params.id, version: ifMatch, change: body }, ctx),
        await viewOfOne(actor, params.id, ctx),
      ),
  }),
];

type View = (certificate: Certificate) => ReturnType<typeof certificateView>;

function listView(ctx: ActionContext): View {
  const today = dayIn(ctx.settings.timeZone, ctx.now());
  return (certificate) => certificateView(certificate, today);
}

/**
 * With the product's other certificates, which a person who revokes this one must know. Out of reach, none are shown.
 */
async function viewOfOne(actor: Actor, id: Id, ctx: ActionContext): Promise<View> {
  const today = dayIn(ctx.settings.timeZone, ctx.now());
  const certificate = await readCertificate(actor, id, ctx);
  const others = certificate.ok ? await listOtherRatings(actor, certificate.value, ctx) : certificate;
  return (one) => certificateView(one, today, others.ok ? others.value : []);
}
