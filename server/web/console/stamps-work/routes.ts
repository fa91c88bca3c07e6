// All pages of lots and stamps: issuing, printing, activation, ledger, journey.

import type { ConsoleRoute } from '../console-route.ts';
import { jobRoutes } from '../issue/job-page.ts';
import { printRoutes } from '../issue/print-page.ts';
import { printerRoutes } from '../issue/printers-page.ts';
import { shopRoutes } from '../issue/shop-page.ts';
import { templateRoutes } from '../issue/templates-page.ts';
import { lotPageRoutes } from '../journey/lot-page.ts';
import { lotListRoutes } from '../journey/lots-list.ts';
import { allowanceRoutes } from '../ledger/allowance-page.ts';
import { ledgerRoutes } from '../ledger/ledger-page.ts';
import { activateRoutes } from './activate-page.ts';
import { batchPageRoutes } from './batch-page.ts';
import { batchListRoutes } from './batches-list.ts';
import { giveRoutes } from './give-page.ts';

export const stampsRoutes: readonly ConsoleRoute[] = [
  ...printRoutes,
  ...jobRoutes,
  ...shopRoutes,
  ...printerRoutes,
  ...templateRoutes,
  ...batchListRoutes,
  ...giveRoutes,
  ...batchPageRoutes,
  ...activateRoutes,
  ...ledgerRoutes,
  ...allowanceRoutes,
  ...lotListRoutes,
  ...lotPageRoutes,
];
