// The templates that stamps may be printed on: the built-in ones, and those that an office measured itself. Only people
// of that office and its producers reach an office's own templates.

import type { Actor } from '../../domain/people/account.ts';
import type { Batch } from '../../domain/batches/batch.ts';
import type { Id } from '../../domain/entity.ts';
import type { OwnTemplate } from '../../domain/print/own-template.ts';
import type { PrintRun } from '../../domain/print/print-run.ts';
import { fail, fieldProblem, ok, type Result } from '../../domain/problem.ts';
import { fitsTemplate, showsPin, templateFor } from '../../sheet/template/template-fit.ts';
import { parseTemplate, type LoadedTemplate } from '../../sheet/template/template-loader.ts';
import type { Template } from '../../sheet/template/template-schema.ts';
import { templateAtDpi } from '../../sheet/thermal/thermal-job.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { decide, reachOf, type Place } from '../kit/rights.ts';

export type Templates = ReadonlyMap<string, LoadedTemplate>;

/** Every template that stamps of this office may be printed on, by id. */
export async function templatesOf(ctx: ActionContext, officeId: Id): Promise<Templates> {
  const own = readable(await ownTemplatesOf(ctx, officeId));
  return own.length === 0
    ? ctx.templates
    : new Map([...ctx.templates, ...own.map((each) => [each.template.id, each] as const)]);
}

/** The template as it is today. A saved run does not need it, because it keeps its own copy. */
export async function templateForBatch(
  actor: Actor,
  batch: Batch,
  { template, skip, dpi }: Pick<PrintRun, 'template' | 'skip' | 'dpi'>,
  ctx: ActionContext,
): Promise<Result<LoadedTemplate>> {
  const found = templateFor(await templatesOf(ctx, batch.officeId), template, batch.symbol.version);
  if (!found.ok) {
    return found.problem.code === 'not-found'
      ? fieldProblem('invalid', 'template', 'absent', `There is no template ${template}. See GET /templates.`)
      : found;
  }
  const may = mayTake(actor, found.value.template, batch);
  if (!may.ok) return may;
  if (showsPin(found.value.template) && !batch.pin)
    return fail('no-pins', `${template} prints a PIN, and this batch has none.`);
  const { columns, rows } = found.value.template.grid;
  if (skip >= columns * rows)
    return fieldProblem('invalid', 'skip', 'too-big', `${template} has ${columns * rows} label places.`);
  if (dpi === null) return found;
  const onDots = templateAtDpi(found.value.template, dpi);
  if (onDots === null)
    return fieldProblem('invalid', 'template', 'not-a-roll', `${template} is no roll: print it as a sheet.`);
  const { version } = batch.symbol;
  return fitsTemplate(onDots, version)
    ? found
    : fail('symbol-too-large', `A symbol of version ${version} is too large for ${template} at ${dpi} dpi.`, {
        details: { fitting: [], version },
      });
}

/**
 * Whether the actor may print with this template: only the office gives out PINs, on paper as in a list. Problems:
 * not-allowed.
 */
export function mayTake(actor: Actor, template: Template, of: Place): Result<null> {
  const may = showsPin(template) ? decide(actor, 'take-pins', of) : null;
  return may?.kind === 'refused' ? { ok: false, problem: may.problem } : ok(null);
}

/** Own templates within the actor's reach. */
export async function ownTemplates(actor: Actor, ctx: ActionContext): Promise<LoadedTemplate[]> {
  const { officeId } = reachOf(actor);
  return officeId === undefined ? [] : readable(await ownTemplatesOf(ctx, officeId));
}

export async function ownTemplatesOf(ctx: ActionContext, officeId: Id): Promise<OwnTemplate[]> {
  const own: OwnTemplate[] = [];
  for await (const each of everyOf(ctx.store.templates, { officeId })) own.push(each);
  return own;
}

/**
 * The templates that can be read. One that cannot (written by an older program, or damaged) does not stop printing on
 * the others; the office is told of it (unreadableTemplates).
 */
function readable(own: readonly OwnTemplate[]): LoadedTemplate[] {
  return own.flatMap(({ json }) => {
    const parsed = parseTemplate(json);
    return parsed.ok ? [{ template: parsed.template, json }] : [];
  });
}

/** Names of the office's own templates that cannot be read, for its people. */
export async function unreadableTemplates(actor: Actor, ctx: ActionContext): Promise<string[]> {
  const { officeId } = reachOf(actor);
  const own = officeId === undefined ? [] : await ownTemplatesOf(ctx, officeId);
  return own.filter(({ json }) => !parseTemplate(json).ok).map(({ measured }) => measured.name);
}

export function wholeTemplateId(officeId: Id, key: string): Id {
  return `${officeId}.${key}`;
}
