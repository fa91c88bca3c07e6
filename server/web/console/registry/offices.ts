// Offices: an admin's list, making one, changing one, and the approved OCOP artwork that an office may print.

import { changeOffice, changeOfficeInput } from '../../../actions/registry/change-office.ts';
import { makeOffice, makeOfficeInput } from '../../../actions/registry/make-office.ts';
import { listOffices, readOffice } from '../../../actions/registry/read.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import { setOfficeMark } from '../../../actions/registry/set-office-mark.ts';
import type { Office } from '../../../domain/registry/office.ts';
import { PROVINCES } from '../../../domain/places.ts';
import type { Problem } from '../../../domain/problem.ts';
import { valueOf } from '../../outcome.ts';
import { html } from '../../html.ts';
import { frameWordsOf, registryWordsOf } from '../../words/words.ts';
import {
  go,
  sent,
  sentOrNull,
  sentVersion,
  type ConsoleRoute,
  type PageAnswer,
  type PageCall,
} from '../console-route.ts';
import { fileField, form, selectField, textField } from '../fields.ts';
import { formFaults, NO_FAULTS, type FormFaults } from '../form-faults.ts';
import { emptyState, pager, PAGE_ROWS, table, type Column } from '../list.ts';
import { doneNotice } from '../notices.ts';
import { linkButton, pageHead, section } from '../page-head.ts';
import { readShape } from '../read-shape.ts';

const PATH = '/console/offices';
const MARK_BYTES_MAX = 2 * 1024 * 1024;
type Page = Extract<PageAnswer, { kind: 'page' }>;

export const officeRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, right: 'keep-office', nav: 'offices', handle: list },
  {
    method: 'get',
    path: `${PATH}/new`,
    right: 'keep-office',
    nav: 'offices',
    handle: async (call) => formPage(call, null, NO_FAULTS),
  },
  { method: 'post', path: `${PATH}/new`, right: 'keep-office', nav: 'offices', handle: make },
  { method: 'get', path: `${PATH}/:id`, right: 'keep-office', nav: 'offices', handle: edit },
  { method: 'post', path: `${PATH}/:id`, right: 'keep-office', nav: 'offices', handle: change },
  {
    method: 'post',
    path: `${PATH}/:id/mark`,
    gate: 'uploads',
    right: 'keep-office',
    nav: 'offices',
    files: true,
    formBytesMax: MARK_BYTES_MAX,
    handle: takeMark,
  },
];

async function list(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, language, query } = call;
  const own = registryWordsOf(language).offices;
  const page = valueOf(await listOffices(actor, { limit: PAGE_ROWS, after: query['after'] ?? null }, ctx));
  const columns: Column<Office>[] = [
    { head: own.name, cell: ({ name }) => name, card: 'title' },
    { head: own.province, cell: ({ province }) => province, card: 'plain' },
    { head: own.phone, cell: ({ phone }) => phone, card: 'plain' },
    { head: own.mark, cell: ({ markFileId }) => (markFileId === null ? own.noMark : own.hasMark) },
  ];
  const shown =
    page.items.length === 0
      ? emptyState(own.empty, own.emptyText, [linkButton(`${PATH}/new`, own.add)])
      : table({ columns, rows: page.items, hrefOf: ({ id }) => `${PATH}/${id}`, caption: own.caption });
  const body = html`
    ${pageHead({ title: own.title, lead: own.lead, actions: [linkButton(`${PATH}/new`, own.add, true)] })}
    ${doneNotice(call, own.done)}
    ${shown}
    ${pager({ path: PATH, query, next: page.next, words: frameWordsOf(language) })}
  `;
  return { kind: 'page', title: own.title, body };
}

async function make(call: PageCall): Promise<PageAnswer> {
  const input = readShape(makeOfficeInput, sentFields(call));
  const outcome = input.ok ? await runAction(makeOffice, call.actor, input.value, call.ctx) : input;
  return outcome.ok ? go(PATH, 'made') : { ...formPage(call, null, faultsOf(call, outcome.problem)), status: 422 };
}

