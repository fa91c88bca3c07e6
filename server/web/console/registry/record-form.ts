// Making and changing a record that has two parts: what is registered, which waits for the office when a producer asks,
// and the producer's own words, which hold at once. One form changes both.

import type { z } from 'zod';
import type { ActionContext, Outcome } from '../../../actions/kit/context.ts';
import type { Right } from '../../../actions/kit/rights.ts';
import type { Entity, Id } from '../../../domain/entity.ts';
import type { Actor } from '../../../domain/people/account.ts';
import type { Result } from '../../../domain/problem.ts';
import { valueOf } from '../../outcome.ts';
import type { SentForm } from '../../read-form.ts';
import { html, type Html } from '../../html.ts';
import { frameWordsOf, registryWordsOf, type RegistryWords } from '../../words/words.ts';
import { formRoutes, go, idIn, sent, type ConsoleRoute, type PageAnswer, type PageCall } from '../console-route.ts';
import { form } from '../fields.ts';
import { formFaults, type FormFaults } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { formFields, type FormFields } from '../form-fields.ts';
import { isSameValue } from '../forms/merge-change.ts';
import { notice } from '../notices.ts';
import { page, type Page, pageHead, section } from '../page-head.ts';
import { readShape, runChange, runForm } from '../run-form.ts';

/** Fields with the labels that all records of the registry share. */
export type RegistryFields = FormFields<keyof RegistryWords['fields']>;

interface FormPart<Kept> {
  /** The fields of this part, on a page in these words. `kept`: the record; null: it is a new one. */
  fields: (field: RegistryFields, words: RegistryWords, call: PageCall, kept: Kept | null) => Html | Promise<Html>;
  /** What they sent, as the action's input takes it. */
  sent: (call: PageCall) => Record<string, unknown>;
}

export interface RecordForm<Kept extends Entity & { name: string }, Make extends z.ZodType, Change extends z.ZodType> {
  part: 'producers' | 'products';
  makeRight: Right;
  official: FormPart<Kept>;
  own: FormPart<Kept>;
  /** The owner of a new record, which is asked for if there is a choice. */
  owner: {
    name: 'officeId' | 'producerId';
    field: (field: RegistryFields, call: PageCall) => Promise<Html | false>;
  };
  /** Paths of the input -> the form's fields of that value, where they differ. */
  renamed?: Readonly<Record<string, string>>;
  read: (actor: Actor, id: Id, ctx: ActionContext) => Promise<Result<Kept>>;
  makeInput: Make;
  make: (actor: Actor, input: z.output<Make>, ctx: ActionContext) => Promise<Outcome<Kept>>;
  changeInput: Change;
  change: (
    actor: Actor,
    input: { id: Id; version: number; change: z.output<Change> },
    ctx: ActionContext,
  ) => Promise<Outcome<Kept>>;
}

export function recordFormRoutes<
  Kept extends Entity & { name: string },
  Make extends z.ZodType,
  Change extends z.ZodType,
