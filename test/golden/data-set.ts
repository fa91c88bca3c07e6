// The data set that the golden files are made from: every kind of record, batch and stamp that the service knows, made
// through the API in a fixed order. Ids, codes and salts come from the fixture's seeded randomness in the order of the
// calls, so a call added in the middle changes all that follow: add at the end.

import sharp from 'sharp';
import { CAST, type ApiAnswer, type ApiClient, type TestApi } from '../fixtures/api.ts';
import { seedAccounts } from '../fixtures/console.ts';
import { aScan } from '../fixtures/records/scans.ts';

export interface DataSet {
  /** Ids by plain names: `batch goods`, `lot fresh`, `product three`. */
  ids: Record<string, string>;
  /** Codes of stamps, by what a scan of them shows. */
  codes: Record<string, string>;
  /** The path in a digital-link stamp. */
  linkPath: string;
  /** The PIN of the stamp `pin`. */
  pin: string;
}

type Make = (as: ApiClient, path: string, body: unknown, name: string) => Promise<string>;
type Named = Record<string, string>;

const NAME = 'Cà phê Arabica rang mộc Nghiễm Hưởng';
const LONG_NAME = `${NAME}, sản phẩm truyền thống của bà con vùng cao nguyên Lâm Viên, hái chín, phơi giàn, rang mộc`;
const LEAVE = { holder: 'HTX Cà phê Cầu Đất', document: 'GCN 1', date: '2026-01-01' };
const PLACE = { commune: 'Xuân Trường - Đà Lạt', province: 'Lâm Đồng', detail: 'Thôn Trường Thọ, xóm Suối Thông B' };
/** Where copies of one stamp are scanned, in this order. */
const FAR = ['Hà Nội', 'Cà Mau', 'Lào Cai', 'Đồng Nai', 'Sơn La'];
const FAR_DAYS = 16;
const PNG = { 'Content-Type': 'image/png' };

export async function makeDataSet(api: TestApi): Promise<DataSet> {
  await seedAccounts(api);
  const [office, producer] = [api.as('officeA'), api.as('producerA1')];
  const ids: Named = {};
  const make: Make = async (as, path, body, name) => {
    return (ids[name] = String(done(await as.post(path, body), path).body['id']));
  };
  await makeRegistry(api, ids, make);
  await makeLots(producer, ids, make);
  await makeBatches(api, ids, make);
  const codes = await codesOf(office, ids);
  await makeReports(api, ids, codes, make);
  const [linked] = await rowsOf(office, `${ids['batch link']}/codes.csv?from=2&to=2`);
  const [sealed] = await rowsOf(office, `${ids['batch pin']}/codes.csv?from=2&to=2&pins=true`);
  return { ids, codes, linkPath: (linked?.[2] ?? '').replace(/^https?:\/\/[^/]+/i, ''), pin: sealed?.[3] ?? '' };
}

