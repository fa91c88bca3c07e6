// Offline packs over the API: what they hold, whole and as a difference, and who may take them.

import { createHash, createHmac } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { rotateSigningKey, signBytes, type PublicKeyShown } from '../../../../server/actions/pack/signing-keys.ts';
import { PACK_STAMPS_MAX } from '../../../../server/actions/pack/make-pack.ts';
import { SYSTEM } from '../../../../server/domain/people/account.ts';
import { cartonCode, cartonHead, cartonSignatureInput } from '../../../../server/domain/pack/carton-code.ts';
import { PACK_KINDS, PackIndex, packName, type PackFacts } from '../../../../server/domain/pack/pack-facts.ts';
import {
  fingerprintAt,
  fingerprintMessage,
  packSignatureInput,
  readPack,
  recordsText,
  type Pack,
} from '../../../../server/domain/pack/pack-format.ts';
import { isSignedBy } from '../../../../server/domain/pack/signing-key.ts';
import { parseStampCode } from '../../../../server/domain/stamp/stamp-code.ts';
import { verdictOf } from '../../../../server/domain/stamp/verdict.ts';
import { batchDesk } from '../../../fixtures/api-batches.ts';
import { problem } from '../../../fixtures/api-problems.ts';
import { CAST, testApi, type Name } from '../../../fixtures/api.ts';
import { TIME_ZONE } from '../../../fixtures/records/cast.ts';
import { request } from '../../../fixtures/request.ts';

const api = testApi();
const { newLot, newBatch, codeOf } = batchDesk(api);
const OWN = `producers=${CAST.producerA1}`;

interface Taken {
  pack: Pack;
  facts: PackFacts;
  bytes: number;
}

async function take(query: string, name: Name = 'inspectorA'): Promise<Taken> {
  const answer = await api.as(name).get(`/packs?${query}`);
  expect([query, answer.status]).toEqual([query, 200]);
  const pack = readPack(answer.bytes);
  return {
    pack,
    facts: JSON.parse(gunzipSync(pack.factsGzip).toString('utf8')) as PackFacts,
    bytes: answer.bytes.length,
  };
}

async function publicKeys(): Promise<PublicKeyShown[]> {
  const answer = await request(`${api.address}/.well-known/temtrace-keys.json`);
  expect(answer.status).toBe(200);
  return (JSON.parse(answer.bytes.toString('utf8')) as { keys: PublicKeyShown[] }).keys;
}

function hexOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Whether a phone takes the code for ours, as INSPECT says it. */
function looksLikeOurs({ pack, facts }: Taken, code: string): number | null {
  const parsed = parseStampCode(code);
  if (!parsed.ok) return null;
  const batch = facts.batches.find(({ id }) => id === parsed.batchId);
  const known = fingerprintAt(pack.fingerprints.get(parsed.batchId) ?? new Uint8Array(), parsed.index + 1);
  if (batch === undefined || known === null) return null;
  const mac = createHmac('sha256', Buffer.from(batch.packKey, 'base64'))
    .update(fingerprintMessage(parsed.tag))
    .digest();
  return mac.readUInt16BE(0) === known ? parsed.index + 1 : null;
}

