// Every page behind a login, area by area. A page that is not here does not exist, and the role test walks this list.

import { findingsRoutes } from '../inspect/findings-page.ts';
import { invitationRoutes } from './account/invitation.ts';
import { ownAccountRoutes } from './account/own-account.ts';
import { signInRoutes } from './account/sign-in.ts';
import { twoFactorRoutes } from './account/two-factor.ts';
import { userRoutes } from './account/users.ts';
import type { ConsoleRoute } from './console-route.ts';
import { programmeRoutes } from './programme/routes.ts';
import { recallRoutes } from './recalls/routes.ts';
import { importRoutes } from './import/routes.ts';
import { registryRoutes } from './registry/routes.ts';
import { allScansRoutes } from './scans/routes.ts';
import { stampsRoutes } from './stamps-work/routes.ts';
import { homeRoutes } from './home/home-page.ts';

const accountRoutes = [...signInRoutes, ...invitationRoutes, ...ownAccountRoutes, ...twoFactorRoutes, ...userRoutes];

export const consoleRoutes: readonly ConsoleRoute[] = [
  ...accountRoutes,
  ...registryRoutes,
  ...importRoutes,
  ...homeRoutes,
  ...findingsRoutes,
  ...programmeRoutes,
  ...allScansRoutes,
  ...recallRoutes,
  ...stampsRoutes,
];
