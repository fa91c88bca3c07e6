// The hidden `once` field of a form. It says whose page the form is of, so that a form that arrives without a session
// can wait for that person and for nobody else; and with the values that were sent it makes the request key: the same
// form sent twice acts once, with other values it is another form.
//
// Both are keyed hashes: a form may hold a password, and nobody may invent a page of another person.

import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { ActionContext } from '../../../actions/kit/context.ts';
import type { Id } from '../../../domain/entity.ts';
import type { Person } from '../../../domain/people/account.ts';
import type { SentForm } from '../../read-form.ts';
import { sent } from './sent.ts';

const ONCE_BYTES = 18;
const MAC_BYTES = 16;
/** A random part alone on a page before the sign-in; behind it, the person and a MAC over both. */
const ONCE = /^([\w-]{24})(?:\.([\w-]{1,64})\.([\w-]{22}))?$/;
const ONCE_SYMBOLS_MAX = 112;

/** A new value for the forms of a page. @param owner null: nobody is signed in */
export function newOnce(random: ActionContext['random'], owner: Id | null, wrapKey: Uint8Array): string {
  const fresh = Buffer.from(random(ONCE_BYTES)).toString('base64url');
  return owner === null ? fresh : `${fresh}.${owner}.${macOf(fresh, owner, wrapKey).toString('base64url')}`;
}

/** The person whose page this form is of; null: it does not say, or not by us. */
export function ownerOfForm(form: SentForm, wrapKey: Uint8Array): Id | null {
  const [, fresh = '', owner, mac] = partsOf(sent(form, 'once')) ?? [];
  if (owner === undefined || mac === undefined) return null;
  const bytes = Buffer.from(mac, 'base64url');
  return bytes.length === MAC_BYTES && timingSafeEqual(bytes, macOf(fresh, owner, wrapKey)) ? owner : null;
}

/** Null: the form has no `once`. @param path to which it was sent */
export function formKey(person: Person, path: string, form: SentForm, wrapKey: Uint8Array): ActionContext['request'] {
  const once = sent(form, 'once');
  if (partsOf(once) === null) return null;
  const bodyHash = createHmac('sha256', keyOf('form', wrapKey)).update(JSON.stringify([path, form.fields]));
  for (const [name, file] of Object.entries(form.files)) bodyHash.update(name).update(file.bytes);
  const digest = bodyHash.digest('base64url');
  return {
    key: createHash('sha256').update(`form\n${person.id}\n${once}\n${digest}`).digest('base64url'),
    bodyHash: digest,
  };
}

function partsOf(once: string): RegExpExecArray | null {
  return once.length > ONCE_SYMBOLS_MAX ? null : ONCE.exec(once);
}

function macOf(fresh: string, owner: Id, wrapKey: Uint8Array): Buffer {
  const mac = createHmac('sha256', keyOf('form-owner', wrapKey)).update(`${fresh}\n${owner}`).digest();
  return mac.subarray(0, MAC_BYTES);
}

function keyOf(use: string, wrapKey: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', wrapKey, '', `temtrace/1/${use}`, 32));
}
