// Imports an office's file of plan and result by year (`year,measure,plan,result,as_of,kind`). Figures need not agree:
// each is kept with its kind and note. A second run changes nothing.

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fieldProblem, ok, type Result } from '../../domain/problem.ts';
import type { Measure, PlannedMeasure, Targets } from '../../domain/programme/programme.ts';
import type { ActionContext } from '../kit/context.ts';
import { programmeOffice } from '../programme/programme-office.ts';
import { dayCell, countCell } from './registry-cells.ts';
import type { NamedRow } from './table-file.ts';
import { setFigure, setFigureInput } from '../programme/set-figure.ts';
import { setPlan, setPlanInput } from '../programme/set-plan.ts';

const MEASURE_OF: Readonly<Record<string, Measure>> = {
  products_rated_3_stars_or_more: 'products-rated',
  products_rated_3_stars_or_more_added: 'products-added',
  products_expected_rated_by_end_of_year: 'products-expected',
  producers_enrolled: 'producers-enrolled',
  packaging_and_labels_given: 'packaging-given',
  traceability_stamps_given: 'stamps-given',
  intellectual_property_registrations_given: 'registrations-given',
};
/** `council_round_1_products`. */
const ROUND = /^council_round_(\d{1,3})_(products|producers)$/;

export interface ProgrammeImport {
  plans: number;
  figures: number;
}

/** Problems: invalid, with the line as the path. */
export async function importProgramme(
  actor: Actor,
  input: { officeId?: Id | undefined; rows: readonly NamedRow[] },
  ctx: ActionContext,
): Promise<Result<ProgrammeImport>> {
  const office = await programmeOffice(actor, 'keep-programme', input.officeId, ctx);
  if (!office.ok) return office;
  const common = { officeId: office.value };
  const targets = new Map<number, Partial<Record<PlannedMeasure, number>>>();
  let figures = 0;
  for (const { line, cells } of input.rows) {
    const measure = measureOf(cells['measure'] ?? '');
    const year = countCell(cells['year']);
    if (measure === null || typeof year !== 'number')
      return fieldProblem(
        'invalid',
        `${line}.measure`,
        'unknown',
        `Line ${line} names no measure of the programme, or no year.`,
      );
    const plan = countCell(cells['plan']);
    if (typeof plan === 'string')
      return fieldProblem('invalid', `${line}.plan`, 'invalid-type', `Line ${line}: the plan is a whole number.`);
    if (typeof plan === 'number') targets.set(year, { ...targets.get(year), [measure.measure]: plan });
    const result = countCell(cells['result']);
    if (result === undefined) continue;
    const words = cells['kind'] ?? '';
    const kind = words.startsWith('estimate') ? 'estimate' : 'reported';
    const note = words === kind ? null : words;
    const read = setFigureInput.safeParse({
      year,
      ...measure,
      value: result,
      asOf: dayCell(cells['as_of']),
      kind,
      note,
    });
    if (!read.success)
      return fieldProblem(
        'invalid',
        String(line),
        'row',
        `Line ${line}: ${read.error.issues[0]?.message ?? 'cannot be read'}.`,
      );
    const kept = await setFigure(actor, { ...common, figure: read.data }, ctx);
    if (!kept.ok) return kept;
    figures += 1;
  }
  for (const [year, planned] of targets) {
    const saved = await keepPlan(actor, { officeId: office.value, year, planned }, ctx);
    if (!saved.ok) return saved;
  }
  return ok({ plans: targets.size, figures });
}

/** Keeps the targets that the file does not name. */
async function keepPlan(
  actor: Actor,
  input: { officeId: Id; year: number; planned: Partial<Targets> },
  ctx: ActionContext,
): Promise<Result<unknown>> {
  const { officeId, year, planned } = input;
  const before = await ctx.store.plans.findBy('officeYear', [officeId, year]);
  const targets = { ...before?.targets, ...planned };
  if (before !== null && JSON.stringify(targets) === JSON.stringify(before.targets)) return ok(before);
  const plan = setPlanInput.safeParse({ targets, note: before?.note ?? null });
  if (!plan.success) return fieldProblem('invalid', 'plan', 'row', `The plan of ${year} cannot be read.`);
  return setPlan(actor, { officeId, year, version: before?.version ?? 0, plan: plan.data }, ctx);
}

function measureOf(name: string): { measure: Measure; round: string | null } | null {
  const known = Object.hasOwn(MEASURE_OF, name) ? MEASURE_OF[name] : undefined;
  if (known !== undefined) return { measure: known, round: null };
  const [, round = '', of = ''] = ROUND.exec(name) ?? [];
  return round === '' ? null : { measure: of === 'products' ? 'council-products' : 'council-producers', round };
}
