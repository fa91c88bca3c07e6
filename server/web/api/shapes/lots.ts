// What the API shows of a lot and its journey, including events that are not public.

import { z } from 'zod';
import { usualStep } from '../../../domain/lots/journey.ts';
import type { Lot, LotEvent } from '../../../domain/lots/lot.ts';
import { dayShape, entityShape, instantShape, viewOf } from '../shapes.ts';

const lotEventShape = z
  .strictObject({
    id: z.string(),
    at: z.union([instantShape, dayShape]).meta({ description: 'An instant, or a day where no time is known.' }),
    step: z.string(),
    stepEn: z.string().nullable().meta({ description: 'As recorded, or of a step that we offer.' }),
    place: z.string().nullable(),
    gln: z.string().nullable(),
    by: z.string().nullable(),
    note: z.string().nullable(),
    public: z.boolean(),
    photo: z.string().nullable().meta({ description: 'Path of the picture below this service’s address.' }),
    copiedFrom: z.string().nullable().meta({
      description:
        'The lot it was taken over from, until somebody looked at it; until then the public does not see it.',
    }),
    correctedAt: instantShape
      .nullable()
      .meta({ description: 'When it was set right after a buyer could have read it; null: never.' }),
    recordedAt: instantShape,
  })
  .meta({ id: 'LotEvent' });

export const lotShape = z
  .strictObject({
    ...entityShape,
    officeId: z.string(),
    producerId: z.string(),
    productId: z.string(),
    number: z.string(),
    producedOn: dayShape.nullable(),
    expiresOn: dayShape.nullable(),
    declaredQuantity: z.int().nullable(),
    note: z.string().nullable(),
    events: z.array(lotEventShape),
    firstActivatedAt: instantShape.nullable(),
    inDigitalLink: z.boolean(),
    correctedAt: instantShape.nullable(),
  })
  .meta({ id: 'Lot' });

export function lotView(lot: Lot): z.input<typeof lotShape> {
  return viewOf(lotShape, lot, { events: lot.events.map(eventView) });
}

function eventView(event: LotEvent): z.input<typeof lotEventShape> {
  const { photoFileId, at, day = null, correctedAt = null } = event;
  const photo = photoFileId === null ? null : `/photos/${photoFileId}`;
  const stepEn = event.stepEn ?? usualStep(event.step)?.en ?? null;
  return viewOf(lotEventShape, event, { photo, at: day ?? at, correctedAt, stepEn });
}