describe('an offline pack', () => {
  test('is signed by a public key, judges each stamp as we do, and takes a forged tag for none of ours', async () => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 40 });
    await api.as('officeA').post(`/batches/${id}/voids`, { from: 7, to: 9, reason: 'lost' });
    const taken = await take(OWN);
    const { manifest, manifestBytes, signature, factsGzip, fingerprints } = taken.pack;
    const key = (await publicKeys()).find(({ kid }) => kid === manifest.kid);
    expect(key).toMatchObject({ kty: 'OKP', crv: 'Ed25519', until: null });
    expect(isSignedBy(key?.x ?? '', packSignatureInput(manifestBytes), signature)).toBe(true);
    expect(manifest).toMatchObject({
      since: null,
      officeId: CAST.officeA,
      choice: { producers: [CAST.producerA1] },
      expiresAt: new Date(Date.parse(manifest.issuedAt) + 72 * 3_600_000).toISOString(),
      facts: { sha256: hexOf(factsGzip), bytes: factsGzip.length },
    });
    for (const { id: batchId, fp } of manifest.batches) expect(fp).toBe(hexOf(fingerprints.get(batchId) ?? ''));
    const names = PACK_KINDS.flatMap((kind) => taken.facts[kind].map((record) => packName(kind, record)));
    expect(manifest.records).toBe(hexOf(recordsText(names)));

    const index = new PackIndex(taken.facts);
    for (const serial of [1, 7, 9, 40]) {
      const code = await codeOf(id, serial);
      expect([serial, looksLikeOurs(taken, code)]).toEqual([serial, serial]);
      const offline = verdictOf(index.stampFactsOf(id, serial), api.ctx.now(), TIME_ZONE).verdict;
      expect((await api.as('inspectorA').get(`/stamps?code=${code}`)).body).toMatchObject({ verdict: offline });
    }
    const own = await codeOf(id, 1);
    expect(looksLikeOurs(taken, `${own.slice(0, -1)}${own.endsWith('0') ? '1' : '0'}`)).toBeNull();
    expect(looksLikeOurs(taken, (await codeOf(id, 40)).replace(id, 'A00000'))).toBeNull();
    // No producer but the chosen one, and nothing of another office.
    expect(taken.facts.producers.map(({ id: one }) => one)).toEqual([CAST.producerA1]);
  });

  test('as a difference holds what changed, and the fingerprints of new batches; applied, it is the whole', async () => {
    const before = await newBatch({ lotId: await newLot(), quantity: 30 });
    api.setNow('2026-11-24T04:00:00.000Z');
    const whole = await take(OWN);
    api.setNow('2026-11-24T06:00:00.000Z');
    const added = await newBatch({ lotId: await newLot(), quantity: 50 });
    await api.as('officeA').post(`/batches/${before.id}/voids`, { from: 1, to: 2, reason: 'lost' });
    const difference = await take(`${OWN}&since=${whole.pack.manifest.edition}`);
    expect(difference.pack.manifest.since).toBe(whole.pack.manifest.edition);
    expect([...difference.pack.fingerprints.keys()]).toEqual([added.id]);
    expect(difference.facts.batches.map(({ id }) => id).toSorted()).toEqual([added.id, before.id].toSorted());
    expect(difference.facts.producers).toEqual([]);
    expect(difference.bytes).toBeLessThan(whole.bytes);

    const held = new Map<string, string>();
    for (const { facts } of [whole, difference])
      for (const kind of PACK_KINDS)
        for (const record of facts[kind]) held.set(`${kind}:${record.id}`, packName(kind, record));
    expect(difference.pack.manifest.records).toBe(hexOf(recordsText([...held.values()])));
    const again = await take(OWN);
    expect(again.pack.manifest.records).toBe(difference.pack.manifest.records);
    // An edition of the future is no edition of ours.
    expect((await take(`${OWN}&since=2027-01-01T00:00:00Z`)).pack.manifest.since).toBeNull();
  });

  test('is chosen by producers, province or commune; its size is known to the byte before it is taken', async () => {
    const [producer] = (await api.store.producers.list({ officeId: CAST.officeA }, { limit: 1, after: null })).items;
    const province = encodeURIComponent(`Tỉnh ${producer?.address.province ?? ''}`);
    const commune = encodeURIComponent((producer?.address.commune ?? '').toUpperCase());
    const all = await take(`province=${province}`);
    expect(all.facts.producers.map(({ id }) => id)).toEqual([CAST.producerA1, CAST.producerA2]);
    expect((await take(`province=${province}&commune=${commune}`)).facts.producers).toHaveLength(2);
    const inspector = api.as('inspectorA');
    expect((await inspector.get(`/packs/preview?province=${province}`)).body).toEqual({
      producers: 2,
      batches: all.facts.batches.length,
      stamps: all.facts.batches.reduce((sum, { quantity }) => sum + quantity, 0),
      bytes: all.bytes,
    });
    for (const [query, status, code, at] of [
      ['', 400, 'invalid', 'province'],
      [`${OWN}&province=${province}`, 400, 'invalid', 'province'],
      [`${OWN}&commune=${commune}`, 400, 'invalid', 'commune'],
      ['province=Atlantis', 400, 'invalid', 'province'],
      [`producers=${CAST.producerB1}`, 400, 'absent-reference', 'producers'],
      ['producers=nobody', 400, 'absent-reference', 'producers'],
      [`producers=${Array.from({ length: 51 }, (_, i) => `p${i}`).join(',')}`, 400, 'invalid', 'producers'],
    ] as const)
      expect([query, problem(await inspector.get(`/packs?${query}`))]).toEqual([query, { status, code, at: [at] }]);
    expect((await inspector.get(`/packs?province=${province}&commune=Nowhere`)).status).toBe(404);
  });

  test('leaves no line in the log, and is for inspectors and their office', async () => {
    await take(OWN);
    const head = await api.auditHead();
    await take(OWN);
    expect(await api.auditHead()).toEqual(head);
    await take(OWN, 'officeA');
    await take(OWN, 'admin');
    expect((await api.as('producerA1').get(`/packs?${OWN}`)).status).toBe(403);
    expect((await api.as('nobody').get(`/packs?${OWN}`)).status).toBe(401);
  });

  test('of more stamps than a phone should hold is refused, with how many', async () => {
    const lotId = await newLot();
    for (let stamps = 0; stamps <= PACK_STAMPS_MAX; stamps += 5_000_000) await newBatch({ lotId, quantity: 5_000_000 });
    const refused = await api.as('inspectorA').get(`/packs?${OWN}`);
    expect([refused.status, refused.body['code']]).toEqual([409, 'pack-too-large']);
    expect(refused.body['details'] ?? refused.body).toMatchObject({ max: PACK_STAMPS_MAX });
  });

  test('is signed with a new key after a rotation; the key of before stays public, with its end', async () => {
    const old = (await publicKeys())[0]?.kid;
    api.setNow('2026-11-24T07:00:00.000Z');
    const rotated = await rotateSigningKey(SYSTEM, api.ctx);
    const keys = await publicKeys();
    expect(rotated).toMatchObject({ ok: true, value: { value: { kid: keys[0]?.kid } } });
    expect(keys.map(({ kid, until }) => [kid, until])).toEqual([
      [keys[0]?.kid, null],
      [old, '2026-11-24T07:00:00.000Z'],
    ]);
    expect(JSON.stringify(await api.store.audit.read(1, 200))).not.toMatch(/wrappedKey/);
    expect((await rotateSigningKey(api.actor('officeA'), api.ctx)).ok).toBe(false);
  });
});

