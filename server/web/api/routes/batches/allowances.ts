// /products/:id/allowances/:year: how many stamps a product may be given in a year.

import { z } from 'zod';
import { year } from '../../../../actions/kit/fields.ts';
import { readAllowance } from '../../../../actions/batches/read.ts';
import { setAllowance, setAllowanceInput } from '../../../../actions/batches/set-allowance.ts';
import { answerOutcome, answerRecord, route, type Route } from '../../route.ts';
import { idParams } from '../../shapes.ts';
import { allowanceShape, allowanceView } from '../../shapes/registry/product.ts';

const allowanceParams = idParams.extend({
  year: z
    .string()
    .regex(/^\d{4}$/)
    .transform(Number)
    .pipe(year)
    .meta({ minLength: 4, maxLength: 4 }),
});

export const allowanceRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/products/:id/allowances/:year',
    right: 'read-allowance',
    tag: 'allowances',
    summary: 'A product’s allowance of one year; 404: none recorded, no limit',
    params: allowanceParams,
    answers: { 200: allowanceShape },
    handle: async ({ actor, params, ctx }) =>
      answerRecord(await readAllowance(actor, params.id, params.year, ctx), allowanceView),
  }),
  route({
    method: 'put',
    path: '/products/:id/allowances/:year',
    right: 'set-allowance',
    tag: 'allowances',
    summary: 'Record or replace a product’s allowance of one year',
    params: allowanceParams,
    body: setAllowanceInput,
    takesIfMatch: 'where-it-exists',
    answers: { 200: allowanceShape, 201: allowanceShape },
    handle: async ({ actor, params, body, ifMatch, ctx }) => {
      const input = { productId: params.id, year: params.year, version: ifMatch, allowance: body };
      return answerOutcome(await setAllowance(actor, input, ctx), allowanceView);
    },
  }),
];
