// Whether an account must have a second step: office people and admins, where the deployment asks for it.

import type { User } from '../../domain/people/account.ts';
import type { ActionContext } from '../kit/context.ts';

export function isTwoFactorRequired({ role }: Pick<User, 'role'>, ctx: Pick<ActionContext, 'settings'>): boolean {
  return ctx.settings.requireTwoFactor && (role === 'office' || role === 'admin');
}