describe('labels of cartons', () => {
  test('are signed, a page a carton; anyone reads what they say, and any other code is none', async () => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 250 });
    await api.as('officeA').post(`/batches/${id}/voids`, { from: 101, to: 103, reason: 'lost' });
    const labels = await api.as('officeA').get(`/batches/${id}/cartons.pdf?from=1&to=250&size=100`);
    expect([labels.status, labels.bytes.subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
    if (process.env['KEEP_CARTONS'] !== undefined) await writeFile(process.env['KEEP_CARTONS'], labels.bytes);
    for (const query of ['from=1&to=251&size=9', 'from=9&to=8&size=9', 'from=1&to=250&size=0'])
      expect((await api.as('officeA').get(`/batches/${id}/cartons.pdf?${query}`)).status).toBe(400);
    expect((await api.as('inspectorA').get(`/batches/${id}/cartons.pdf?from=1&to=2&size=1`)).status).toBe(403);

    const head = cartonHead({ batchId: id, from: 101, to: 200 });
    const code = cartonCode(head, (await signBytes(cartonSignatureInput(head), api.ctx)).signature);
    const read = async (carton: string): Promise<[number, unknown]> => {
      const { status, bytes } = await request(`${api.address}/c/${carton}`, {
        headers: { Accept: 'application/json' },
      });
      return [status, JSON.parse(bytes.toString('utf8'))];
    };
    expect(await read(code)).toMatchObject([200, { carton: { batchId: id, from: 101, to: 200, voided: 3 } }]);
    const page = await request(`${api.address}/c/${code.toLowerCase()}`, { headers: { Accept: 'text/html' } });
    expect([page.status, page.bytes.toString('utf8').includes(id)]).toEqual([200, true]);
    const bent = `${code.slice(0, 60)}${code[60] === 'A' ? 'B' : 'A'}${code.slice(61)}`;
    for (const other of [bent, 'x', code.slice(1)]) expect(await read(other)).toEqual([404, { carton: null }]);
  });
});

