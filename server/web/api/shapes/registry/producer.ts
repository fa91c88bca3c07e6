// What the API shows of a producer.

import { z } from 'zod';
import { PRODUCER_KINDS, type Producer } from '../../../../domain/registry/producer.ts';
import { addressShape, entityShape, viewOf } from '../../shapes.ts';

export const producerShape = z
  .strictObject({
    ...entityShape,
    officeId: z.string(),
    name: z.string(),
    kind: z.enum(PRODUCER_KINDS),
    taxCode: z.string().nullable(),
    address: addressShape,
    addressToday: addressShape.nullable(),
    phone: z.string().nullable(),
    phonePublic: z.boolean(),
    email: z.string().nullable(),
    website: z.string().nullable(),
    gln: z.string().nullable(),
    representative: z.string().nullable(),
    story: z.string().nullable(),
    storyEn: z.string().nullable(),
  })
  .meta({ id: 'Producer' });

export function producerView(producer: Producer): z.input<typeof producerShape> {
  return viewOf(producerShape, producer, { storyEn: producer.storyEn ?? null });
}
