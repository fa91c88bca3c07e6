// Everything that one data set produces, by plain names: files as bytes, answers as status, headers and body.
// Everything is requested over HTTP, one after another, because scans and downloads are themselves recorded.
//
// Left out: the headers that collector.ts lists as fleeting, and the bytes of a workbook, a zip that contains the time
// of its making; its cells are kept instead.

import { readdirSync } from 'node:fs';
import { readSheet } from 'read-excel-file/node';
import { CAST, ORIGIN, type Name, type TestApi } from '../fixtures/api.ts';
import { visitorAs } from '../fixtures/console.ts';
import { collector, keyFor, type Artefacts, type Asked, type Collector } from './collector.ts';
import type { DataSet } from './data-set.ts';

export interface Collected {
  files: Artefacts;
  /** Pages behind the login, which change on purpose more often. */
  console: Artefacts;
}

const TEMPLATES = new URL('../../label-templates/', import.meta.url);
const PUBLIC = new URL('../../public/', import.meta.url);
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded', Origin: ORIGIN };
const READERS = ['officeA', 'producerA1', 'inspectorA'] as const;

export async function collect(api: TestApi, data: DataSet): Promise<Collected> {
  const files = collector(api, data);
  await sheets(files.to);
  await tables(files.to);
  await publicPages(files.to);
  await staticFiles(files.to);
  await records(files.to);
  await problems(files.to);
  await registryFiles(files.to);
  await auditLog(files.to);
  files.to.put('headers of all files', Buffer.from(files.heads.join('\n')));
  const pages = collector(api, data);
  await consolePages(pages.to);
  return { files: files.kept, console: pages.kept };
}

/** Every template in the folder; a new one must be added here. */
async function sheets({ data: { ids }, ask, api, file }: Collector): Promise<void> {
  const names = readdirSync(TEMPLATES).filter((name) => name.endsWith('.json') && name !== 'template.schema.json');
  for (const template of names.toSorted().map((name) => name.replace('.json', ''))) {
    const kind = template.startsWith('plaque') ? 'plaque' : template.endsWith('-pin') ? 'pin' : 'goods';
    const range = `from=1&to=${kind === 'plaque' ? 2 : 70}&reprintReason=golden`;
    const path = `/batches/${ids[`batch ${kind}`]}`;
    const query = `template=${template}&${range}`;
    await file(`sheet.pdf ${template}`, 'officeA', `${path}/sheet.pdf?${query}`);
    for (const form of ['svg', 'png']) {
      await file(`sheet.${form} ${template}`, 'officeA', `${path}/sheet.${form}?template=${template}`);
    }
    // Templates that refuse the languages of thermal printers are sheets; those that accept one are rolls.
    const probe = { path: `/api/v1${path}/labels.zpl?${query}`, headers: keyFor(api, 'officeA') };
    if ((await ask(probe)).status !== 200) continue;
    for (const language of ['zpl', 'tspl']) {
      for (const dpi of [203, 300]) {
        const labels = `${path}/labels.${language}?${query}&dpi=${dpi}`;
        await file(`labels.${language} ${template} ${dpi} dpi`, 'officeA', labels);
      }
    }
  }
  const more: [name: string, batch: string, query: string][] = [
    ['of three stars', 'three', 'template=a4-24&from=1&to=30'],
    ['of five stars', 'five', 'template=a4-24&from=1&to=30'],
    ['of a digital link', 'link', 'template=a4-24&from=1&to=30'],
    ['of a blank roll', 'blank', 'template=a4-40&from=1&to=50'],
    ['of an expired lot', 'expired', 'template=a4-65&from=1&to=9'],
    ['with used places and a printer', 'three', 'template=a4-65&from=40&to=80&skip=7&printer=laser'],
    ['on an own template', 'three', 'template=to-48&from=81&to=100&offsetX=0.4&offsetY=-0.6'],
  ];
  for (const [name, batch, query] of more) {
    await file(`sheet.pdf ${name}`, 'officeA', `/batches/${ids[`batch ${batch}`]}/sheet.pdf?${query}`);
  }
}

