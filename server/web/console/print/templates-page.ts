// What stamps can be printed on: the built-in templates, and those that an office measured with a ruler. A form of nine
// lengths creates one, with a picture beside the form before anything is printed.

import { keepTemplate, keepTemplateInput } from '../../../actions/print/keep-template.ts';
import { readOwnTemplate } from '../../../actions/print/read.ts';
import { ownTemplates, unreadableTemplates } from '../../../actions/print/templates.ts';
import type { MeasuredStock } from '../../../domain/print/own-template.ts';
import type { Template } from '../../../sheet/template/template-schema.ts';
import { valueOf } from '../../outcome.ts';
import { html, raw, type Html } from '../../html.ts';
import { printWordsOf } from '../../words/words.ts';
import {
  go,
  sent,
  sentMeasure,
  sentVersion,
  type ConsoleRoute,
  type PageAnswer,
  type PageCall,
} from '../console-route.ts';
import { fieldRow, form } from '../fields.ts';
import { type FormFaults, formFaults } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { table, type Column } from '../list.ts';
import { doneNotice, notice } from '../notices.ts';
import { linkButton, pageHead, page } from '../page-head.ts';
import { readShape } from '../run-form.ts';
import { sentCount } from '../typed-count.ts';
import { decimalText } from './decimal-text.ts';
import { formFields } from '../form-fields.ts';

const PATH = '/console/templates';
const KEY_MAX = 40;
const LENGTHS = ['pageWidth', 'pageHeight', 'left', 'top', 'pitchX', 'pitchY', 'labelWidth', 'labelHeight'] as const;
const A4: Partial<Record<keyof MeasuredStock, string>> = { pageWidth: '210', pageHeight: '297' };

export const templateRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, right: 'keep-template', nav: 'templates', handle: list },
  {
    method: 'get',
    path: `${PATH}/new`,
    right: 'keep-template',
    nav: 'templates',
    handle: (call) => templatePage(call, null, heldFaults(call)),
  },
  {
    method: 'post',
    path: `${PATH}/new`,
    right: 'keep-template',
    nav: 'templates',
    handle: (call) => keep(call, keyOf(sent(call.form, 'name')), 0),
  },
  {
    method: 'get',
    path: `${PATH}/:key`,
    right: 'keep-template',
    nav: 'templates',
    handle: async (call) => templatePage(call, call.params['key'] ?? '', heldFaults(call)),
  },
  {
    method: 'post',
    path: `${PATH}/:key`,
    right: 'keep-template',
    nav: 'templates',
    handle: (call) => keep(call, call.params['key'] ?? '', sentVersion(call.form)),
  },
];

async function list(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, language } = call;
  const { templatesPage: words } = printWordsOf(language);
  const unreadable = await unreadableTemplates(actor, ctx);
  const own = await ownTemplates(actor, ctx);
  const ownIds = new Set(own.map(({ template }) => template.id));
  const rows = [...own, ...ctx.templates.values()].map(({ template }) => template);
  const mm = (value: number): string => decimalText(value, language);
  const columns: Column<Template>[] = [
    { head: words.name, cell: ({ name }) => name[language], card: 'title' },
    { head: words.label, cell: ({ label }) => words.size(mm(label.widthMm), mm(label.heightMm)) },
    { head: words.grid, cell: ({ grid }) => words.size(String(grid.columns), String(grid.rows)) },
    { head: words.page, cell: ({ page }) => words.size(mm(page.widthMm), mm(page.heightMm)) },
    { head: words.whose, cell: ({ id }) => (ownIds.has(id) ? words.own : words.given), card: 'plain' },
  ];
  const shown = table({
    columns,
    rows,
    hrefOf: ({ id }) => (ownIds.has(id) ? `${PATH}/${id}` : null),
    caption: words.title,
  });
  const add = linkButton(`${PATH}/new`, words.add, true);
  const head = pageHead({ title: words.title, lead: words.lead, actions: [add] });
  const broken = unreadable.length > 0 && notice('warn', words.unreadable(unreadable.join(', ')), words.unreadableText);
  const body = html`${head}${doneNotice(call, { kept: words.kept })}${broken}${shown}`;
  return { kind: 'page', title: words.title, body };
}

