// Making and changing a record that has two parts: what is registered, which waits for the office when a producer asks,
// and the producer's own words, which hold at once. Two forms change it, one for each part.

import type { z } from 'zod';
import type { ActionContext, Outcome } from '../../../actions/kit/context.ts';
import type { Right } from '../../../actions/kit/rights.ts';
import type { Entity, Id } from '../../../domain/entity.ts';
import type { Actor } from '../../../domain/people/account.ts';
import type { Result } from '../../../domain/problem.ts';
import { valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
import { frameWordsOf, registryWordsOf, type RegistryWords } from '../../words/words.ts';
import { formRoutes, go, idIn, sent, type ConsoleRoute, type PageAnswer, type PageCall } from '../console-route.ts';
import { form, hiddenField } from '../fields.ts';
import { formFaults, NO_FAULTS, type FormFaults } from '../form-faults.ts';
import { formFields, type FormFields } from '../form-fields.ts';
import { notice } from '../notices.ts';
import { page, type Page, pageHead, section } from '../page-head.ts';
import { runChange, runForm } from '../run-form.ts';

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

  async function newPage(call: PageCall, faults: FormFaults = NO_FAULTS): Promise<Page> {
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

  async function editPage(call: PageCall, faults: FormFaults = NO_FAULTS): Promise<Page> {
    const words = registryWordsOf(call.language);
    const kept = valueOf(await record.read(call.actor, idIn(call), call.ctx));
    const at = `${path}/${kept.id}`;
    const sentPart = sent(call.form, 'part');
    // The other form shows the record, not what this one sent.
    const partForm = async (name: 'official' | 'own', hint: string): Promise<Html> => {
      const told = sentPart === name ? faults : NO_FAULTS;
      const field = formFields(call, words.fields, { record: kept, faults: told });
      const fields = await record[name].fields(field, words, call, kept);
      const sheet = form({
        call,
        action: `${at}/edit`,
        submit: frameWordsOf(call.language).form.save,
        version: kept.version,
        faults: told,
        cancel: at,
        plain: name === 'own',
        body: [hiddenField('part', name), fields],
      });
      const asks = call.actor.role === 'producer' && html`<p class="hint">${hint}</p>`;
      return section(words[part][name], html`${asks}${sheet}`);
    };
    const title = words[part].editTitle;
    const body = html`
      ${pageHead({ title, lead: kept.name })}
      ${await partForm('official', words.askHint)}
      ${await partForm('own', words.ownHint)}
    `;
    return page(title, body, faults);
  }

  async function change(call: PageCall): Promise<PageAnswer> {
    const changed = sent(call.form, 'part') === 'own' ? own : official;
    const outcome = await runChange(call, record.changeInput, changed.sent(call), record.change);
    if (outcome.ok) return go(`${path}/${idIn(call)}`, outcome.value.kind === 'waiting' ? 'asked' : 'saved');
    if (outcome.problem.code === 'not-found') valueOf(outcome);
    return editPage(call, faultsOf(call, outcome));
  }

  return [
    ...formRoutes({ path: `${path}/new`, right: record.makeRight, nav: part }, newPage, make),
    ...formRoutes({ path: `${path}/:id/edit`, right: 'tell-story', nav: part }, editPage, change),
  ];
}
