// /products: what a certificate rates and a lot is made of, with their photographs.

import { changeProduct, changeProductInput } from '../../../../actions/registry/change-product.ts';
import { makeProduct, makeProductInput } from '../../../../actions/registry/make-product.ts';
import { PHOTO_MEDIA_TYPES } from '../../../../actions/kit/photo.ts';
import { listProducts, listProductsQuery, readProduct } from '../../../../actions/registry/read.ts';
import { runAction } from '../../../../actions/kit/run-action.ts';
import { setProductPhoto } from '../../../../actions/registry/set-product-photo.ts';
import { answerOutcome, answerPage, answerRecord, route, uploadedBytes, type Route } from '../../route.ts';
import { idParams, pageShape, waitingShape } from '../../shapes.ts';
import { productShape, productView } from '../../shapes/registry/product.ts';

export const productRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/products',
    right: 'read-registry',
    tag: 'products',
    summary: 'Products of the office’s producers; a producer’s own',
    query: listProductsQuery,
    answers: { 200: pageShape(productShape) },
    handle: async ({ actor, query, ctx }) => answerPage(await listProducts(actor, query, ctx), productView),
  }),
  route({
    method: 'post',
    path: '/products',
    right: 'change-registry',
    tag: 'products',
    summary: 'Register a product; a producer’s waits for the office',
    body: makeProductInput,
    answers: { 201: productShape, 202: waitingShape },
    handle: async ({ actor, body, ctx }) => answerOutcome(await runAction(makeProduct, actor, body, ctx), productView),
  }),
  route({
    method: 'get',
    path: '/products/:id',
    right: 'read-registry',
    tag: 'products',
    summary: 'One product',
    params: idParams,
    answers: { 200: productShape },
    handle: async ({ actor, params, ctx }) => answerRecord(await readProduct(actor, params.id, ctx), productView),
  }),
  route({
    method: 'patch',
    path: '/products/:id',
    right: 'tell-story',
    tag: 'products',
    summary: 'Change a product; all but description, ingredients and storage waits for the office',
    params: idParams,
    body: changeProductInput,
    answers: { 200: productShape, 202: waitingShape },
    handle: async ({ actor, params, body, ifMatch, ctx }) =>
      answerOutcome(await changeProduct(actor, { id: params.id, version: ifMatch, change: body }, ctx), productView),
  }),
  route({
    method: 'put',
    path: '/products/:id/photo',
    right: 'tell-story',
    gate: 'uploads',
    tag: 'products',
    summary: 'Give a product its photograph',
    params: idParams,
    upload: PHOTO_MEDIA_TYPES,
    takesIfMatch: true,
    answers: { 200: productShape },
    handle: async ({ actor, params, upload, ifMatch, ctx }) =>
      answerOutcome(
        await setProductPhoto(actor, { id: params.id, version: ifMatch, bytes: uploadedBytes(upload) }, ctx),
        productView,
      ),
  }),
];
