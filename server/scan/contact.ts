// Whom to ask about a code that is not ours: the deployment's office, if it has exactly one.

import { StoreError, type Store } from '../store/store.ts';
import type { Contact } from './answer.ts';

const CONTACT_MS_MAX = 60_000;

/** Reads the contact, at most once a minute. Null: several offices, or the store does not answer. */
export function makeContact(offices: Store['offices']): (nowMs: number) => Promise<Contact | null> {
  let known: { contact: Contact | null; readAtMs: number } | null = null;

  return async (nowMs) => {
    if (known !== null && nowMs - known.readAtMs < CONTACT_MS_MAX) return known.contact;
    try {
      const { items } = await offices.list({}, { limit: 2, after: null });
      const only = items.length === 1 ? items[0] : undefined;
      known = { contact: only === undefined ? null : { name: only.name, phone: only.phone }, readAtMs: nowMs };
      return known.contact;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      return null; // a refusal does not need the store: it is answered without the telephone
    }
  };
}