async function makeRegistry(api: TestApi, ids: Named, make: Make): Promise<void> {
  const [admin, office] = [api.as('admin'), api.as('officeA')];
  const picture = async (background: string): Promise<Buffer> =>
    sharp({ create: { width: 90, height: 60, channels: 3, background } })
      .png()
      .toBuffer();
  done(await admin.put(`/offices/${CAST.officeA}/mark`, 1, await picture('#a3221b'), PNG), 'mark');
  const story = 'Ba đời trồng cà phê.\nGiàn phơi ở độ cao 1.600 m.';
  const farm = { name: 'Hợp tác xã Cà phê Cầu Đất', address: PLACE, phonePublic: true, gln: '9520000000004', story };
  done(await office.patch(`/producers/${CAST.producerA1}`, 1, farm), 'producer');
  const gtin = { gtin: '09520000000011', gtinAuthorisation: LEAVE };
  const description = 'Hạt <Arabica> & "Typica".\nRang mộc.';
  const text = { description, standards: 'TCVN 5250:2015', warnings: 'Có caffein.' };
  const named = { name: NAME, ...gtin, ...text };
  const changed = done(await office.patch(`/products/${CAST.productA1}`, 1, named), 'product');
  const photoPath = `/products/${CAST.productA1}/photo`;
  done(await office.put(photoPath, changed.body['version'], await picture('#3b6e22'), PNG), 'photo');
  ids['product four'] = CAST.productA1;
  const group = { group: 'food', productSet: 13 };
  const product = { producerId: CAST.producerA1, ...group, unit: 'hộp 12 gói', shelfLifeDays: 365 };
  await make(office, '/products', { ...product, name: 'Mật ong hoa cà phê' }, 'product three');
  await make(office, '/products', { ...product, name: 'Trà quả cà phê cascara' }, 'product five');
  await make(office, '/products', { ...product, name: LONG_NAME }, 'product long');
  const scores = { three: 61.2, four: 84.55, five: 93 };
  for (const [stars, score] of Object.entries(scores)) {
    const productId = ids[`product ${stars}`];
    const held = { round: '2026-1', heldOn: '2026-05-20', minimumStars: 5, decision: '1203/QĐ-UBND' };
    const evaluationId = await make(office, '/evaluations', { productId, score, ...held }, `evaluation ${stars}`);
    const paper = { scheme: 'ocop', number: `OCOP-${stars}`, issuer: 'UBND tỉnh Lâm Đồng', issuedOn: '2026-06-15' };
    await make(office, '/certificates', { productId, evaluationId, ...paper }, `certificate ${stars}`);
  }
  const lapsed = { issuedOn: '2025-01-01', expiresOn: '2026-10-31' };
  const organic = { scheme: 'organic', number: 'HC-1', issuer: 'Tổ chức', ...lapsed };
  await make(office, '/certificates', { producerId: CAST.producerA1, ...organic }, 'certificate lapsed');
  const allowance = { expectedOutput: 12_000, stamps: 15_000 };
  done(await office.put(`/products/${CAST.productA1}/allowances/2026`, null, allowance), 'allowance');
  done(await office.put('/programme/2026/plan', null, { targets: { 'products-rated': 5 } }), 'plan');
  const laser = { name: 'Máy in văn phòng', offsetX: 0.4, offsetY: -0.3, scaleY: 1.002 };
  done(await office.put('/printers/laser', null, laser), 'printer');
  const places = { columns: 4, rows: 12, left: 9.8, top: 13, pitchX: 48.2, pitchY: 22.7 };
  const stock = { name: 'Tờ tem 48', ...places, labelWidth: 45.7, labelHeight: 21.2 };
  done(await office.put('/templates/to-48', null, stock), 'template');
}

async function makeLots(producer: ApiClient, ids: Named, make: Make): Promise<void> {
  const lot = { productId: CAST.productA1, producedOn: '2026-11-01', expiresOn: '2027-10-31' };
  const old = { producedOn: '2025-10-01', expiresOn: '2026-10-31' };
  await make(producer, '/lots', { ...lot, number: 'L2611-01', declaredQuantity: 1_000, note: 'vụ đầu' }, 'lot fresh');
  await make(producer, '/lots', { ...lot, number: 'L2611-02' }, 'lot recalled');
  await make(producer, '/lots', { ...lot, ...old, number: 'L2510-01' }, 'lot expired');
  for (const name of ['three', 'five', 'long']) {
    await make(producer, '/lots', { ...lot, productId: ids[`product ${name}`], number: `M-${name}` }, `lot ${name}`);
  }
  const journey = [
    { at: '2026-11-02T08:00:00+07:00', step: 'Thu hái', place: 'Cầu Đất', gln: '9520000000004', by: 'Nhóm hộ' },
    { at: '2026-11-05T23:30:00+07:00', step: 'Phơi giàn', note: 'Mười bốn ngày,\nđảo bốn lần mỗi ngày.' },
    { at: '2026-11-20T06:15:00+07:00', step: 'Rang và đóng gói', place: 'Xưởng HTX', public: false },
  ];
  for (const event of journey) done(await producer.post(`/lots/${ids['lot fresh']}/events`, event), 'event');
}

