// What the API shows of a year's programme.

import { z } from 'zod';
import type { ProgrammeReport } from '../../../actions/programme/read-report.ts';
import { CANDIDATE_STAGES } from '../../../domain/programme/candidates.ts';
import { FIGURE_KINDS, MEASURES, type Figure, type Plan } from '../../../domain/programme/programme.ts';
import { PRODUCT_GROUPS } from '../../../domain/registry/product.ts';
import { dayShape, entityShape, viewOf } from '../shapes.ts';

const count = z.int().min(0);
const targetsShape = z.strictObject({
  'products-rated': count.nullable(),
  'products-added': count.nullable(),
  'producers-enrolled': count.nullable(),
  'packaging-given': count.nullable(),
  'stamps-given': count.nullable(),
  'registrations-given': count.nullable(),
});

export const planShape = z
  .strictObject({
    ...entityShape,
    officeId: z.string(),
    year: z.int(),
    targets: targetsShape,
    note: z.string().nullable(),
  })
  .meta({ id: 'Plan' });

export function planView(plan: Plan): z.output<typeof planShape> {
  return viewOf(planShape, plan, {});
}

const figureShape = z
  .strictObject({ value: count, asOf: dayShape, kind: z.enum(FIGURE_KINDS), note: z.string().nullable() })
  .meta({ id: 'ProgrammeFigure' });

export const reportShape = z
  .strictObject({
    year: z.int(),
    on: dayShape,
    officeId: z.string(),
    rows: z.array(
      z.strictObject({
        measure: z.enum(MEASURES),
        round: z.string().nullable(),
        planned: count.nullable(),
        reported: figureShape.nullable(),
        estimate: figureShape.nullable(),
        counted: count.nullable(),
        result: count.nullable(),
        source: z.enum(['reported', 'counted']).nullable(),
        over: z.int().nullable(),
        percent: count.nullable(),
        late: count.meta({ description: 'Records behind the result that were entered after the day.' }),
      }),
    ),
    counted: z.strictObject({
      productsRated: count,
      producersRated: count,
      byStars: z.strictObject({ 3: count, 4: count, 5: count }),
      byGroup: z.array(z.strictObject({ group: z.enum([...PRODUCT_GROUPS, 'none']), products: count })),
      stampsIssued: count,
    }),
    rounds: z.array(
      z.strictObject({
        round: z.string(),
        from: dayShape,
        to: dayShape,
        products: count,
        producers: count,
        stars: z.strictObject({ 3: count, 4: count, 5: count }),
        below: count,
      }),
    ),
    lapsing: z.strictObject({ within30Days: count, within60Days: count, within90Days: count }),
    onTheirWay: z.strictObject(
      Object.fromEntries(CANDIDATE_STAGES.map((stage) => [stage, count])) as Record<
        (typeof CANDIDATE_STAGES)[number],
        typeof count
      >,
    ),
    late: count.meta({ description: 'Records of this report that were entered after its day.' }),
  })
  .meta({
    id: 'ProgrammeReport',
    description:
      'Plan and result of a year on a day, as that day’s report said; what was entered later counts on its own day ' +
      'and is marked. `result` is the reported figure, else what the registry counts; the two and an estimate stay ' +
      'apart.',
  });

export function reportView({
  year,
  on,
  officeId,
  rows,
  counts,
  rounds,
  lapsing,
  stages,
  late,
}: ProgrammeReport): z.output<typeof reportShape> {
  return {
    year,
    on,
    officeId,
    rows: rows.map(({ reported, estimate, ...row }) => ({
      ...row,
      reported: figureView(reported),
      estimate: figureView(estimate),
    })),
    counted: {
      productsRated: counts.measures['products-rated'] ?? 0,
      producersRated: counts.producersRated,
      byStars: counts.byStars,
      byGroup: counts.byGroup,
      stampsIssued: counts.stampsIssued,
    },
    rounds,
    lapsing: { within30Days: lapsing[30], within60Days: lapsing[60], within90Days: lapsing[90] },
    onTheirWay: stages,
    late,
  };
}

function figureView(figure: Figure | null): z.output<typeof figureShape> | null {
  return figure === null ? null : { value: figure.value, asOf: figure.asOf, kind: figure.kind, note: figure.note };
}