async function tables({ data: { ids }, file }: Collector): Promise<void> {
  for (const batch of ['goods', 'pin', 'link', 'blank', 'plaque']) {
    await file(`codes.csv ${batch}`, 'officeA', `/batches/${ids[`batch ${batch}`]}/codes.csv`);
  }
  await file('codes.csv pin, with PINs', 'officeA', `/batches/${ids['batch pin']}/codes.csv?pins=true`);
  for (const as of ['officeA', 'producerA1'] as const) {
    await file(`scans.csv goods, ${as}`, as, `/batches/${ids['batch goods']}/scans.csv`);
  }
}

async function publicPages({ data, answer }: Collector): Promise<void> {
  const { codes, linkPath, pin } = data;
  const html = async (name: string, path: string, body?: string): Promise<void> => {
    for (const language of ['vi', 'en']) {
      const headers = { Accept: 'text/html', 'Accept-Language': language };
      const form = body === undefined ? {} : { method: 'POST', headers: { ...headers, ...FORM }, body };
      await answer(`page ${name}, ${language}`, { path, headers, ...form });
    }
  };
  const both = async (name: string, path: string): Promise<void> => {
    await html(name, path);
    await answer(`json ${name}`, { path, headers: { Accept: 'application/json' } });
  };
  const [valid, sealed] = [codes['valid'] ?? '', codes['pin'] ?? ''];
  const forged = `${valid.slice(0, -1)}${valid.endsWith('7') ? '8' : '7'}`;
  const wrongPin = pin.replaceAll(/\d/g, (digit) => String(9 - Number(digit)));
  for (const [name, code] of Object.entries(codes)) await both(`stamp ${name}`, `/t/${code}`);
  await both('whole record of a stamp', `/t/${valid}/record`);
  await both('stamp of its digital link', linkPath);
  await both('refused: forged', `/t/${forged}`);
  await both('refused: malformed', '/t/ABC');
  await both('refused: a letter that is none', `/t/${valid.slice(0, -1)}U`);
  await both('refused: broken encoding', '/t/%E0%A4%A');
  await both('refused: a digital link that is none', '/01/123/21/');
  await html('refused: method', `/t/${valid}`, 'a=1');
  await html('home', '/');
  await html('home, malformed', '/check?code=ABC');
  await html('home, to a stamp', `/check?code=${valid}`);
  await html('complaint', `/t/${valid}/complaint`);
  await html('complaint of a forged code', `/t/${forged}/complaint`);
  await html('complaint with faults', `/t/${valid}/complaint`, 'about=other&message=&where=&contact=');
  await html('complaint sent', `/t/${codes['plaque']}/complaint`, 'about=opened&message=M%E1%BB%9F');
  await html('PIN malformed', `/t/${sealed}/pin`, 'pin=x');
  await html('PIN wrong', `/t/${sealed}/pin`, `pin=${wrongPin}`);
  await html('PIN right', `/t/${sealed}/pin`, `pin=${pin}`);
  await html('PIN of a stamp without', `/t/${valid}/pin`, `pin=${pin}`);
  await html('PIN of a forged code', `/t/${forged}/pin`, `pin=${pin}`);
  await both('not found', '/nowhere');
}

async function staticFiles({ answer, ask, data: { codes } }: Collector): Promise<void> {
  const page = await ask({ path: `/t/${codes['valid']}/record` });
  const photo = /\/photos\/[\w.-]+/.exec(page.bytes.toString())?.[0] ?? '/photos/none';
  await answer('photograph of a product', { path: photo });
  for (const name of readdirSync(PUBLIC).toSorted()) await answer(`static ${name}`, { path: `/${name}` });
}

