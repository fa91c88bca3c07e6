// Every page behind a login, area by area. A page that is not here does not exist, and the role test walks this list.

import { signInRoutes } from './account/sign-in.ts';
import type { ConsoleRoute } from './console-route.ts';
import { batchesRoutes } from './batches-page.ts';
import { findingsRoutes } from '../inspect/findings-page.ts';

export const consoleRoutes: readonly ConsoleRoute[] = [...signInRoutes, ...batchesRoutes, ...findingsRoutes];
