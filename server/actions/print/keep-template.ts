// Saves a template for a stock that an office measured with a ruler.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import type { OwnTemplate } from '../../domain/print/own-template.ts';
import { fail, fieldProblem } from '../../domain/problem.ts';
import { measuredTemplate } from '../../sheet/template/measured-template.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { id, text } from '../kit/fields.ts';
import { officeOf } from '../kit/office-of.ts';
import { decide } from '../kit/rights.ts';
import { newEntity, nextVersion, saveChange, saveNew } from '../kit/save.ts';
import { ownTemplatesOf, wholeTemplateId } from './templates.ts';

const MAX_MM = 1_000;
/** A ruler is good to half a millimetre, a maker's data sheet to a hundredth. */
const lengthMm = z.number().positive().max(MAX_MM);
const positionMm = z.number().min(0).max(MAX_MM);

export const keepTemplateInput = z.strictObject({
  name: text(80),
  pageWidth: lengthMm.default(210).meta({ description: 'Millimetres, as all that follow; A4 unless told otherwise.' }),
  pageHeight: lengthMm.default(297),
  columns: z.int().min(1).max(20),
  rows: z.int().min(1).max(40),
  left: positionMm.meta({ description: 'From the paper’s left edge to the first label.' }),
  top: positionMm,
  pitchX: lengthMm.meta({ description: 'From one label’s left edge to the next one’s.' }),
  pitchY: lengthMm,
  labelWidth: lengthMm,
  labelHeight: lengthMm,
  officeId: id.optional().meta({ description: 'From an admin, where there are several offices.' }),
});

const KEY = /^[a-z0-9][a-z0-9-]{1,39}$/;
/** Own templates of one office: a list that a person can still read. */
const OWN_TEMPLATES_MAX = 100;

/** @param input `version` is that of the template it replaces; 0 if the caller knows of no template of this name */
export async function keepTemplate(
  actor: Actor,
  input: { id: Id; version: number; template: z.output<typeof keepTemplateInput> },
  ctx: ActionContext,
): Promise<Outcome<OwnTemplate>> {
  const may = decide(actor, 'keep-template', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const { officeId: wanted, ...measured } = input.template;
  const office = await officeOf(actor, wanted, ctx);
  if (!office.ok) return office;
  const officeId = office.value;
  const key = input.id;
  if (!KEY.test(key))
    return fieldProblem(
      'invalid',
      'id',
      'pattern',
      'A template’s name in addresses is of a-z, 0-9 and hyphens, 2 to 40 of them.',
    );
  if (ctx.templates.has(key) || ctx.testGrids.has(key))
    return fieldProblem('invalid', 'id', 'taken', `${key} comes with the program; choose another name.`);
  const set = measuredTemplate(key, measured, ctx.templates.values());
  if (!set.ok) {
    const [fault] = set.faults;
    return fieldProblem(
      'invalid',
      FIELDS[String(fault?.path.at(-1))] ?? 'labelWidth',
      'impossible',
      `With these measures ${fault?.message ?? 'no label can be set'}.`,
    );
  }
  const own = { measured, json: `${JSON.stringify(set.template, null, 2)}\n` };
  const before = await ctx.store.templates.get(wholeTemplateId(officeId, key));
  if (before !== null) {
    if (input.version === 0)
      return fail(
        'version-missing',
        'This template is kept already. Send the version you read as If-Match: "<version>".',
      );
    if (input.version !== before.version)
      return fail('version-conflict', 'Somebody changed this template meanwhile. Read it again.');
    const doc = nextVersion(ctx, before, own);
    return saveChange(ctx, actor, { collection: 'templates', before, doc, action: 'keep-template', answer: doc });
  }
  if (input.version !== 0) return fail('version-conflict', 'No such template is kept.');
  if ((await ownTemplatesOf(ctx, officeId)).length >= OWN_TEMPLATES_MAX)
    return fieldProblem('invalid', 'id', 'too-many', `An office keeps ${OWN_TEMPLATES_MAX} templates of its own.`);
  const doc: OwnTemplate = { ...newEntity(ctx, wholeTemplateId(officeId, key)), officeId, key, ...own };
  const made = await saveNew(ctx, actor, { collection: 'templates', doc, action: 'keep-template', answer: doc });
  return made.ok || made.problem.code !== 'taken'
    ? made
    : fail('version-conflict', 'Somebody kept a template of this name meanwhile. Read it first.');
}

/** The field of the form from which each property of the template comes. */
const FIELDS: Readonly<Record<string, string>> = {
  columns: 'columns',
  rows: 'rows',
  pitchXMm: 'pitchX',
  pitchYMm: 'pitchY',
  labelWidth: 'labelWidth',
  box: 'labelWidth',
};
