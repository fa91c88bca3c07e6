// Printers: how far each one shifts a page and how much it stretches it, as its user measured it with the test page.

import { keepPrinter, keepPrinterInput } from '../../../actions/print/keep-printer.ts';
import { printTestGrid } from '../../../actions/print/print-test-grid.ts';
import { producerNames } from '../../../actions/registry/find.ts';
import { readPrinter } from '../../../actions/print/read.ts';
import type { Printer } from '../../../domain/print/printer.ts';
import { valueOf } from '../../outcome.ts';
import { ProblemError } from '../../errors.ts';
import { html, type Html } from '../../html.ts';
import { printWordsOf } from '../../words/words.ts';
import {
  go,
  sent,
  sentMeasure,
  sentVersion,
  type ConsoleRoute,
  type PageAnswer,
  type PageCall,
  formRoutes,
  idIn,
} from '../console-route.ts';
import { fieldRow, form } from '../fields.ts';
import { type FormFaults, formFaults } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { emptyState, table, type Column } from '../list.ts';
import { doneNotice } from '../notices.ts';
import { linkButton, pageHead, page } from '../page-head.ts';
import { readShape } from '../run-form.ts';
import { decimalText } from './decimal-text.ts';
import { offsetText, printersOf } from './print-form.ts';
import { formFields } from '../form-fields.ts';

const PATH = '/console/printers';
const KEY_MAX = 40;

export const printerRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, right: 'keep-printer', nav: 'printers', handle: list },
  ...formRoutes({ path: `${PATH}/new`, right: 'keep-printer', nav: 'printers' }, newPage, make),
  {
    method: 'get',
    path: `${PATH}/test.pdf`,
    gate: 'sheets',
    right: 'keep-printer',
    nav: null,
    handle: (call) => testPage(call, null),
  },
  {
    method: 'get',
    path: `${PATH}/:id/test.pdf`,
    gate: 'sheets',
    right: 'keep-printer',
    nav: null,
    handle: (call) => testPage(call, idIn(call)),
  },
  ...formRoutes({ path: `${PATH}/:id`, right: 'keep-printer', nav: 'printers' }, editPage, change),
];

async function list(call: PageCall): Promise<PageAnswer> {
  const { language } = call;
  const { printersPage: words } = printWordsOf(language);
  const printers = await printersOf(call);
  const nameOf = producerNames(call.actor, call.ctx);
  const owners = new Map<string, string>();
  for (const { producerId } of printers) if (producerId !== null) owners.set(producerId, await nameOf(producerId));
  const columns: Column<Printer>[] = [
    { head: words.name, cell: ({ name }) => name, card: 'title' },
    {
      head: words.owner,
      cell: ({ producerId }) => (producerId === null ? words.ofOffice : (owners.get(producerId) ?? '')),
    },
    { head: words.right, cell: ({ offsetX }) => decimalText(offsetX, language), figure: true },
    { head: words.down, cell: ({ offsetY }) => decimalText(offsetY, language), figure: true },
    { head: words.scaleX, cell: ({ scaleX }) => percent(scaleX, language), figure: true },
    { head: words.scaleY, cell: ({ scaleY }) => percent(scaleY, language), figure: true },
  ];
  const add = linkButton(`${PATH}/new`, words.add, true);
  const shown =
    printers.length === 0
      ? emptyState(words.empty, words.emptyText)
      : table({ columns, rows: printers, hrefOf: ({ id }) => `${PATH}/${id}`, caption: words.title });
  const head = pageHead({ title: words.title, lead: words.lead, actions: [add] });
  const body = html`${head}${doneNotice(call, { kept: words.kept })}${shown}`;
  return { kind: 'page', title: words.title, body };
}

async function make(call: PageCall): Promise<PageAnswer> {
  return keep(call, keyOf(sent(call.form, 'name'), await printersOf(call)), null);
}

async function change(call: PageCall): Promise<PageAnswer> {
  const printer = await printerOf(call);
  return keep(call, printer.id, printer);
}

