// Offices: an admin's list, making one, changing one, and the approved OCOP artwork that an office may print.

import { changeOffice, changeOfficeInput } from '../../../actions/registry/change-office.ts';
import { makeOffice, makeOfficeInput } from '../../../actions/registry/make-office.ts';
import { listOffices, readOffice } from '../../../actions/registry/read.ts';
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
  formRoutes,
  idIn,
} from '../console-route.ts';
import { form } from '../fields.ts';
import { type FormFaults, formFaults } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { PAGE_ROWS, type Column } from '../list.ts';
import { doneNotice } from '../notices.ts';
import { pageHead, section, page, type Page } from '../page-head.ts';
import { listPage } from '../list-page.ts';
import { runForm, runChange } from '../run-form.ts';
import { formFields, choices } from '../form-fields.ts';

const PATH = '/console/offices';
const MARK_BYTES_MAX = 2 * 1024 * 1024;

export const officeRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, right: 'keep-office', nav: 'offices', handle: list },
  ...formRoutes({ path: `${PATH}/new`, right: 'keep-office', nav: 'offices' }, newPage, make),
  ...formRoutes({ path: `${PATH}/:id`, right: 'keep-office', nav: 'offices' }, edit, change),
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
  const found = valueOf(await listOffices(actor, { limit: PAGE_ROWS, after: query['after'] ?? null }, ctx));
  const columns: Column<Office>[] = [
    { head: own.name, cell: ({ name }) => name, card: 'title' },
    { head: own.province, cell: ({ province }) => province, card: 'plain' },
    { head: own.phone, cell: ({ phone }) => phone, card: 'plain' },
    { head: own.mark, cell: ({ markFileId }) => (markFileId === null ? own.noMark : own.hasMark) },
  ];
  return listPage(call, {
    path: PATH,
    words: own,
    columns,
    rows: found.items,
    next: found.next,
    hrefOf: ({ id }) => `${PATH}/${id}`,
    add: own.add,
  });
}

async function make(call: PageCall): Promise<PageAnswer> {
  const outcome = await runForm(call, makeOfficeInput, sentFields(call), makeOffice);
  return outcome.ok ? go(PATH, 'made') : newPage(call, faultsOf(call, outcome.problem));
}

async function change(call: PageCall): Promise<PageAnswer> {
  const before = await read(call);
  const outcome = await runChange(call, changeOfficeInput, sentFields(call), changeOffice, readOffice);
  return outcome.ok ? go(PATH, 'saved') : formPage(call, before, faultsOf(call, outcome.problem));
}

async function takeMark(call: PageCall): Promise<PageAnswer> {
  const before = await read(call);
  const bytes = call.form.files['mark']?.bytes ?? new Uint8Array();
  const outcome = await setOfficeMark(call.actor, { id: before.id, version: sentVersion(call.form), bytes }, call.ctx);
  return outcome.ok ? go(`${PATH}/${before.id}`, 'mark') : formPage(call, before, faultsOf(call, outcome.problem));
}

async function read({ actor, ctx, params }: PageCall): Promise<Office> {
  return valueOf(await readOffice(actor, idIn({ params }), ctx));
}

function sentFields({ form: sentForm }: PageCall): Record<string, unknown> {
  return { name: sent(sentForm, 'name'), province: sent(sentForm, 'province'), phone: sentOrNull(sentForm, 'phone') };
}

function faultsOf(call: PageCall, problem: Problem): FormFaults {
  return formFaults(problem, call, registryWordsOf(call.language).offices.faults);
}

async function newPage(call: PageCall, faults: FormFaults = heldFaults(call)): Promise<Page> {
  return formPage(call, null, faults);
}

async function edit(call: PageCall): Promise<PageAnswer> {
  return formPage(call, await read(call), heldFaults(call));
}

function formPage(call: PageCall, before: Office | null, faults: FormFaults): Page {
  const own = registryWordsOf(call.language).offices;
  const frame = frameWordsOf(call.language);
  const field = formFields(call, own, { record: before, faults });
  const title = before === null ? own.addTitle : own.editTitle;
  const provinces = choices(PROVINCES, (province) => province);
  const fields = html`
    ${field.text('name', { max: 160, required: true })}
    ${field.select('province', provinces, { blank: frame.form.choose, required: true })}
    ${field.text('phone', { optional: true, type: 'tel', max: 24 })}
  `;
  const record = form({
    call,
    action: before === null ? `${PATH}/new` : `${PATH}/${before.id}`,
    submit: before === null ? own.add : frame.form.save,
    faults,
    cancel: PATH,
    ...(before === null ? {} : { record: before }),
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
          submit: own.markSend,
          version: before.version,
          files: true,
          plain: true,
          body: field.file('mark', { hint: own.markHint, accept: 'image/png,image/jpeg,image/webp', required: true }),
        })}
      `,
    );
  const head = html`${pageHead({ title, lead: before?.name ?? null })}${doneNotice(call, own.done)}`;
  return page(title, html`${head}${record}${mark}`, faults);
}