/** Every list, and one record of each, for each role; refusals are kept too. */
async function records({ api, data: { ids }, answer }: Collector): Promise<void> {
  const batch = (name: string): string => `/batches/${ids[`batch ${name}`]}`;
  const paths = [
    '/offices',
    `/offices/${CAST.officeA}`,
    '/producers',
    `/producers/${CAST.producerA1}`,
    `/producers/${CAST.producerA1}/ledger`,
    `/producers/${CAST.producerA1}/ledger?year=2025`,
    '/products',
    `/products/${CAST.productA1}`,
    `/products/${CAST.productA1}/allowances/2026`,
    '/evaluations',
    `/evaluations/${ids['evaluation four']}`,
    '/certificates',
    `/certificates/${ids['certificate four']}`,
    `/certificates/${ids['certificate lapsed']}`,
    '/lots',
    `/lots/${ids['lot fresh']}`,
    '/lots?limit=2',
    '/recalls',
    `/recalls/${ids['recall']}`,
    '/requests',
    `/requests/${ids['request']}`,
    '/complaints',
    `/complaints/${ids['complaint']}`,
    '/inspections',
    `/inspections/${ids['inspection']}`,
    '/batches',
    batch('goods'),
    batch('pin'),
    batch('link'),
    batch('blank'),
    batch('plaque'),
    `${batch('goods')}/stamps/1`,
    `${batch('goods')}/stamps/7`,
    `${batch('goods')}/stamps/90`,
    `${batch('pin')}/stamps/2`,
    `${batch('goods')}/scans`,
    '/stats',
    '/stats?by=verdict',
    `${batch('goods')}/stats`,
    `${batch('goods')}/stats?by=province`,
    `${batch('goods')}/stats?by=verdict`,
    '/templates?limit=200',
    '/templates/to-48',
    '/printers',
    '/printers/laser',
    '/print-jobs',
    '/users',
    '/keys',
    '/programme/2026/plan',
    '/programme/2026/report',
    '/programme/2026/report?on=2026-06-30',
  ];
  for (const as of READERS) {
    for (const path of paths) {
      const name = Object.entries(ids).reduce((text, [key, id]) => text.replace(id, `{${key}}`), path);
      await answer(`GET ${name}, ${as}`, { path: `/api/v1${path}`, headers: keyFor(api, as) });
    }
  }
  await answer('GET /openapi.json', { path: '/api/v1/openapi.json' });
}

type Refused = [name: string, as: Name, method: string, path: string, body?: object, headers?: Asked['headers']];

/** Refusals to programs: one of each kind that a single request can cause. */
async function problems({ api, data: { ids }, answer }: Collector): Promise<void> {
  const json = { 'Content-Type': 'application/json' };
  const goods = `/batches/${ids['batch goods']}`;
  const lot = `/lots/${ids['lot fresh']}`;
  const overlap = { from: 1, to: 9, lotId: ids['lot three'] };
  const refused: Refused[] = [
    ['no key', 'nobody', 'GET', '/lots'],
    ['no such address', 'officeA', 'GET', '/nowhere'],
    ['no such record', 'officeA', 'GET', '/lots/absent'],
    ['another office’s record', 'officeB', 'GET', lot],
    ['a role without the right', 'inspectorA', 'POST', '/lots', { productId: CAST.productA1, number: 'I-1' }],
    ['a wrong query', 'officeA', 'GET', '/lots?limit=0&colour=red'],
    ['a wrong body', 'officeA', 'POST', '/batches', { lotId: ids['lot fresh'], quantity: 0, colour: 'red' }],
    ['an absent reference', 'officeA', 'POST', '/batches', { lotId: 'nowhere', quantity: 1 }],
    ['what is taken', 'officeA', 'POST', '/lots', { productId: CAST.productA1, number: 'L2611-01' }],
    ['no version', 'officeA', 'PATCH', lot, { note: 'x' }],
    ['an old version', 'officeA', 'PATCH', lot, { note: 'x' }, { 'If-Match': '"99"' }],
    ['another media type', 'officeA', 'POST', '/lots', { a: 1 }, { 'Content-Type': 'text/plain' }],
    ['a reprint without a reason', 'officeA', 'GET', `${goods}/sheet.pdf?template=a4-65&from=1&to=9`],
    ['void serials', 'officeA', 'GET', `${goods}/sheet.pdf?template=a4-65&from=88&to=92`],
    ['no PINs', 'officeA', 'GET', `${goods}/sheet.svg?template=a4-21-pin`],
    ['PINs to a producer', 'producerA1', 'GET', `/batches/${ids['batch pin']}/codes.csv?pins=true`],
    ['a text that does not fit', 'officeA', 'GET', `/batches/${ids['batch long']}/sheet.svg?template=roll-35x22`],
    ['an unknown template', 'officeA', 'GET', `${goods}/sheet.svg?template=a4-66`],
    ['a sheet as labels', 'officeA', 'GET', `${goods}/labels.zpl?template=a4-65&from=71&to=72`],
    ['what a plaque has not', 'officeA', 'POST', `/batches/${ids['batch plaque']}/activate`, { from: 1, to: 1 }],
    ['an overlap', 'officeA', 'POST', `/batches/${ids['batch blank']}/activate`, overlap],
  ];
  for (const [name, as, method, path, body, headers = {}] of refused) {
    const asked = { method, path: `/api/v1${path}`, headers: { ...keyFor(api, as), ...json, ...headers } };
    await answer(`problem: ${name}`, body === undefined ? asked : { ...asked, body: JSON.stringify(body) });
  }
}