>(record: RecordForm<Kept, Make, Change>): ConsoleRoute[] {
  const { part, official, own, owner, renamed } = record;
  const path = `/console/${part}`;
  const faultsOf = (call: PageCall, outcome: Outcome<Kept> & { ok: false }): FormFaults =>
    formFaults(outcome.problem, call, registryWordsOf(call.language)[part].faults, renamed);

  async function newPage(call: PageCall, faults: FormFaults = heldFaults(call)): Promise<Page> {
    const words = registryWordsOf(call.language);
    const field = formFields(call, words.fields, { faults });
    const { addTitle, add } = words[part];
    const fields = [
      await owner.field(field, call),
      await official.fields(field, words, call, null),
      await own.fields(field, words, call, null),
    ];
    const body = html`${pageHead({ title: addTitle })}${
      call.actor.role === 'producer' && notice('info', words.askHint)
    }${form({
      call,
      action: `${path}/new`,
      submit: add,
      faults,
      cancel: path,
      body: fields,
    })}`;
    return page(addTitle, body, faults);
  }

  async function make(call: PageCall): Promise<PageAnswer> {
    const ownerId = sent(call.form, owner.name);
    const input = { ...official.sent(call), ...own.sent(call), ...(ownerId === '' ? {} : { [owner.name]: ownerId }) };
    const outcome = await runForm(call, record.makeInput, input, record.make);
    if (!outcome.ok) return newPage(call, faultsOf(call, outcome));
    return outcome.value.kind === 'waiting' ? go(path, 'asked') : go(`${path}/${outcome.value.value.id}`, 'made');
  }

  async function editPage(call: PageCall, faults: FormFaults = heldFaults(call)): Promise<Page> {
    const words = registryWordsOf(call.language);
    const kept = valueOf(await record.read(call.actor, idIn(call), call.ctx));
    const at = `${path}/${kept.id}`;
    const field = formFields(call, words.fields, { record: kept, faults });
    const asks = call.actor.role === 'producer';
    const parts = (['official', 'own'] as const).map(async (name) => {
      const fields = await record[name].fields(field, words, call, kept);
      const hint = asks && (name === 'official' ? words.askHint : words.ownHint);
      return section(words[part][name], html`${hint !== false && html`<p class="hint">${hint}</p>`}${fields}`);
    });
    const title = words[part].editTitle;
    const sheet = form({
      call,
      action: `${at}/edit`,
      submit: frameWordsOf(call.language).form.save,
      record: kept,
      faults,
      cancel: at,
      body: await Promise.all(parts),
    });
    return page(title, html`${pageHead({ title, lead: kept.name })}${sheet}`, faults);
  }

  async function change(call: PageCall): Promise<PageAnswer> {
    const outcome =
      call.actor.role === 'producer' ? await changeInParts(call) : await save(call, call.form, both(call));
    if (outcome.ok) return go(`${path}/${idIn(call)}`, outcome.value.kind === 'waiting' ? 'asked' : 'saved');
    if (outcome.problem.code === 'not-found') valueOf(outcome);
    return editPage(call, faultsOf(call, outcome));
  }

  function both(call: PageCall): Record<string, unknown> {
    return { ...official.sent(call), ...own.sent(call) };
  }

  function save(call: PageCall, sentForm: SentForm, input: Record<string, unknown>): Promise<Outcome<Kept>> {
    return runChange({ ...call, form: sentForm }, record.changeInput, input, record.change, record.read);
  }

  /**
   * A producer's own words hold at once, and what is registered waits for the office: each part only if it was changed,
   * so that nobody decides about what nobody asked. All is checked before anything is saved.
   */
  async function changeInParts(call: PageCall): Promise<Outcome<Kept>> {
    const input = readShape(record.changeInput, both(call));
    if (!input.ok) return input;
    const kept = await record.read(call.actor, idIn(call), call.ctx);
    if (!kept.ok) return kept;
    const wanted = input.value as Record<string, unknown>;
    const changed = (part: FormPart<Kept>): Record<string, unknown> => {
      const names = Object.keys(part.sent(call));
      const differs = names.filter((name) => !isSameValue(wanted[name], (kept.value as Record<string, unknown>)[name]));
      return Object.fromEntries(differs.map((name) => [name, wanted[name]]));
    };
    const [asked, told] = [changed(official), changed(own)];
    const saved = Object.keys(told).length > 0 ? await save(call, call.form, told) : null;
    if (saved?.ok === false) return saved;
    if (saved !== null && Object.keys(asked).length === 0) return saved;
    const version = saved?.value.kind === 'done' ? saved.value.value.version : null;
    const next =
      version === null ? call.form : { ...call.form, fields: { ...call.form.fields, version: [`${version}`] } };
    return save({ ...call, ctx: { ...call.ctx, request: null } }, next, asked);
  }

  return [
    ...formRoutes({ path: `${path}/new`, right: record.makeRight, nav: part }, newPage, make),
    ...formRoutes({ path: `${path}/:id/edit`, right: 'tell-story', nav: part }, editPage, change),
  ];
}
