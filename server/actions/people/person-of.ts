// The actor of an account.

import type { Person, User } from '../../domain/people/account.ts';

export function personOf(user: User): Person {
  return { kind: 'person', id: user.id, role: user.role, officeId: user.officeId, producerId: user.producerId };
}
