// Offices: an admin's list, making one, changing one, and the approved OCOP artwork that an office may print.

import { changeOffice, changeOfficeInput } from '../../../actions/registry/change-office.ts';
import { makeOffice, makeOfficeInput } from '../../../actions/registry/make-office.ts';
import { listOffices, readOffice } from '../../../actions/registry/read.ts';
import { setOfficeMark, type OfficePicture } from '../../../actions/registry/set-office-mark.ts';
import type { Office } from '../../../domain/registry/office.ts';
import { PROVINCES } from '../../../domain/places.ts';
import type { Problem } from '../../../domain/problem.ts';
import { valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
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
import type { Column } from '../list.ts';
import { doneNotice } from '../notices.ts';
import { pageHead, section, page, type Page } from '../page-head.ts';
import { listRoutes, type ListView } from '../list-page.ts';
import { runForm, runChange } from '../run-form.ts';
import { formFields, choices } from '../form-fields.ts';

const PATH = '/console/offices';
const MARK_BYTES_MAX = 2 * 1024 * 1024;

export const officeRoutes: readonly ConsoleRoute[] = [
  ...listRoutes({ path: PATH, right: 'keep-office', nav: 'offices' }, list),
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
    handle: (call) => takePicture(call, 'mark'),
  },
  {
    method: 'post',
    path: `${PATH}/:id/emblem`,
    gate: 'uploads',
    right: 'keep-office',
    nav: 'offices',
    files: true,
    formBytesMax: MARK_BYTES_MAX,
    handle: (call) => takePicture(call, 'emblem'),
  },
];

async function list(call: PageCall): Promise<ListView<Office>> {
  const { actor, ctx, language } = call;
  const own = registryWordsOf(language).offices;
  const columns: Column<Office>[] = [
    { key: 'name', head: own.name, cell: ({ name }) => name, card: 'title' },
    { key: 'province', head: own.province, cell: ({ province }) => province, card: 'plain' },
    { head: own.phone, cell: ({ phone }) => phone, card: 'plain' },
    { head: own.mark, cell: ({ markFileId }) => (markFileId === null ? own.noMark : own.hasMark) },
  ];
  return {
    path: PATH,
    words: own,
    columns,
    read: async (page) => valueOf(await listOffices(actor, page, ctx)),
    hrefOf: ({ id }) => `${PATH}/${id}`,
    add: own.add,
  };
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

async function takePicture(call: PageCall, picture: OfficePicture): Promise<PageAnswer> {
  const before = await read(call);
  const bytes = call.form.files[picture]?.bytes ?? new Uint8Array();
  const input = { id: before.id, version: sentVersion(call.form), bytes, picture };
  const outcome = await setOfficeMark(call.actor, input, call.ctx);
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
  const pictureOf = (office: Office, picture: OfficePicture, fileId: string | null): Html => {
    const hint = picture === 'mark' ? own.markHint : own.emblemHint;
    return section(
      own[picture],
      html`
        ${fileId !== null && html`<img class="mark" src="/photos/${fileId}" alt="${own[picture]}">`}
        ${form({
          call,
          action: `${PATH}/${office.id}/${picture}`,
          submit: own.markSend,
          version: office.version,
          files: true,
          plain: true,
          body: field.file(picture, { hint, accept: 'image/png,image/jpeg,image/webp', required: true }),
        })}
      `,
    );
  };
  const mark =
    before !== null &&
    html`
      ${pictureOf(before, 'emblem', before.emblemFileId ?? null)}
      ${pictureOf(before, 'mark', before.markFileId)}
    `;
  const head = html`${pageHead({ title, lead: before?.name ?? null })}${doneNotice(call, own.done)}`;
  return page(title, html`${head}${record}${mark}`, faults);
}