async function keep(call: PageCall, key: string, version: number): Promise<PageAnswer> {
  const { form: typed } = call;
  const input = readShape(keepTemplateInput, {
    name: sent(typed, 'name'),
    columns: sentCount(typed, 'columns'),
    rows: sentCount(typed, 'rows'),
    ...Object.fromEntries(LENGTHS.map((name) => [name, sentMeasure(typed, name)])),
  });
  const outcome = input.ok
    ? await keepTemplate(call.actor, { id: key, version, template: input.value }, call.ctx)
    : input;
  if (outcome.ok) return go(`${PATH}/${key}`, 'kept');
  const { templatesPage: words } = printWordsOf(call.language);
  const own = Object.fromEntries(
    [...LENGTHS, 'columns', 'rows'].map((name) => [`${name}:impossible`, words.impossible]),
  );
  const faults = formFaults(
    outcome.problem,
    call,
    { ...own, 'id:taken': words.taken, 'id:pattern': words.pattern },
    { id: 'name' },
  );
  return templatePage(call, version === 0 ? null : key, faults);
}

async function templatePage(call: PageCall, key: string | null, faults: FormFaults): Promise<PageAnswer> {
  const { actor, ctx, language } = call;
  const { templatesPage: words } = printWordsOf(language);
  const own = key === null ? null : valueOf(await readOwnTemplate(actor, key, ctx));
  const field = formFields(call, words, { record: { ...A4, ...own?.measured }, faults });
  const length = (name: (typeof LENGTHS)[number] | 'columns' | 'rows'): Html =>
    field.text(name, { mode: 'decimal', max: 7, required: true });
  const name = field.text('name', { max: 80, required: true, hint: words.nameHint });
  const body = html`${[
    name,
    fieldRow(length('columns'), length('rows')),
    fieldRow(length('labelWidth'), length('labelHeight')),
    fieldRow(length('left'), length('top')),
    fieldRow(length('pitchX'), length('pitchY')),
    fieldRow(length('pageWidth'), length('pageHeight')),
  ]}`;
  const title = own === null ? words.add : own.measured.name;
  const sheet = form({
    call,
    action: own === null ? `${PATH}/new` : `${PATH}/${own.key}`,
    submit: words.save,
    body,
    faults,
    version: own?.version ?? 0,
    cancel: PATH,
  });
  const head = html`${pageHead({ title, lead: words.how })}${doneNotice(call, { kept: words.kept })}`;
  const drawn = own !== null && picture(own.measured, words.picture);
  const whole = html`${head}<div class="cols"><div>${sheet}</div><div>${drawn}</div></div>`;
  return page(title, whole, faults);
}

/** The sheet as measured: its labels on its paper. */
function picture(
  { pageWidth, pageHeight, columns, rows, left, top, pitchX, pitchY, labelWidth, labelHeight }: MeasuredStock,
  label: string,
): Html {
  const cells = Array.from({ length: columns * rows }, (_, at) => {
    const [x, y] = [left + (at % columns) * pitchX, top + Math.floor(at / columns) * pitchY];
    return `<rect x="${x}" y="${y}" width="${labelWidth}" height="${labelHeight}"/>`;
  });
  const lines = `<g fill="#fff" stroke="#22406b" stroke-width="${pageWidth / 400}">${cells.join('')}</g>`;
  const sheet = html`<rect width="100%" height="100%" fill="#f6f4ef" stroke="#7c8089"/>${raw(lines)}`;
  const box = `0 0 ${pageWidth} ${pageHeight}`;
  return html`<svg class="stock" role="img" aria-label="${label}" viewBox="${box}">${sheet}</svg>`;
}

/** "Giấy Tân Tiến 5 × 13" is giay-tan-tien-5-13. */
function keyOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, KEY_MAX)
    .replace(/^-|-$/g, '');
}
