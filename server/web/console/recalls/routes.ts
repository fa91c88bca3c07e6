// The pages of recalls; the fixed path comes before those with an `:id`.

import type { ConsoleRoute } from '../console-route.ts';
import { newRecallRoutes } from './new-recall-page.ts';
import { recallListRoutes } from './recalls-page.ts';

export const recallRoutes: readonly ConsoleRoute[] = [...newRecallRoutes, ...recallListRoutes];
