// What neither the store nor its log ever contains.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { activateStamps, activateStampsInput } from '../../../server/actions/batches/activate-stamps.ts';
import { exportCodes } from '../../../server/actions/batches/export-codes.ts';
import { issueBatch, issueBatchInput } from '../../../server/actions/batches/issue-batch.ts';
import { voidStamps } from '../../../server/actions/batches/void-stamps.ts';
import type { ActionContext } from '../../../server/actions/kit/context.ts';
import { runAction } from '../../../server/actions/kit/run-action.ts';
import { checkPin } from '../../../server/actions/market/check-pin.ts';
import { fileComplaint } from '../../../server/actions/market/file-complaint.ts';
import { makeInspection } from '../../../server/actions/market/make-inspection.ts';
import { makeKey } from '../../../server/actions/people/make-key.ts';
import { makeUser } from '../../../server/actions/people/make-user.ts';
import { signIn } from '../../../server/actions/people/sign-in.ts';
import { printSheetQuery } from '../../../server/actions/print/print-fields.ts';
import { printSheet } from '../../../server/actions/print/print-sheet.ts';
import { unwrapSecret } from '../../../server/domain/batches/batch-secret.ts';
import { formatStampCode } from '../../../server/domain/stamp/stamp-code.ts';
import { openBatchKeys } from '../../../server/domain/stamp/stamp-keys.ts';
import { LOT_ID } from '../../fixtures/records/cast.ts';
import { ADMIN, folder, INSPECTOR, openRegistry, PRODUCER, stored, valueOf } from './stamp-desk.ts';

const HERE = { network: '203.0.113.7', marks: null };

test('no code, PIN key, secret, password, key or token lies in the store or its log', async () => {
  const path = join(folder, 'secrets.db');
  const { store: own, ctx: context } = await openRegistry(path, 'secrets');
  const password = 'mật khẩu rất riêng tư';
  const withKey: ActionContext = { ...context, request: { key: 'once', bodyHash: 'h' } };
  const { id } = valueOf(
    await runAction(
      issueBatch,
      ADMIN,
      issueBatchInput.parse({ lotId: LOT_ID, quantity: 50, pin: true, active: false }),
      withKey,
    ),
  );
  const { batch, keys } = await stored(id, context);
  const codes = [1, 2, 3, 50].map((serial) => keys.codeOf(serial));
  const [one = '', two = '', three = '', last = ''] = codes;
  valueOf(
    await activateStamps(
      PRODUCER,
      { id, activation: activateStampsInput.parse({ firstCode: one, lastCode: last }) },
      { ...context, request: { key: 'two', bodyHash: 'h' } },
    ),
  );
  valueOf(await voidStamps(PRODUCER, { id, voiding: { codes: [two], reason: 'lost', note: null } }, context));
  valueOf(
    await makeInspection(
      INSPECTOR,
      { code: three, finding: 'in-order', note: null, place: null, at: null, clientId: 'c' },
      context,
    ),
  );
  valueOf(
    await fileComplaint(
      { kind: 'public' },
      { code: three, complaint: { about: 'opened', message: 'x', where: null, contact: null } },
      context,
    ),
  );
  await checkPin({ kind: 'public' }, { code: three, pin: '000000', network: null }, context);
  const file = await exportCodes(ADMIN, { id, query: { pins: true, excel: false } }, context);
  if (!file.ok) throw new Error(file.problem.code);
  for await (const chunk of file.value.rows) expect(chunk.byteLength).toBeGreaterThan(0);
  await printSheet(PRODUCER, { id, query: printSheetQuery.parse({ template: 'a4-65', from: '3' }) }, context);
  valueOf(
    await makeUser(
      ADMIN,
      { role: 'office', login: 'van-phong', name: 'x', password },
      { ...context, request: { key: 'three', bodyHash: 'h' } },
    ),
  );
  const { key } = valueOf(
    await makeKey(ADMIN, { role: 'office', name: 'ERP' }, { ...context, request: { key: 'four', bodyHash: 'h' } }),
  );
  const session = await signIn({ login: 'van-phong', password, from: HERE }, context);
  const token = session.ok && session.value.kind === 'signed-in' ? session.value.token : '';
  await own.close();

  const secret = Buffer.from(unwrapSecret(context.keys.wrap, batch) ?? []);
  const { tagKey, pinKey } = openBatchKeys(secret, id).exportKeys();
  const bytes = [secret, tagKey, pinKey, context.keys.wrap].map((one) => Buffer.from(one));
  const needles: Buffer[] = [
    ...bytes.flatMap((one) => [
      one,
      ...(['hex', 'base64', 'base64url'] as const).map((form) => Buffer.from(one.toString(form))),
    ]),
    ...codes.flatMap((code) => [code, code.toLowerCase(), formatStampCode(code)]).map((text) => Buffer.from(text)),
    ...[password, password.normalize('NFD'), key ?? '', token].map((text) => Buffer.from(text)),
  ];
  expect([key?.length, token.length, secret.byteLength]).toEqual([47, 43, 32]);
  const files = (await readdir(folder)).filter((name) => name.startsWith('secrets.db'));
  for (const name of files) {
    const content = await readFile(join(folder, name));
    expect(needles.filter((needle) => content.includes(needle))).toEqual([]);
  }
  expect((await readFile(path)).includes(Buffer.from('van-phong'))).toBe(true);
});