describe('what an inspector sees of a stamp online', () => {
  test('is its life, papers, runs, neighbours, scans, cases, findings and the true pack, and no scan is recorded', async () => {
    const { id: batch } = await newBatch({ lotId: await newLot(), quantity: 40 });
    const code = await codeOf(batch, 12);
    const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#22406b' } })
      .png()
      .toBuffer();
    const product = `/products/${CAST.productA1}/looks`;
    const look = await api.as('officeA').send({
      method: 'POST',
      path: `${product}?note=n%E1%BA%AFp`,
      body: picture,
      headers: { 'Content-Type': 'image/png' },
    });
    expect(look).toMatchObject({ status: 201, body: { note: 'nắp' } });
    await api.as('inspectorA').post('/inspections', { code, finding: 'tampered' });
    const head = await api.auditHead();
    const facts = await api.as('inspectorA').post('/stamp-facts', { code: `HTTPS://TEMTRACE.EXAMPLE/T/${code}` });
    expect(facts).toMatchObject({
      status: 200,
      body: {
        serial: 12,
        verdict: { verdict: 'valid' },
        batch: { id: batch, quantity: 40 },
        producer: { id: CAST.producerA1 },
        life: [{ what: 'issued' }, { what: 'activated' }],
        scans: { count: 0 },
        findings: [{ finding: 'tampered' }],
        ledger: { given: 40, activated: 40, voided: 0, scanned: 0 },
        look: [{ id: look.body['id'], note: 'nắp' }],
      },
    });
    expect((facts.body['neighbours'] as Record<string, unknown>[]).map(({ serial }) => serial)).toEqual(
      Array.from({ length: 21 }, (_, i) => i + 2),
    );
    expect(await api.auditHead()).toEqual(head);
    expect((await api.as('inspectorA').get(`${product}/${String(look.body['id'])}`)).status).toBe(200);
    expect((await api.as('producerA2').get(`${product}/${String(look.body['id'])}`)).status).toBe(404);
    expect((await api.as('officeA').post(`${product}/${String(look.body['id'])}/remove`, {})).status).toBe(200);
    expect((await api.as('inspectorA').get(product)).body['items']).toEqual([]);
    expect((await api.as('producerA1').post('/stamp-facts', { code })).status).toBe(403);
    for (const [typed, reason] of [
      ['x', 'malformed'],
      [`${batch}ZZZZZZZZZZZZ`, 'not-ours'],
    ])
      expect(await api.as('inspectorA').post('/stamp-facts', { code: typed })).toMatchObject({
        status: 404,
        body: { reason },
      });
    expect((await api.as('inspectorB').post('/stamp-facts', { code })).status).toBe(404);
  });
});