async function edit(call: PageCall): Promise<PageAnswer> {
  return formPage(call, valueOf(await readOffice(call.actor, call.params['id'] ?? '', call.ctx)), NO_FAULTS);
}

async function change(call: PageCall): Promise<PageAnswer> {
  const before = valueOf(await readOffice(call.actor, call.params['id'] ?? '', call.ctx));
  const input = readShape(changeOfficeInput, sentFields(call));
  const outcome = input.ok
    ? await changeOffice(call.actor, { id: before.id, version: sentVersion(call.form), change: input.value }, call.ctx)
    : input;
  return outcome.ok ? go(PATH, 'saved') : { ...formPage(call, before, faultsOf(call, outcome.problem)), status: 422 };
}

async function takeMark(call: PageCall): Promise<PageAnswer> {
  const before = valueOf(await readOffice(call.actor, call.params['id'] ?? '', call.ctx));
  const bytes = call.form.files['mark']?.bytes ?? new Uint8Array();
  const outcome = await setOfficeMark(call.actor, { id: before.id, version: sentVersion(call.form), bytes }, call.ctx);
  return outcome.ok
    ? go(`${PATH}/${before.id}`, 'mark')
    : { ...formPage(call, before, faultsOf(call, outcome.problem)), status: 422 };
}

function sentFields({ form: sentForm }: PageCall): Record<string, unknown> {
  return { name: sent(sentForm, 'name'), province: sent(sentForm, 'province'), phone: sentOrNull(sentForm, 'phone') };
}

function faultsOf(call: PageCall, problem: Problem): FormFaults {
  return formFaults(problem, call.form, frameWordsOf(call.language), registryWordsOf(call.language).offices.faults);
}

function formPage(call: PageCall, before: Office | null, faults: FormFaults): Page {
  const own = registryWordsOf(call.language).offices;
  const frame = frameWordsOf(call.language);
  const kept = (name: 'name' | 'province' | 'phone'): string => call.form.fields[name]?.[0] ?? before?.[name] ?? '';
  const fault = (name: string): string | null => faults.fields[name] ?? null;
  const title = before === null ? own.addTitle : own.editTitle;
  const fields = html`
    ${textField({ name: 'name', label: own.name, value: kept('name'), max: 160, required: true, fault: fault('name') })}
    ${selectField({
      name: 'province',
      label: own.province,
      value: kept('province'),
      blank: frame.form.choose,
      required: true,
      options: PROVINCES.map((value) => ({ value, text: value })),
      fault: fault('province'),
    })}
    ${textField({
      name: 'phone',
      label: own.phone,
      optional: frame.form.optional,
      value: kept('phone'),
      type: 'tel',
      max: 24,
      fault: fault('phone'),
    })}
  `;
  const record = form({
    call,
    action: before === null ? `${PATH}/new` : `${PATH}/${before.id}`,
    words: frame,
    submit: before === null ? own.add : frame.form.save,
    faults,
    cancel: PATH,
    ...(before === null ? {} : { version: before.version }),
    body: fields,
  });
  const mark =
    before !== null &&
    section(
      own.mark,
      html`
        ${before.markFileId !== null && html`<img class="mark" src="/photos/${before.markFileId}" alt="${own.mark}">`}
        ${form({
          call,
          action: `${PATH}/${before.id}/mark`,
          words: frame,
          submit: own.markSend,
          version: before.version,
          files: true,
          plain: true,
          body: fileField({
            name: 'mark',
            label: own.mark,
            hint: own.markHint,
            accept: 'image/png,image/jpeg,image/webp',
            required: true,
            fault: fault('mark'),
          }),
        })}
      `,
    );
  return {
    kind: 'page',
    title,
    body: html`${pageHead({ title, lead: before?.name ?? null })}${doneNotice(call, own.done)}${record}${mark}`,
  };
}
