// All pages of lots and stamps: issuing, printing, activation, ledger, journey.

import type { ConsoleRoute } from '../console-route.ts';
import { jobRoutes } from '../print/job-page.ts';
import { printRoutes } from '../print/print-page.ts';
import { printerRoutes } from '../print/printers-page.ts';
import { shopRoutes } from '../print/shop-page.ts';
import { templateRoutes } from '../print/templates-page.ts';
import { eventPageRoutes } from '../lots/event-page.ts';
import { lotPageRoutes } from '../lots/lot-page.ts';
import { lotListRoutes } from '../lots/lots-list.ts';
import { allowanceRoutes } from './allowance-page.ts';
import { ledgerRoutes } from './ledger-page.ts';
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
  ...eventPageRoutes,
];
