// What the API shows of an office.

import { z } from 'zod';
import type { Office } from '../../../../domain/registry/office.ts';
import { entityShape, viewOf } from '../../shapes.ts';

export const officeShape = z
  .strictObject({
    ...entityShape,
    name: z.string(),
    province: z.string(),
    phone: z.string().nullable(),
    mark: z.string().nullable(),
    emblem: z.string().nullable().meta({ description: 'Path of the picture below this service’s address.' }),
  })
  .meta({ id: 'Office' });

export function officeView(office: Office): z.input<typeof officeShape> {
  return viewOf(officeShape, office, {
    mark: office.markFileId,
    emblem: office.emblemFileId == null ? null : `/photos/${office.emblemFileId}`,
  });
}
