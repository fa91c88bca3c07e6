// What the API shows of label templates: all that can be printed on, and an office's own as it was measured.

import { z } from 'zod';
import type { OwnTemplate } from '../../../../domain/print/own-template.ts';
import type { TemplateSummary } from '../../../../sheet/template/template-fit.ts';
import { entityShape, viewOf } from '../../shapes.ts';

const sizeShape = z.strictObject({ widthMm: z.number(), heightMm: z.number() });

export const templateShape = z
  .strictObject({
    id: z.string(),
    version: z.literal(1),
    name: z.strictObject({ vi: z.string(), en: z.string() }),
    page: sizeShape,
    grid: z.strictObject({
      columns: z.int(),
      rows: z.int(),
      leftMm: z.number(),
      topMm: z.number(),
      pitchXMm: z.number(),
      pitchYMm: z.number(),
    }),
    label: sizeShape,
    needs: z.array(z.enum(['symbol', 'pin', 'gtin'])),
    note: z
      .strictObject({ vi: z.string(), en: z.string() })
      .nullable()
      .meta({ description: 'What a person must know before the first print.' }),
    largestModuleMm: z
      .record(z.string(), z.number())
      .meta({ description: 'Millimetres by QR version; a version that is absent does not fit.' }),
  })
  .meta({ id: 'Template' });

/** A template is a file and has only one version. */
export function templateView(template: TemplateSummary): z.input<typeof templateShape> {
  return viewOf(templateShape, template, { version: 1 });
}

const mm = z.number();

export const ownTemplateShape = z
  .strictObject({
    ...entityShape,
    officeId: z.string(),
    name: z.string(),
    pageWidth: mm,
    pageHeight: mm,
    columns: z.int(),
    rows: z.int(),
    left: mm,
    top: mm,
    pitchX: mm,
    pitchY: mm,
    labelWidth: mm,
    labelHeight: mm,
    template: z
      .record(z.string(), z.unknown())
      .meta({ description: 'The whole template, in the shape of label-templates/template.schema.json.' }),
  })
  .meta({ id: 'OwnTemplate' });

/** Under the name that its office gave it. */
export function ownTemplateView({
  key,
  version,
  createdAt,
  updatedAt,
  officeId,
  measured,
  json,
}: OwnTemplate): z.input<typeof ownTemplateShape> {
  return {
    id: key,
    version,
    createdAt,
    updatedAt,
    officeId,
    ...measured,
    template: JSON.parse(json) as Record<string, unknown>,
  };
}
