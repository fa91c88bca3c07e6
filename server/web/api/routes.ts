// Every endpoint under /api/v1, in the order of the contract.

import type { Route } from './route.ts';
import { accountRoutes } from './routes/accounts.ts';
import { allowanceRoutes } from './routes/allowances.ts';
import { auditRoutes } from './routes/audit.ts';
import { batchRoutes } from './routes/batches.ts';
import { certificateRoutes } from './routes/certificates.ts';
import { complaintRoutes } from './routes/complaints.ts';
import { evaluationRoutes } from './routes/evaluations.ts';
import { inspectionRoutes } from './routes/inspections.ts';
import { lotRoutes } from './routes/lots.ts';
import { officeRoutes } from './routes/offices.ts';
import { printJobRoutes } from './routes/print-jobs.ts';
import { printerRoutes } from './routes/printers.ts';
import { producerRoutes } from './routes/producers.ts';
import { productRoutes } from './routes/products.ts';
import { programmeRoutes } from './routes/programme.ts';
import { recallRoutes } from './routes/recalls.ts';
import { requestRoutes } from './routes/requests.ts';
import { scanRoutes } from './routes/scans.ts';
import { stampRoutes } from './routes/stamps.ts';
import { templateRoutes } from './routes/templates.ts';

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
  ...stampRoutes,
  ...scanRoutes,
  ...recallRoutes,
  ...inspectionRoutes,
  ...complaintRoutes,
  ...requestRoutes,
  ...printerRoutes,
  ...templateRoutes,
  ...accountRoutes,
  ...programmeRoutes,
  ...auditRoutes,
];
