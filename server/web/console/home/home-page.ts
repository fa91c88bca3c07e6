// The first page after signing in: what needs this person today, by role.

import type { ConsoleRoute, PageAnswer, PageCall } from '../console-route.ts';
import { adminHome } from './admin-home.ts';
import { findRoutes } from '../search/find-page.ts';
import type { Home } from './home-head.ts';
import { inspectorHome } from './inspector-home.ts';
import { officeHome } from './office-home.ts';
import { producerHome } from './producer-home.ts';

export const homeRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: '/console', gate: 'statistics', right: 'signed-in', nav: 'today', handle: showHome },
  ...findRoutes,
];

async function showHome(call: PageCall): Promise<PageAnswer> {
  const { title, body } = await homeOf(call);
  return { kind: 'page', title, body };
}

async function homeOf(call: PageCall): Promise<Home> {
  const { role } = call.actor;
  switch (role) {
    case 'producer':
      return producerHome(call);
    case 'office':
      return officeHome(call);
    case 'inspector':
      return inspectorHome(call);
    case 'admin':
      return adminHome(call);
    default:
      return role satisfies never;
  }
}
