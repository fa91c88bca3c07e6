// The sample registry for the demo: an office, the contents of its files, and the ids of their references.

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { changeProducer, changeProducerInput } from '../../server/actions/registry/change-producer.ts';
import { changeProduct, changeProductInput } from '../../server/actions/registry/change-product.ts';
import type { ActionContext } from '../../server/actions/kit/context.ts';
import { importProgramme } from '../../server/actions/import/import-programme.ts';
import { importRegistry } from '../../server/actions/import/import-registry.ts';
import { idOfReference } from '../../server/actions/import/row-records.ts';
import { candidateInput, makeCandidate } from '../../server/actions/programme/keep-candidate.ts';
import { makeOffice, makeOfficeInput } from '../../server/actions/registry/make-office.ts';
import { readNamedRows, type NamedRow } from '../../server/actions/import/table-file.ts';
import { setAllowance, setAllowanceInput } from '../../server/actions/batches/set-allowance.ts';
import { setPlan, setPlanInput } from '../../server/actions/programme/set-plan.ts';
import { recordSupport, recordSupportInput } from '../../server/actions/programme/record-support.ts';
import { todayOf } from '../../server/actions/kit/today.ts';
import { addDays } from '../../server/domain/calendar.ts';
import type { Day, Id } from '../../server/domain/entity.ts';
import { SYSTEM } from '../../server/domain/people/account.ts';
import { faultsOf, openRegistryFile } from '../admin/import.ts';
import { ActionFailed, doneBy } from '../system.ts';

const FOLDER = fileURLToPath(new URL('../sample-registry/', import.meta.url));
const FILES = ['producers.csv', 'products.csv', 'evaluations.csv', 'certificates.csv'];
/** Producers who agreed to have their phone number shown. */
const PHONES_SHOWN = ['P01', 'P03', 'P05', 'P07', 'P12'];
/** The product whose stamps are digital links, and the one with an allowance. */
const LINK_PRODUCT = 'S01';
const ALLOWED_PRODUCT = 'S07';

export interface SampleLot {
  product: string;
  number: string;
  producedOn: Day;
  /** Best-before date; null: the goods have none. */
  expiresOn: Day | null;
  stamps: number;
}

export interface SampleRegistry {
  officeId: Id;
  /** By the sample's reference: `P01`, `S01`. */
  producerId: (reference: string) => Id;
  productId: (reference: string) => Id;
  producerOf: (product: string) => Id;
  lots: SampleLot[];
}

export async function loadSampleRegistry(ctx: ActionContext): Promise<SampleRegistry> {
  const office = await doneBy(
    makeOffice(
      SYSTEM,
      makeOfficeInput.parse({
        name: 'Văn phòng Chương trình OCOP tỉnh Phú Thọ (mẫu)',
        province: 'Phú Thọ',
        phone: '0210 000 0000',
      }),
      ctx,
    ),
  );
  for (const name of FILES) {
    const { file } = await openRegistryFile(`${FOLDER}${name}`);
    const report = await importRegistry(SYSTEM, { officeId: office.id, file }, ctx);
    if (!report.ok) throw new ActionFailed(report.problem);
    const faults = faultsOf(name, report.value);
    if (faults.length > 0) throw new Error(`the sample registry has faults:\n${faults.join('\n')}`);
  }
  const programme = await importProgramme(SYSTEM, { officeId: office.id, rows: await rowsOf('programme.csv') }, ctx);
  if (!programme.ok) throw new ActionFailed(programme.problem);
  const products = await rowsOf('products.csv');
  const producers = new Map(products.map(({ cells }) => [cells['ref'] ?? '', cells['producer'] ?? '']));
  const registry: SampleRegistry = {
    officeId: office.id,
    producerId: (reference) => idOfReference(office.id, 'producer', reference),
    productId: (reference) => idOfReference(office.id, 'product', reference),
    producerOf: (product) => idOfReference(office.id, 'producer', producers.get(product) ?? ''),
    lots: (await rowsOf('lots.csv')).map(lotOf),
  };
  await addToSample(registry, ctx);
  await startProgramme(registry, ctx);
  return registry;
}

