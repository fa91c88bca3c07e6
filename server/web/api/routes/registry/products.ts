// /products: what a certificate rates and a lot is made of, with their photographs.

import { recordRoutes } from '../../record-routes.ts';
import { changeProduct, changeProductInput } from '../../../../actions/registry/change-product.ts';
import { makeProduct, makeProductInput } from '../../../../actions/registry/make-product.ts';
import { PHOTO_MEDIA_TYPES } from '../../../../actions/kit/photo.ts';
import { listProducts, listProductsQuery, readProduct } from '../../../../actions/registry/read.ts';
import { setProductPhoto } from '../../../../actions/registry/set-product-photo.ts';
import { answerOutcome, route, uploadedBytes, type Route } from '../../route.ts';
import { idParams } from '../../shapes.ts';
import { productShape, productView } from '../../shapes/registry/product.ts';

const { list, make, read, change } = recordRoutes({
  path: '/products',
  tag: 'products',
  shape: productShape,
  view: productView,
});

export const productRoutes: readonly Route[] = [
  list({
    right: 'read-registry',
    summary: 'Products of the office’s producers; a producer’s own',
    query: listProductsQuery,
    action: listProducts,
  }),
  make({
    right: 'change-registry',
    summary: 'Register a product; a producer’s waits for the office',
    body: makeProductInput,
    waits: true,
    action: makeProduct,
  }),
  read({ right: 'read-registry', summary: 'One product', action: readProduct }),
  change({
    right: 'tell-story',
    summary: 'Change a product; all but description, ingredients, storage and usage waits for the office',
    body: changeProductInput,
    waits: true,
    action: changeProduct,
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
