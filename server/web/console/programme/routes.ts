// The programme's pages.

import type { ConsoleRoute } from '../console-route.ts';
import { candidateRoutes } from './candidates-page.ts';
import { followUpRoutes } from './follow-up-page.ts';
import { lapsingRoutes } from './lapsing-page.ts';
import { planRoutes } from './plan-page.ts';
import { reportRoutes } from './report-page.ts';
import { supportRoutes } from './support-page.ts';

/** Fixed paths come before those with an `:id`. */
export const programmeRoutes: readonly ConsoleRoute[] = [
  ...reportRoutes,
  ...planRoutes,
  ...lapsingRoutes,
  ...supportRoutes,
  ...candidateRoutes,
  ...followUpRoutes,
];
