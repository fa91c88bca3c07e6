// Links that give the files of a print job to a print shop.

import { runAction } from '../../../../actions/kit/run-action.ts';
import { handToShop, handToShopInput, listShopLinks } from '../../../../actions/print/shop-link/hand-to-shop.ts';
import { withdrawShopLink } from '../../../../actions/print/shop-link/withdraw-shop-link.ts';
import { valueOf } from '../../../outcome.ts';
import { answerOutcome, route, type Route } from '../../route.ts';
import { idParams, pageShape } from '../../shapes.ts';
import { madeShopLinkShape, madeShopLinkView, shopLinkShape, shopLinkView } from '../../shapes/print/shop-link.ts';

export const shopLinkRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/print-jobs/:id/shop-links',
    right: 'work-batch',
    tag: 'print',
    summary: 'Links to the files of a print job, the newest first; at most 50',
    params: idParams,
    answers: { 200: pageShape(shopLinkShape) },
    handle: async ({ actor, params, ctx }) => ({
      status: 200,
      body: { items: valueOf(await listShopLinks(actor, params.id, ctx)).map(shopLinkView), next: null },
    }),
  }),
  route({
    method: 'post',
    path: '/print-jobs/:id/shop-links',
    right: 'work-batch',
    tag: 'print',
    summary: 'Make a link for a print shop: for 24 hours, each file once; its address is shown this once',
    params: idParams,
    body: handToShopInput.meta({ id: 'NewShopLinkInput' }),
    answers: { 201: madeShopLinkShape },
    problems: ['not-found', 'print-job-not-done', 'void-serials', 'recalled'],
    handle: async ({ actor, params, body, ctx }) =>
      answerOutcome(await runAction(handToShop, actor, { id: params.id, hand: body }, ctx), (made) =>
        madeShopLinkView(made, ctx.settings.publicOrigin),
      ),
  }),
  route({
    method: 'post',
    path: '/shop-links/:id/withdraw',
    right: 'work-batch',
    tag: 'print',
    summary: 'Take a print shop’s link back, at once and for ever',
    params: idParams,
    answers: { 200: shopLinkShape },
    problems: ['version-conflict'],
    handle: async ({ actor, params, ctx }) =>
      answerOutcome(await runAction(withdrawShopLink, actor, params, ctx), shopLinkView),
  }),
];
