// Import and export: pages with a fixed last part stand before those of one import.

import type { ConsoleRoute } from '../console-route.ts';
import { importHomeRoutes } from './home.ts';
import { importWorkRoutes } from './work.ts';

export const importRoutes: readonly ConsoleRoute[] = [...importHomeRoutes, ...importWorkRoutes];
