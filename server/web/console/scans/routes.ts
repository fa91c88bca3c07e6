// The pages about what happened to stamps.

import type { ConsoleRoute } from '../console-route.ts';
import { casesRoutes } from './cases-page.ts';
import { complaintsRoutes } from './complaints-page.ts';
import { findingsListRoutes } from './findings-list.ts';
import { scansRoutes } from './scans-page.ts';

export const allScansRoutes: readonly ConsoleRoute[] = [
  ...scansRoutes,
  ...casesRoutes,
  ...complaintsRoutes,
  ...findingsListRoutes,
];
