// Import and export: addresses with a fixed last part come before those of one import.

import type { ConsoleRoute } from '../console-route.ts';
import { importCauseRoutes } from './causes.ts';
import { importHomeRoutes } from './home.ts';
import { importMatchRoutes } from './match-page.ts';
import { importPlaceRoutes } from './place.ts';
import { importUndoRoutes } from './undo.ts';
import { importWorkRoutes } from './work.ts';

export const importRoutes: readonly ConsoleRoute[] = [
  ...importHomeRoutes,
  ...importCauseRoutes,
  ...importMatchRoutes,
  ...importPlaceRoutes,
  ...importUndoRoutes,
  ...importWorkRoutes,
];
