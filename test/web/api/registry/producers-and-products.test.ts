// Producers, products and allowances over the API.

import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { SHOWN_SIDE_PX } from '../../../../server/domain/photo-sizes.ts';
import { faults, idOf, problemOf, requestIdOf } from '../../../fixtures/api-problems.ts';
import { CAST, testApi, type ApiAnswer } from '../../../fixtures/api.ts';

const api = testApi();

const { producerA1, productA1, officeA } = CAST;
const PLACE = { commune: 'Cao Phong', province: 'Phú Thọ', detail: null };
const COFFEE = { name: 'Cà phê mật ong', group: 'food', productSet: 13 };

describe('producers', () => {
  test('an office registers a producer, reads it, changes it and finds it in its list', async () => {
    const office = api.as('officeA');
    const made = await office.post('/producers', {
      name: 'HTX Cam Mường Thàng',
      kind: 'cooperative',
      address: PLACE,
      gln: '9520000000004',
      phone: '0218 000 0101',
    });
    expect(made.status).toBe(201);
    expect(made.headers.get('ETag')).toBe('"1"');
    expect(made.body).toMatchObject({ officeId: officeA, phonePublic: false, version: 1, story: null });
    const changed = await office.patch(`/producers/${idOf(made)}`, 1, { phonePublic: true, addressToday: PLACE });
    expect(changed.body).toMatchObject({
      version: 2,
      phonePublic: true,
      addressToday: PLACE,
      name: 'HTX Cam Mường Thàng',
    });
    expect((await office.get(`/producers/${idOf(made)}`)).body).toEqual(changed.body);
    const listed = await office.get('/producers?kind=cooperative&limit=200');
    expect((listed.body['items'] as { id: string }[]).map(({ id }) => id)).toContain(idOf(made));
    expect((await api.as('officeB').get(`/producers?officeId=${officeA}`)).body).toEqual({ items: [], next: null });
  });

  test('an admin names the office where there are several; a wrong one is a fault of that field', async () => {
    const body = { name: 'HTX Mới', kind: 'group', address: PLACE };
    expect(faults(await api.as('admin').post('/producers', body))).toEqual(['officeId: required']);
    expect(faults(await api.as('admin').post('/producers', { ...body, officeId: 'nowhere' }))).toEqual([
      'officeId: absent',
    ]);
    expect(faults(await api.as('officeB').post('/producers', { ...body, officeId: officeA }))).toEqual([
      'officeId: absent',
    ]);
    expect((await api.as('admin').post('/producers', { ...body, officeId: officeA })).body).toMatchObject({
      officeId: officeA,
    });
  });

  test('a producer tells its story at once, and asks for all else', async () => {
    const own = api.as('producerA1');
    const before = await own.get(`/producers/${producerA1}`);
    const told = await own.patch(`/producers/${producerA1}`, before.body['version'], {
      story: 'Ba đời trồng cà phê.',
      website: 'https://htx.example',
    });
    expect(told.body).toMatchObject({ story: 'Ba đời trồng cà phê.' });
    const asked = await own.patch(`/producers/${producerA1}`, told.body['version'], {
      name: 'HTX Đổi Tên',
      story: 'Khác.',
    });
    const waiting = await own.get(`/requests/${requestIdOf(asked)}`);
    expect(waiting.body).toMatchObject({
      state: 'waiting',
      action: 'change-producer',
      input: { name: 'HTX Đổi Tên', story: 'Khác.' },
    });
    expect((await own.get(`/producers/${producerA1}`)).body).toEqual(told.body);
    expect((await own.get('/producers')).body['items']).toHaveLength(1);
  });
});

