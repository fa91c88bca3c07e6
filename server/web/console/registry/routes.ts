// The registry's pages. Addresses with a fixed last part come before those with an id there.

import type { ConsoleRoute } from '../console-route.ts';
import { auditRoutes } from '../audit/audit-page.ts';
import { certificateFormRoutes } from './certificate-form.ts';
import { certificatePageRoutes } from './certificate-page.ts';
import { certificatesListRoutes } from './certificates-list.ts';
import { evaluationRoutes } from './evaluations.ts';
import { nameNoteRoutes } from './name-note.ts';
import { officeRoutes } from './offices.ts';
import { paperRoutes } from './papers.ts';
import { producerFormRoutes } from './producer-form.ts';
import { producerPageRoutes } from './producer-page.ts';
import { producersListRoutes } from './producers-list.ts';
import { productFormRoutes } from './product-form.ts';
import { productPageRoutes } from './product-page.ts';
import { productsListRoutes } from './products-list.ts';
import { requestRoutes } from './requests.ts';

export const registryRoutes: readonly ConsoleRoute[] = [
  ...producersListRoutes,
  ...producerFormRoutes,
  ...producerPageRoutes,
  ...productsListRoutes,
  ...nameNoteRoutes,
  ...productFormRoutes,
  ...productPageRoutes,
  ...evaluationRoutes,
  ...certificatesListRoutes,
  ...certificateFormRoutes,
  ...certificatePageRoutes,
  ...paperRoutes,
  ...requestRoutes,
  ...officeRoutes,
  ...auditRoutes,
];
