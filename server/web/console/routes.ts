// Every page behind a login, area by area. Only pages listed here exist, and the role test walks this list.

import { invitationRoutes } from './people/invitation.ts';
import { ownAccountRoutes } from './people/own-account.ts';
import { signInRoutes } from './people/sign-in.ts';
import { twoFactorRoutes } from './people/two-factor.ts';
import { keyRoutes } from './people/keys-page.ts';
import { userRoutes } from './people/users.ts';
import type { ConsoleRoute } from './console-route.ts';
import { programmeRoutes } from './programme/routes.ts';
import { recallRoutes } from './recalls/routes.ts';
import { importRoutes } from './import/routes.ts';
import { registryRoutes } from './registry/routes.ts';
import { allScansRoutes } from './scans/routes.ts';
import { stampsRoutes } from './batches/routes.ts';
import { helpRoutes } from './help/help-page.ts';
import { homeRoutes } from './home/home-page.ts';

const accountRoutes = [
  ...signInRoutes,
  ...invitationRoutes,
  ...ownAccountRoutes,
  ...twoFactorRoutes,
  ...keyRoutes,
  ...userRoutes,
];

export const consoleRoutes: readonly ConsoleRoute[] = [
  ...accountRoutes,
  ...registryRoutes,
  ...importRoutes,
  ...homeRoutes,
  ...helpRoutes,
  ...programmeRoutes,
  ...allScansRoutes,
  ...recallRoutes,
  ...stampsRoutes,
];