describe('products', () => {
  test('an office registers and changes one; the set must be of the group; a GTIN’s leave goes with the GTIN', async () => {
    const office = api.as('officeA');
    expect(faults(await office.post('/products', { ...COFFEE, producerId: producerA1, productSet: 14 }))).toEqual([
      'productSet: other-group',
    ]);
    const leave = { holder: 'HTX A1', document: 'GS1-2026/01', date: '2026-01-05' };
    expect(
      faults(await office.post('/products', { ...COFFEE, producerId: producerA1, gtinAuthorisation: leave })),
    ).toEqual(['gtinAuthorisation: without-gtin']);
    const made = await office.post('/products', {
      ...COFFEE,
      producerId: producerA1,
      gtin: '09520000000011',
      gtinAuthorisation: leave,
    });
    expect(made.status).toBe(201);
    const other = await office.patch(`/products/${idOf(made)}`, 1, { gtin: '09520000000028' });
    expect(other.body).toMatchObject({ gtin: '09520000000028', gtinAuthorisation: null });
    expect((await office.get('/products?gtin=09520000000028')).body['items']).toHaveLength(1);
  });

  test('it never moves to another producer', async () => {
    const { version } = (await api.as('officeA').get(`/products/${productA1}`)).body;
    expect(
      faults(await api.as('officeA').patch(`/products/${productA1}`, version, { producerId: CAST.producerA2 })),
    ).toEqual(['producerId: unknown-field']);
  });

  test('a photograph is kept upright, small, as WebP and without a word of metadata', async () => {
    const jpeg = await sharp({ create: { width: 3000, height: 1500, channels: 3, background: '#22406B' } })
      .withMetadata({ orientation: 6 })
      .withExif({ IFD0: { Artist: 'Lan' }, IFD3: { GPSLatitude: '20/1 45/1 0/1' } })
      .jpeg()
      .toBuffer();
    const own = api.as('producerA1');
    const { version } = (await own.get(`/products/${productA1}`)).body;
    const put = (bytes: Uint8Array, type: string, at: unknown): Promise<ApiAnswer> =>
      own.put(`/products/${productA1}/photo`, at, bytes, { 'Content-Type': type });
    const answer = await put(jpeg, 'image/jpeg', version);
    expect(answer.status).toBe(200);
    const stored = await api.store.files.get(String(answer.body['photo']).replace('/photos/', ''));
    const picture = await sharp(stored?.bytes).metadata();
    expect([picture.format, picture.width, picture.height]).toEqual(['webp', SHOWN_SIDE_PX / 2, SHOWN_SIDE_PX]);
    const { photoSizes } = (await api.store.products.get(productA1)) ?? {};
    for (const [id = '', side] of [
      [photoSizes?.px112, 112],
      [photoSizes?.px336, 336],
    ] as const) {
      const square = await sharp((await api.store.files.get(id))?.bytes).metadata();
      expect([square.format, square.width, square.height, square.exif]).toEqual(['webp', side, side, undefined]);
    }
    expect([picture.exif, picture.icc, picture.xmp, picture.orientation]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(problemOf(await put(jpeg, 'image/jpeg', version))).toEqual([412, 'version-conflict']);
    expect(problemOf(await put(jpeg, 'image/jpeg', null))).toEqual([428, 'version-missing']);
  });

  test('a broken, cut, foreign or huge picture is 400, another media type 415', async () => {
    const own = api.as('producerA1');
    const { version } = (await own.get(`/products/${productA1}`)).body;
    const put = (bytes: Uint8Array, type = 'image/png'): Promise<ApiAnswer> =>
      own.put(`/products/${productA1}/photo`, version, bytes, { 'Content-Type': type });
    const png = await sharp({
      create: {
        width: 300,
        height: 300,
        channels: 3,
        background: '#fff',
        noise: { type: 'gaussian', mean: 128, sigma: 30 },
      },
    })
      .png()
      .toBuffer();
    expect(faults(await put(png.subarray(0, png.length / 2)))).toEqual(['photo: broken']);
    expect(faults(await put(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')))).toEqual(['photo: format']);
    const huge = Buffer.from(png);
    huge.writeUInt32BE(60_000, 16);
    huge.writeUInt32BE(60_000, 20);
    expect(faults(await put(huge))).toEqual(['photo: broken']);
    expect(problemOf(await put(png, 'image/gif'))).toEqual([415, 'unsupported-media']);
    expect((await own.get(`/products/${productA1}`)).body['version']).toBe(version);
  });
});

describe('allowances', () => {
  test('the first is made, the next replaces the version read', async () => {
    const office = api.as('officeA');
    const path = `/products/${productA1}/allowances/2026`;
    expect(problemOf(await office.get(path))).toEqual([404, 'not-found']);
    expect(problemOf(await office.put(path, 1, { expectedOutput: 5, stamps: 5 }))).toEqual([412, 'version-conflict']);
    const made = await office.put(path, null, { expectedOutput: 500, stamps: 600 });
    expect([made.status, made.body['version']]).toEqual([201, 1]);
    expect(problemOf(await office.put(path, null, { expectedOutput: 1, stamps: 1 }))).toEqual([428, 'version-missing']);
    expect((await office.put(path, 1, { expectedOutput: 500, stamps: 700 })).body).toMatchObject({
      version: 2,
      stamps: 700,
    });
    expect((await api.as('producerA1').get(path)).body).toMatchObject({ stamps: 700 });
    expect((await api.as('producerA2').get(path)).status).toBe(404);
    expect(faults(await office.put(path, 2, { expectedOutput: 500, stamps: -1 }))).toEqual(['stamps: too-small']);
  });
});
