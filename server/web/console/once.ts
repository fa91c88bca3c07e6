// The request key of a form: its `once` field and the values it sent, hashed under a key, because a form may hold a
// password. The same form sent twice acts once; with other values it is another form.

import { createHash, createHmac, hkdfSync } from 'node:crypto';
import type { ActionContext } from '../../actions/kit/context.ts';
import type { Person } from '../../domain/people/account.ts';
import type { SentForm } from '../read-form.ts';
import { sent } from './console-route.ts';

const ONCE_BYTES = 18;
const ONCE = /^[A-Za-z0-9_-]{24}$/;

/** A new value for the forms of a page. */
export function newOnce(random: ActionContext['random']): string {
  return Buffer.from(random(ONCE_BYTES)).toString('base64url');
}

/** Null: the form has no `once`. @param path to which it was sent */
export function formKey(person: Person, path: string, form: SentForm, wrapKey: Uint8Array): ActionContext['request'] {
  const once = sent(form, 'once');
  if (!ONCE.test(once)) return null;
  const formKeyBytes = new Uint8Array(hkdfSync('sha256', wrapKey, '', 'temtrace/1/form', 32));
  const bodyHash = createHmac('sha256', formKeyBytes).update(JSON.stringify([path, form.fields]));
  for (const [name, file] of Object.entries(form.files)) bodyHash.update(name).update(file.bytes);
  const digest = bodyHash.digest('base64url');
  return {
    key: createHash('sha256').update(`form\n${person.id}\n${once}\n${digest}`).digest('base64url'),
    bodyHash: digest,
  };
}
