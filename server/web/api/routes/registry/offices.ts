// /offices: the programme offices.

import { recordRoutes } from '../../record-routes.ts';
import { changeOffice, changeOfficeInput } from '../../../../actions/registry/change-office.ts';
import { pageQuery } from '../../../../actions/kit/fields.ts';
import { makeOffice, makeOfficeInput } from '../../../../actions/registry/make-office.ts';
import { listOffices, readOffice } from '../../../../actions/registry/read.ts';
import { PHOTO_MEDIA_TYPES } from '../../../../actions/kit/photo.ts';
import { setOfficeMark } from '../../../../actions/registry/set-office-mark.ts';
import { answerOutcome, route, uploadedBytes, withVersion, type Route } from '../../route.ts';
import { valueOf } from '../../../outcome.ts';
import { idParams, pageShape } from '../../shapes.ts';
import { officeShape, officeView } from '../../shapes/registry/office.ts';

const { make, change } = recordRoutes({ path: '/offices', tag: 'offices', shape: officeShape, view: officeView });

export const officeRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/offices',
    right: 'read-office',
    tag: 'offices',
    summary: 'Offices in reach: one’s own, or all for an admin',
    query: pageQuery,
    answers: { 200: pageShape(officeShape) },
    handle: async ({ actor, query, ctx }) => {
      const page = valueOf(await listOffices(actor, query, ctx));
      return { status: 200, body: { items: page.items.map(officeView), next: page.next } };
    },
  }),
  make({
    right: 'keep-office',
    summary: 'Make an office',
    body: makeOfficeInput,
    problems: ['taken'],
    action: makeOffice,
  }),
  route({
    method: 'get',
    path: '/offices/:id',
    right: 'read-office',
    tag: 'offices',
    summary: 'One office',
    params: idParams,
    answers: { 200: officeShape },
    handle: async ({ actor, params, ctx }) =>
      withVersion({ status: 200, body: officeView(valueOf(await readOffice(actor, params.id, ctx))) }),
  }),
  change({
    right: 'keep-office',
    summary: 'Change an office',
    body: changeOfficeInput,
    problems: ['taken'],
    action: changeOffice,
  }),
  route({
    method: 'put',
    path: '/offices/:id/mark',
    right: 'keep-office',
    gate: 'uploads',
    tag: 'offices',
    summary: 'Give an office the approved artwork that stamps show beside their stars',
    params: idParams,
    upload: PHOTO_MEDIA_TYPES,
    takesIfMatch: true,
    answers: { 200: officeShape },
    handle: async ({ actor, params, upload, ifMatch, ctx }) =>
      answerOutcome(
        await setOfficeMark(actor, { id: params.id, version: ifMatch, bytes: uploadedBytes(upload) }, ctx),
        officeView,
      ),
  }),
];