async function keep(call: PageCall, id: string, printer: Printer | null): Promise<PageAnswer> {
  const { form: typed } = call;
  const share = (name: string): number | string | null => {
    const value = sentMeasure(typed, name);
    // Hundredths of a percent, without rounding errors of binary numbers.
    return typeof value === 'number' ? Math.round(value * 100) / 10_000 : value;
  };
  const input = readShape(keepPrinterInput, {
    name: sent(typed, 'name'),
    offsetX: sentMeasure(typed, 'offsetX') ?? 0,
    offsetY: sentMeasure(typed, 'offsetY') ?? 0,
    scaleX: share('scaleX') ?? 1,
    scaleY: share('scaleY') ?? 1,
  });
  const outcome = input.ok
    ? await keepPrinter(
        call.actor,
        { id, version: printer === null ? 0 : sentVersion(typed), printer: input.value },
        call.ctx,
      )
    : input;
  if (outcome.ok) return go(PATH, 'kept');
  return printerPage(
    call,
    printer,
    formFaults(outcome.problem, call, { id: printWordsOf(call.language).printersPage.name }, { id: 'name' }),
  );
}

/** The test page with a ruler of 100 mm, drawn for this printer as saved, or for no printer. */
async function testPage(call: PageCall, id: string | null): Promise<PageAnswer> {
  const grid = call.ctx.testGrids.values().next().value;
  if (grid === undefined) throw new ProblemError({ code: 'not-found', detail: 'No test page came with the program.' });
  const bytes = valueOf(await printTestGrid(call.actor, grid, id === null ? {} : { printer: id }, call.ctx));
  return { kind: 'file', mediaType: 'application/pdf', fileName: `${grid.id}.pdf`, source: bytes };
}

async function printerOf(call: PageCall): Promise<Printer> {
  return valueOf(await readPrinter(call.actor, idIn(call), call.ctx));
}

function newPage(call: PageCall): Promise<PageAnswer> {
  return printerPage(call, null, heldFaults(call));
}

async function editPage(call: PageCall): Promise<PageAnswer> {
  return printerPage(call, await printerOf(call), heldFaults(call));
}

async function printerPage(call: PageCall, printer: Printer | null, faults: FormFaults): Promise<PageAnswer> {
  const { language } = call;
  const { printersPage: words } = printWordsOf(language);
  const field = formFields(call, words, { record: printer, faults });
  const name = field.text('name', { max: 80, required: true, hint: words.nameHint });
  const offset = (name: 'offsetX' | 'offsetY', label: string, hint: string | null = null): Html =>
    field.text(name, { label, value: offsetText(printer?.[name] ?? 0), mode: 'decimal', max: 5, hint });
  const scale = (name: 'scaleX' | 'scaleY', hint: string | null = null): Html =>
    field.text(name, { value: share(printer?.[name] ?? 1), mode: 'decimal', max: 6, hint });
  const body = html`${[
    name,
    fieldRow(offset('offsetX', words.right, words.offsetHint), offset('offsetY', words.down)),
    fieldRow(scale('scaleX', words.scaleHint), scale('scaleY')),
  ]}`;
  const title = printer === null ? words.add : printer.name;
  const sheet = form({
    call,
    action: printer === null ? `${PATH}/new` : `${PATH}/${printer.id}`,
    submit: words.save,
    body,
    faults,
    version: printer?.version ?? 0,
    cancel: PATH,
  });
  const test = linkButton(printer === null ? `${PATH}/test.pdf` : `${PATH}/${printer.id}/test.pdf`, words.test);
  return page(title, html`${pageHead({ title, lead: words.how, actions: [test] })}${sheet}`, faults);
}

function share(scale: number): string {
  return String(Math.round(scale * 10_000) / 100);
}

function percent(scale: number, language: PageCall['language']): string {
  return `${decimalText(scale * 100, language)}%`;
}

/** A name for addresses that no other printer has: "HP văn phòng" is hp-van-phong, a second one hp-van-phong-2. */
function keyOf(name: string, printers: readonly Printer[]): string {
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, KEY_MAX - 3);
  const base = plain === '' ? 'may-in' : plain;
  const taken = new Set(printers.map(({ key }) => key));
  let key = base;
  for (let number = 2; taken.has(key); number += 1) key = `${base}-${number}`;
  return key;
}
