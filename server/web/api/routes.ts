// Every endpoint under /api/v1, in the order of the contract.

import type { Route } from './route.ts';
import { accountRoutes } from './routes/people.ts';
import { allowanceRoutes } from './routes/batches/allowances.ts';
import { auditRoutes } from './routes/audit.ts';
import { batchRoutes } from './routes/batches/batches.ts';
import { certificateRoutes } from './routes/registry/certificates.ts';
import { complaintRoutes } from './routes/market/complaints.ts';
import { evaluationRoutes } from './routes/registry/evaluations.ts';
import { inspectionRoutes } from './routes/market/inspections.ts';
import { lotRoutes } from './routes/lots.ts';
import { officeRoutes } from './routes/registry/offices.ts';
import { packRoutes } from './routes/market/packs.ts';
import { printJobRoutes } from './routes/print/print-jobs.ts';
import { shopLinkRoutes } from './routes/print/shop-links.ts';
import { printerRoutes } from './routes/print/printers.ts';
import { producerRoutes } from './routes/registry/producers.ts';
import { productRoutes } from './routes/registry/products.ts';
import { programmeRoutes } from './routes/programme.ts';
import { recallRoutes } from './routes/recalls.ts';
import { requestRoutes } from './routes/registry/requests.ts';
import { roundRoutes } from './routes/market/rounds.ts';
import { scanRoutes } from './routes/scans/scans.ts';
import { stampReportRoutes } from './routes/market/stamp-reports.ts';
import { stampFactsRoutes } from './routes/market/stamp-facts.ts';
import { stampRoutes } from './routes/scans/stamps.ts';
import { templateRoutes } from './routes/print/templates.ts';

export const allRoutes: readonly Route[] = [
  ...officeRoutes,
  ...producerRoutes,
  ...productRoutes,
  ...allowanceRoutes,
  ...evaluationRoutes,
  ...certificateRoutes,
  ...lotRoutes,
  ...batchRoutes,
  ...printJobRoutes,
  ...shopLinkRoutes,
  ...stampRoutes,
  ...stampFactsRoutes,
  ...scanRoutes,
  ...recallRoutes,
  ...inspectionRoutes,
  ...packRoutes,
  ...roundRoutes,
  ...complaintRoutes,
  ...stampReportRoutes,
  ...requestRoutes,
  ...printerRoutes,
  ...templateRoutes,
  ...accountRoutes,
  ...programmeRoutes,
  ...auditRoutes,
];
