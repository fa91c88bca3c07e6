// The pages about what happened to stamps.

import type { ConsoleRoute } from '../console-route.ts';
import { alarmsRoutes } from '../market/alarms-page.ts';
import { caseRoutes } from '../market/case-page.ts';
import { casesRoutes } from '../market/cases-page.ts';
import { complaintsRoutes } from '../market/complaints-page.ts';
import { findingsRoutes } from '../market/findings-page.ts';
import { roundsRoutes } from '../market/rounds-page.ts';
import { stampReportsRoutes } from '../market/stamp-reports-page.ts';
import { scansRoutes } from './scans-page.ts';

export const allScansRoutes: readonly ConsoleRoute[] = [
  ...scansRoutes,
  ...casesRoutes,
  ...alarmsRoutes,
  ...caseRoutes,
  ...complaintsRoutes,
  ...stampReportsRoutes,
  ...findingsRoutes,
  ...roundsRoutes,
];