/** The four lists of the registry as exported; of a workbook only its cells. */
async function registryFiles({ api, ask, answer, put }: Collector): Promise<void> {
  const headers = { Cookie: (await visitorAs(api, 'officeA')).cookie, 'Sec-Fetch-Site': 'same-origin' };
  for (const kind of ['producers', 'products', 'evaluations', 'certificates']) {
    await answer(`registry ${kind}.csv`, { path: `/console/export/${kind}/csv`, headers });
    const { status, bytes } = await ask({ path: `/console/export/${kind}/xlsx`, headers });
    if (status !== 200) throw new Error(`${kind}.xlsx: ${status} ${bytes.toString()}`);
    put(`registry ${kind}.xlsx, cells`, Buffer.from(JSON.stringify(await readSheet(bytes))));
  }
}

/** Last, so that it contains everything read and made above, each line with its salt and hash. */
async function auditLog({ api, answer }: Collector): Promise<void> {
  let after: string | null = null;
  for (let page = 1; page === 1 || after !== null; page += 1) {
    const path: string = `/audit?limit=100${after === null ? '' : `&after=${encodeURIComponent(after)}`}`;
    const headers = keyFor(api, 'admin');
    await answer(`GET /audit page ${page}, admin`, { path: `/api/v1${path}`, headers });
    after = (await api.as('admin').get(path)).body['next'] as string | null;
  }
  for (const as of READERS) await answer(`GET /audit, ${as}`, { path: '/api/v1/audit', headers: keyFor(api, as) });
}

/** As a browser gets them, in both languages, in a session that starts at the fixed time. */
async function consolePages({ api, data: { ids }, answer }: Collector): Promise<void> {
  const { producerA1, productA1 } = CAST;
  const goods = `/console/batches/${ids['batch goods']}`;
  const paths = [
    '/console',
    '/console/batches',
    goods,
    `/console/batches/${ids['batch blank']}`,
    '/console/products',
    `/console/products/${productA1}`,
    '/console/lots',
    `/console/lots/${ids['lot fresh']}`,
    '/console/producers',
    `/console/producers/${producerA1}`,
    '/console/certificates',
    `/console/certificates/${ids['certificate four']}`,
    '/console/evaluations',
    '/console/recalls',
    '/console/requests',
    '/console/complaints',
    '/console/scans',
    '/console/ledger',
    `/console/ledger?producer=${producerA1}`,
    '/console/programme',
    '/console/printers',
    '/console/templates',
    '/console/users',
    '/console/audit',
    '/console/import',
    '/console/print',
    '/console/profile',
  ];
  for (const as of READERS) {
    const { cookie } = await visitorAs(api, as);
    for (const path of paths) {
      const name = Object.entries(ids).reduce((text, [key, id]) => text.replace(id, `{${key}}`), path);
      await answer(`${name}, ${as}`, { path, headers: { Cookie: cookie, Accept: 'text/html' } });
    }
  }
  for (const language of ['vi', 'en']) await answer(`/login, ${language}`, { path: `/login?lang=${language}` });
}