async function makeBatches(api: TestApi, ids: Named, make: Make): Promise<void> {
  const [office, producer] = [api.as('officeA'), api.as('producerA1')];
  const of = (lot: string, more: object = {}): object => ({ lotId: ids[`lot ${lot}`], quantity: 100, ...more });
  await make(producer, '/batches', of('fresh', { note: 'cuộn 1' }), 'batch goods');
  for (const lot of ['recalled', 'expired', 'three', 'five', 'long']) {
    await make(office, '/batches', of(lot), `batch ${lot}`);
  }
  await make(office, '/batches', of('fresh', { pin: true }), 'batch pin');
  await make(office, '/batches', of('fresh', { carrier: 'digital-link' }), 'batch link');
  await make(office, '/batches', { producerId: CAST.producerA1, quantity: 500 }, 'batch blank');
  await make(office, '/batches', { productId: CAST.productA1, plaque: true, quantity: 2 }, 'batch plaque');
  const part = { from: 1, to: 120, lotId: ids['lot fresh'] };
  done(await producer.post(`/batches/${ids['batch blank']}/activate`, part), 'activate');
  const lost = { from: 90, to: 95, reason: 'lost', note: 'rơi' };
  done(await producer.post(`/batches/${ids['batch goods']}/voids`, lost), 'void');
  done(await office.post(`/batches/${ids['batch goods']}/displays`, { from: 80, to: 85 }), 'display');
  const words = { reason: { vi: 'Nấm mốc trong kho', en: 'Mould in storage' }, advice: 'Mang trả nơi mua' };
  await make(office, '/recalls', { lotId: ids['lot recalled'], ...words }, 'recall');
  const asked = { name: 'Cà phê xin thêm', group: 'food', productSet: 13 };
  const waiting = done(await producer.post('/products', asked), 'request').body['request'] as { id: string };
  ids['request'] = waiting.id;
  for (let day = 0; day < FAR_DAYS; day += 1) {
    for (const [i, province] of FAR.entries()) {
      const at = new Date(Date.UTC(2026, 10, 25 - FAR_DAYS + day, 0, i * 10)).toISOString();
      const scan = {
        id: `far-${day}-${i}`,
        batchId: ids['batch goods'] ?? '',
        serial: 7,
        at,
        visitor: `v${i}`,
        province,
      };
      await api.store.scans.record(aScan({ ...scan, day: at.slice(0, 10) }));
    }
  }
}

async function makeReports(api: TestApi, ids: Named, codes: Named, make: Make): Promise<void> {
  const seen = { note: 'Tem bị bóc', place: 'Chợ Đà Lạt', at: '2026-11-24T02:00:00Z' };
  const finding = { code: codes['valid'], finding: 'tampered', ...seen };
  await make(api.as('inspectorA'), '/inspections', finding, 'inspection');
  const complaint = { about: 'looks-copied', message: 'Tem nhòe & <mờ>', where: 'Chợ Đà Lạt', contact: '0912 000 000' };
  const body = JSON.stringify(complaint);
  const headers = { 'Content-Type': 'application/json' };
  const sent = await fetch(`${api.address}/t/${codes['valid']}/complaint`, { method: 'POST', headers, body });
  if (sent.status !== 201) throw new Error(`complaint: ${sent.status} ${await sent.text()}`);
  const { items } = (await api.as('officeA').get('/complaints')).body as { items: { id: string }[] };
  ids['complaint'] = items[0]?.id ?? '';
}

async function codesOf(office: ApiClient, ids: Named): Promise<Named> {
  const stamps: Record<string, [batch: string, serial: number]> = {
    valid: ['goods', 1],
    suspect: ['goods', 7],
    display: ['goods', 80],
    void: ['goods', 90],
    recalled: ['recalled', 1],
    expired: ['expired', 1],
    'not-activated': ['blank', 400],
    'of a roll': ['blank', 3],
    plaque: ['plaque', 1],
    'long name': ['long', 1],
    'three stars': ['three', 1],
    'five stars': ['five', 1],
    pin: ['pin', 2],
    link: ['link', 1],
  };
  const codes: Named = {};
  for (const [name, [batch, serial]] of Object.entries(stamps)) {
    const [row] = await rowsOf(office, `${ids[`batch ${batch}`]}/codes.csv?from=${serial}&to=${serial}`);
    codes[name] = row?.[1] ?? '';
  }
  return codes;
}

async function rowsOf(office: ApiClient, path: string): Promise<string[][]> {
  const { bytes } = done(await office.get(`/batches/${path}`), path);
  return bytes
    .toString()
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));
}

function done(answer: ApiAnswer, what: string): ApiAnswer {
  if (answer.status >= 300) throw new Error(`${what}: ${answer.status} ${answer.bytes.toString()}`);
  return answer;
}