/** What an office adds to its files: consents, the right to use a GTIN, an allowance. */
async function addToSample(registry: SampleRegistry, ctx: ActionContext): Promise<void> {
  for (const reference of PHONES_SHOWN) {
    const input = {
      id: registry.producerId(reference),
      version: 1,
      change: changeProducerInput.parse({ phonePublic: true }),
    };
    await doneBy(changeProducer(SYSTEM, input, ctx));
  }
  const gtinAuthorisation = {
    holder: 'HTX Cam Mường Thàng',
    document: 'Giấy chứng nhận quyền sử dụng mã số mã vạch (mẫu)',
    date: '2025-03-01',
  };
  await doneBy(
    changeProduct(
      SYSTEM,
      { id: registry.productId(LINK_PRODUCT), version: 1, change: changeProductInput.parse({ gtinAuthorisation }) },
      ctx,
    ),
  );
  const year = ctx.now().getUTCFullYear();
  const allowance = setAllowanceInput.parse({ expectedOutput: 2_400, stamps: 3_000 });
  await doneBy(
    setAllowance(SYSTEM, { productId: registry.productId(ALLOWED_PRODUCT), year, version: 0, allowance }, ctx),
  );
}

/**
 * The office's records of this year's programme: a plan, support given, and products under way, one of them seasonal.
 */
async function startProgramme({ officeId, producerId }: SampleRegistry, ctx: ActionContext): Promise<void> {
  const today = todayOf(ctx);
  const year = Number(today.slice(0, 4));
  const plan = setPlanInput.parse({
    targets: { 'products-rated': 30, 'packaging-given': 20_000, 'stamps-given': 15_000 },
  });
  await doneBy(setPlan(SYSTEM, { officeId, year, version: 0, plan }, ctx));
  const given = [
    { kind: 'packaging', quantity: 12_000, producerId: producerId('P01'), note: 'Thùng 5 kg in mới' },
    { kind: 'stamps', quantity: 10_000, producerId: null, note: 'Đợt đầu năm' },
    { kind: 'registration', quantity: 2, producerId: producerId('P05'), note: 'Nhãn hiệu tập thể' },
  ];
  for (const one of given)
    await doneBy(
      recordSupport(SYSTEM, { officeId, support: recordSupportInput.parse({ ...one, givenOn: today }) }, ctx),
    );
  const month = Number(today.slice(5, 7));
  const candidates = [
    {
      name: 'Bưởi Diễn Lương Sơn (mẫu)',
      group: 'food',
      maker: 'Hộ bà Bùi Thị Mẫu',
      stage: 'council',
      months: [month, (month % 12) + 1],
    },
    {
      name: 'Trà hoa vàng Lạc Sơn (mẫu)',
      group: 'herbal',
      maker: 'Tổ hợp tác Trà hoa vàng',
      stage: 'file',
      months: [],
    },
    { name: 'Đan lát Thung Nai (mẫu)', group: 'craft', producerId: producerId('P02'), stage: 'idea', months: [] },
  ];
  for (const one of candidates)
    await doneBy(makeCandidate(SYSTEM, { officeId, candidate: candidateInput.parse({ ...one, year }) }, ctx));
}

function lotOf({ cells: row }: NamedRow): SampleLot {
  const producedOn = row['produced_on'] ?? '';
  const shelfLifeDays = row['shelf_life_days'] ?? '';
  return {
    product: row['product'] ?? '',
    number: row['lot'] ?? '',
    producedOn,
    expiresOn: shelfLifeDays === '' ? null : addDays(producedOn, Number(shelfLifeDays)),
    stamps: Number(row['stamps']),
  };
}

async function rowsOf(name: string): Promise<NamedRow[]> {
  const rows = await readNamedRows(await readFile(`${FOLDER}${name}`));
  if (!rows.ok) throw new ActionFailed(rows.problem);
  return rows.value;
}
