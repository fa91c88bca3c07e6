// A name that is too long for a label: the page first selects a label that holds it, the others say why they cannot,
// the certificate's line stays correct, and a short name helps.

import { describe, expect, test } from '@jest/globals';
import { CAST } from '../../../fixtures/api.ts';
import { castVisitor, formOf, testConsole } from '../../../fixtures/console.ts';
import { mainText, PRINT, printDesk } from '../../../fixtures/print-desk.ts';
import { faultOf, hrefOf, pageOf, textOf } from '../../../fixtures/page.ts';
import { LONG_NAME, SHORT_NAME } from '../../../sheet/product-names.ts';

const api = testConsole();
const office = castVisitor(api, 'officeA');
const producer = castVisitor(api, 'producerA1');
const { batchOf } = printDesk(api, producer);

async function newProduct(name: string, fields: object = {}): Promise<string> {
  const head = { producerId: CAST.producerA1, name, group: 'food', productSet: 4 };
  const made = await api.as('officeA').post('/products', { ...head, ...fields });
  expect(made.status).toBe(201);
  return String(made.body['id']);
}

async function rated(productId: string): Promise<void> {
  const papers = {
    productId,
    scheme: 'ocop',
    stars: 4,
    number: `SN-${productId}`,
    issuer: 'UBND',
    issuedOn: '2026-06-15',
  };
  expect((await api.as('officeA').post('/certificates', papers)).status).toBe(201);
}

const RATED = '4 sao OCOP, có hiệu lực đến 14/06/2029';

describe('the print page', () => {
  test('chooses a label that takes the name, names those that do not, and leads to a short name', async () => {
    const id = await newProduct(LONG_NAME);
    await rated(id);
    const page = await producer.open(`${PRINT}?product=${id}`);
    // In the list's order, 3 × 6 is the first sheet.
    expect(formOf(page.text, PRINT)?.values).toMatchObject({ template: 'a4-18' });
    expect(pageOf(page.text).querySelector('.wide')).not.toBeNull();
    expect(mainText(page)).toContain(RATED);
    expect(mainText(page)).toMatch(/Tên sản phẩm quá dài:[^.]*38,1 × 21,2/);
    expect(textOf(pageOf(page.text).querySelector('option[value=a4-65]'))).toMatch(/không vừa$/);
    expect(hrefOf(pageOf(page.text), 'Đặt tên ngắn để in trên tem')).toBe(`/console/products/${id}/edit#f-shortName`);
    const printed = await producer.fill(`${PRINT}?product=${id}`, {
      action: PRINT,
      fields: { lot: 'L1', quantity: '5' },
    });
    expect(printed.location).toMatch(/print-jobs/);
  });

  test('says the certificate truly beside a label that does not take the name, and issues nothing', async () => {
    const id = await newProduct(`${LONG_NAME} II`);
    await rated(id);
    const fields = { lot: 'L2', quantity: '5', template: 'a4-65' };
    for (const more of [{ redraw: '1' }, {}]) {
      const page = await producer.fill(`${PRINT}?product=${id}`, { action: PRINT, fields: { ...fields, ...more } });
      expect(mainText(page)).toContain(RATED);
      expect(mainText(page)).not.toContain('tem in không có sao');
      expect(faultOf(pageOf(page.text), 'Mẫu tem')).toContain('Tên sản phẩm quá dài');
      expect(mainText(page)).toContain('Chưa vẽ được hình tem');
    }
    expect((await api.store.batches.list({ productId: id }, { limit: 1, after: null })).items).toEqual([]);
  });

  test('has the usual label for the same product with a short name', async () => {
    const id = await newProduct(`${LONG_NAME} III`, { shortName: SHORT_NAME });
    const page = await producer.open(`${PRINT}?product=${id}`);
    expect(formOf(page.text, PRINT)?.values).toMatchObject({ template: 'a4-65' });
    const sheets = [...pageOf(page.text).querySelectorAll('option[value^="a4-"]')].map(textOf);
    expect(sheets.filter((sheet) => sheet.includes('không vừa'))).toEqual([]);
  });

  test('the page of an issued batch does the same', async () => {
    const id = await newProduct(`${LONG_NAME} IV`);
    const made = await api
      .as('officeA')
      .post('/batches', { productId: id, lot: 'L4', producedOn: null, expiresOn: null, quantity: 5 });
    const batch = await batchOf(String(made.body['id']));
    const path = `/console/batches/${batch.id}`;
    const page = await office.open(path);
    expect(formOf(page.text, `${path}/print`)?.values).toMatchObject({ template: 'a4-18' });
    const refused = await office.fill(path, { action: `${path}/print`, fields: { template: 'a4-65' } });
    expect(refused.status).toBe(422);
    expect(faultOf(pageOf(refused.text), 'Mẫu tem')).toContain('Tên sản phẩm quá dài');
    expect(hrefOf(pageOf(refused.text), 'Đặt tên ngắn để in trên tem')).toBe(
      `/console/products/${id}/edit#f-shortName`,
    );
  });
});

describe('the product’s form', () => {
  test('says which labels have no room for the name, and that a short one fits', async () => {
    const id = await newProduct(`${LONG_NAME} V`);
    const path = `/console/products/${id}/edit`;
    expect(mainText(await office.open(path))).toMatch(/không vừa mẫu [^.]*38,1 × 21,2/);
    const saved = await office.fill(path, { fields: { shortName: SHORT_NAME } });
    expect(mainText(saved)).toContain(SHORT_NAME);
    expect(mainText(await office.open(path))).toContain(`Tem in “${SHORT_NAME}”`);
    const wrong = await office.fill(path, { fields: { shortName: 'Mật ong 🍯' } });
    expect(wrong.status).toBe(422);
    expect(faultOf(pageOf(wrong.text), 'Tên ngắn trên tem')).toContain('chữ cái, chữ số và dấu câu');
  });

  test('answers while the names are typed; of another’s product or producer it says nothing', async () => {
    const ask = async (query: string): Promise<unknown> =>
      JSON.parse((await producer.open(`/console/products/name-fit?${query}`)).text);
    const long = `name=${encodeURIComponent(LONG_NAME)}`;
    expect(await ask(long)).toMatchObject({ text: expect.stringContaining('không vừa mẫu') });
    expect(await ask(`${long}&shortName=Cam`)).toMatchObject({ text: expect.stringContaining('Tem in “Cam”') });
    expect(await ask('name=')).toEqual({ text: '' });
    expect(await ask(`${long}&product=${CAST.productB1}`)).toEqual({ text: '' });
    expect(await ask(`${long}&producer=${CAST.producerB1}`)).toEqual({ text: '' });
  });
});
