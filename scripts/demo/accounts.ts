// The demo's people and its API key. Passwords are random for each folder and are only in demo.json.

import { customRandom } from 'nanoid';
import type { ActionContext } from '../../server/actions/kit/context.ts';
import { makeKey, makeKeyInput } from '../../server/actions/people/make-key.ts';
import { makeUser, makeUserInput } from '../../server/actions/people/make-user.ts';
import { SYSTEM, type Role } from '../../server/domain/people/account.ts';
import { doneBy } from '../system.ts';
import type { SampleRegistry } from './sample.ts';

export interface DemoAccounts {
  /** An office's key. */
  apiKey: string;
  users: { role: Role; login: string; password: string }[];
}

/** Lower-case letters and digits that no font makes look alike: 80 bits, to be typed from a screen into a phone. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const PASSWORD_LETTERS = 16;

const NAMES: Readonly<Record<Role, string>> = {
  admin: 'Quản trị (mẫu)',
  office: 'Cán bộ văn phòng (mẫu)',
  producer: 'HTX Cam Mường Thàng (mẫu)',
  inspector: 'Kiểm tra viên (mẫu)',
};

export async function makeAccounts(registry: SampleRegistry, ctx: ActionContext): Promise<DemoAccounts> {
  const draw = customRandom(LETTERS, PASSWORD_LETTERS, (bytes) => ctx.random(bytes));
  const places: Record<Role, { officeId?: string; producerId?: string }> = {
    admin: {},
    office: { officeId: registry.officeId },
    producer: { producerId: registry.producerId('P01') },
    inspector: { officeId: registry.officeId },
  };
  const users: DemoAccounts['users'] = [];
  for (const role of ['admin', 'office', 'producer', 'inspector'] as const) {
    const password = draw();
    await doneBy(
      makeUser(SYSTEM, makeUserInput.parse({ role, login: role, name: NAMES[role], password, ...places[role] }), ctx),
    );
    users.push({ role, login: role, password });
  }
  const { key } = await doneBy(
    makeKey(SYSTEM, makeKeyInput.parse({ role: 'office', officeId: registry.officeId, name: 'demo' }), ctx),
  );
  if (key === null) throw new TypeError('a key that was just made is not told');
  return { apiKey: key, users };
}
