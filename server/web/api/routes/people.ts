// /users and /keys: the people who sign in, and the keys of programs.

import { z } from 'zod';
import { recordRoutes } from '../record-routes.ts';
import { changeUser, changeUserInput } from '../../../actions/people/change-user.ts';
import { listDevices, shutDevice } from '../../../actions/people/phones/devices.ts';
import { readHeldCredentials } from '../../../actions/people/held-credentials.ts';
import { makeKey, makeKeyInput } from '../../../actions/people/make-key.ts';
import { makeUser, makeUserInput } from '../../../actions/people/make-user.ts';
import { listAccountsQuery, listKeys, listUsers, readUser } from '../../../actions/people/read.ts';
import { revokeKey } from '../../../actions/people/revoke-key.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import { answerOutcome, answerPage, route, type Route } from '../route.ts';
import { idParams, instantShape, pageShape } from '../shapes.ts';
import { valueOf } from '../../outcome.ts';
import {
  heldShape,
  heldView,
  keyShape,
  keyView,
  madeKeyShape,
  madeKeyView,
  userShape,
  userView,
} from '../shapes/people.ts';

const { list, read } = recordRoutes({ path: '/users', tag: 'accounts', shape: userShape, view: userView });

const deviceShape = z
  .strictObject({
    id: z.string(),
    userId: z.string(),
    person: z.string(),
    name: z.string(),
    signedInAt: instantShape,
    lastSeenAt: instantShape,
    state: z.enum(['open', 'ended', 'locked']),
  })
  .meta({ id: 'Device', description: 'A phone with the inspector’s app, and the account that signed in on it.' });

export const accountRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/devices',
    right: 'keep-accounts',
    tag: 'accounts',
    summary: 'Phones that the inspector’s app was signed in on in the last thirty days, newest first',
    answers: { 200: z.strictObject({ items: z.array(deviceShape) }) },
    handle: async ({ actor, ctx }) => ({ status: 200, body: { items: valueOf(await listDevices(actor, ctx)) } }),
  }),
  route({
    method: 'post',
    path: '/devices/:id/shut',
    right: 'keep-accounts',
    tag: 'accounts',
    summary: 'Lock a phone at once: at its next request it removes its packs, its queue and its keys',
    params: idParams,
    answers: { 200: deviceShape },
    handle: async ({ actor, params, ctx }) =>
      answerOutcome(await runAction(shutDevice, actor, params, ctx), (one) => one),
  }),
  list({ right: 'keep-accounts', summary: 'Accounts of the office', query: listAccountsQuery, action: listUsers }),
  route({
    method: 'post',
    path: '/users',
    right: 'keep-accounts',
    gate: 'passwords',
    tag: 'accounts',
    summary: 'Make an account',
    body: makeUserInput,
    answers: { 201: userShape },
    problems: ['taken'],
    handle: async ({ actor, body, ctx }) => answerOutcome(await runAction(makeUser, actor, body, ctx), userView),
  }),
  read({ right: 'keep-accounts', summary: 'One account', action: readUser }),
  route({
    method: 'get',
    path: '/users/:id/credentials',
    right: 'keep-accounts',
    tag: 'accounts',
    summary: 'What an account answers for: keys, invitations and print shop links, which end when it is shut',
    params: idParams,
    answers: { 200: heldShape },
    handle: async ({ actor, params, ctx }) => ({
      status: 200,
      body: heldView(valueOf(await readHeldCredentials(actor, params, ctx))),
    }),
  }),
  route({
    method: 'patch',
    path: '/users/:id',
    right: 'keep-accounts',
    gate: 'passwords',
    tag: 'accounts',
    summary:
      'Change an account: name, a new password, shut or opened; the last two end its sessions. What a shut account ' +
      'answered for ends with it, or goes to the account that handOverTo names',
    params: idParams,
    body: changeUserInput,
    answers: { 200: userShape },
    handle: async ({ actor, params, body, ifMatch, ctx }) =>
      answerOutcome(await changeUser(actor, { id: params.id, version: ifMatch, change: body }, ctx), userView),
  }),
  route({
    method: 'get',
    path: '/keys',
    right: 'keep-accounts',
    tag: 'accounts',
    summary: 'API keys of the office',
    query: listAccountsQuery,
    answers: { 200: pageShape(keyShape) },
    handle: async ({ actor, query, ctx }) => answerPage(await listKeys(actor, query, ctx), keyView),
  }),
  route({
    method: 'post',
    path: '/keys',
    right: 'keep-accounts',
    tag: 'accounts',
    summary: 'Make an API key, shown this once',
    body: makeKeyInput,
    answers: { 201: madeKeyShape },
    handle: async ({ actor, body, ctx }) => answerOutcome(await runAction(makeKey, actor, body, ctx), madeKeyView),
  }),
  route({
    method: 'post',
    path: '/keys/:id/revoke',
    right: 'keep-accounts',
    tag: 'accounts',
    summary: 'Revoke an API key, at once and for ever',
    params: idParams,
    answers: { 200: keyShape },
    problems: ['version-conflict'],
    handle: async ({ actor, params, ctx }) => answerOutcome(await runAction(revokeKey, actor, params, ctx), keyView),
  }),
];
