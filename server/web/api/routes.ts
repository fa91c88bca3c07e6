// Every endpoint under /api/v1, in the order of the contract.

import type { Route } from './route.ts';
import { allowanceRoutes } from './routes/allowances.ts';
import { certificateRoutes } from './routes/certificates.ts';
import { evaluationRoutes } from './routes/evaluations.ts';
import { lotRoutes } from './routes/lots.ts';
import { officeRoutes } from './routes/offices.ts';
import { producerRoutes } from './routes/producers.ts';
import { productRoutes } from './routes/products.ts';
import { recallRoutes } from './routes/recalls.ts';
import { requestRoutes } from './routes/requests.ts';

export const allRoutes: readonly Route[] = [
  ...officeRoutes,
  ...producerRoutes,
  ...productRoutes,
  ...allowanceRoutes,
  ...evaluationRoutes,
  ...certificateRoutes,
  ...lotRoutes,
  ...recallRoutes,
  ...requestRoutes,
];
